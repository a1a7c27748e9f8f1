import http2, { type Http2SecureServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { probe } from '../../src/net/probe.ts';
import type { ProbeOptions, ProbeResult } from '../../src/net/probe-types.ts';
import { issue } from '../support/pki.ts';
import { httpsServer, tlsServer } from '../support/servers.ts';

const root = issue({ subject: 'Root', ca: true });
const server = issue({ subject: 'www.example.com', issuer: root });
const own = { key: server.keyPem, cert: server.pem };
const asking = { ...own, ca: [root.pem], requestCert: true, rejectUnauthorized: false };

const ask = (port: number, more: ProbeOptions = {}): Promise<ProbeResult> =>
  probe(
    { host: '127.0.0.1', port, serverName: 'www.example.com', path: '/a?b=c' },
    { http: true, timeout: 5000, alpn: ['h2', 'http/1.1'], ...more },
  );

type OnStream = (stream: ServerHttp2Stream, headers: http2.IncomingHttpHeaders) => void;

async function http2Server(onStream: OnStream, more: http2.SecureServerOptions = {}): Promise<number> {
  const listening: Http2SecureServer = http2.createSecureServer({ ...asking, ...more });
  listening.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    onStream(stream, headers);
  });
  listening.on('session', (session) => onTestFinished(() => session.destroy()));
  listening.on('sessionError', () => undefined);
  onTestFinished(() => void listening.close());
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return (listening.address() as AddressInfo).port;
}

test.each([0x0303, 0x0304])('version %i: h2 is chosen and spoken', async (version) => {
  const port = await http2Server((stream, headers) => {
    stream.respond({ ':status': 403, server: 'x', 'set-cookie': ['a=1', 'b=2'] });
    stream.end(JSON.stringify(headers));
  });
  const result = await ask(port, { versions: [version] });
  expect(result).toMatchObject({
    end: { is: 'completed' },
    version,
    alpn: 'h2',
    asked: 'handshake',
    sent: 0,
    http: { status: 403 },
    http2Failure: null,
    notes: [],
  });
  expect(result.http!.headers).toMatch(/^server: x\r\nset-cookie: a=1\r\nset-cookie: b=2\r\ndate: /);
  expect(JSON.parse(result.http!.body)).toMatchObject({
    ':method': 'GET',
    ':path': '/a?b=c',
    ':authority': `www.example.com:${port}`,
    ':scheme': 'https',
  });
});

test('a server of HTTP/1.1 alone is asked in HTTP/1.1', async () => {
  const result = await ask(await httpsServer({ ...asking, ALPNProtocols: ['http/1.1'] }));
  expect(result).toMatchObject({ alpn: 'http/1.1', http: { status: 200 } });
  // One that knows nothing of ALPN says nothing.
  const silent = await ask(await tlsServer(own, (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n')));
  expect(silent).toMatchObject({ alpn: null, http: { status: 200 } });
});

test('several paths on one connection, and a body', async () => {
  const seen: string[] = [];
  const port = await http2Server((stream, headers) => {
    let length = 0;
    stream.on('data', (chunk: Buffer) => (length += chunk.length));
    stream.on('end', () => {
      seen.push(`${headers[':method']} ${headers[':path']} ${length}`);
      stream.respond({ ':status': 200 });
      stream.end('ok');
    });
  });
  const request = { method: 'POST', path: '/up', bodyLength: 300_000 };
  const result = await ask(port, { request, paths: ['/one', '/two words'] });
  expect(seen).toEqual(['POST /up 300000', 'GET /one 0', 'GET /two%20words 0']);
  expect(result.answers!.map(({ method, path, status }) => [method, path, status])).toEqual([
    ['POST', '/up', 200],
    ['GET', '/one', 200],
    ['GET', '/two%20words', 200],
  ]);
});

test('a server that waits to say 100 Continue gets the body then', async () => {
  let length = 0;
  const port = await http2Server((stream) => {
    stream.additionalHeaders({ ':status': 100 });
    stream.on('data', (chunk: Buffer) => (length += chunk.length));
    stream.on('end', () => {
      stream.respond({ ':status': 200 });
      stream.end();
    });
  });
  const result = await ask(port, { request: { method: 'POST', bodyLength: 1000, expectContinue: true } });
  expect(result).toMatchObject({ end: { is: 'completed' }, http: { status: 200 } });
  expect(length).toBe(1000);
  expect(result.milliseconds).toBeLessThan(900);
});

test('HTTP_1_1_REQUIRED is what a server says that would ask for a certificate', async () => {
  const { NGHTTP2_HTTP_1_1_REQUIRED } = http2.constants;
  const reset = await ask(await http2Server((stream) => stream.close(NGHTTP2_HTTP_1_1_REQUIRED)));
  expect(reset).toMatchObject({
    end: { is: 'completed' },
    http: null,
    http2Failure: { by: 'reset', code: 13, name: 'HTTP_1_1_REQUIRED', path: '/a?b=c' },
  });
  const goaway = await ask(await http2Server((stream) => stream.session!.goaway(NGHTTP2_HTTP_1_1_REQUIRED)));
  expect(goaway.http2Failure).toMatchObject({ by: 'goaway', code: 13, name: 'HTTP_1_1_REQUIRED' });
});

test('a body without end is cut, and one that is compressed is left as it is', async () => {
  const port = await http2Server((stream) => {
    stream.respond({ ':status': 200, 'content-encoding': 'gzip' });
    const more = setInterval(() => stream.closed || stream.write(Buffer.alloc(30_000, 'x')), 2);
    stream.on('close', () => clearInterval(more));
  });
  const result = await ask(port);
  expect(result).toMatchObject({ end: { is: 'completed' }, http: { status: 200 } });
  expect(result.http!.body).toBe('x'.repeat(65_536));
  expect(result.notes).toEqual(["only the first 64 KiB of the answer's body were read"]);
});

test.each([
  ['noise', Buffer.from('this is no frame, but long enough to be taken for the head of one')],
  ['a frame that is too large', Buffer.from([255, 255, 255, 0, 0, 0, 0, 0, 1])],
  ['HTTP/1.1', Buffer.from('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n')],
])('%s instead of HTTP/2 ends in words', async (_, said) => {
  const port = await tlsServer({ ...own, ALPNProtocols: ['h2'] }, (socket) => socket.write(said));
  const result = await ask(port, { timeout: 2000 });
  expect(result.alpn).toBe('h2');
  expect(['malformed', 'completed']).toContain(result.end.is);
  expect(result.http).toBeNull();
  expect(result.milliseconds).toBeLessThan(1900);
});

test('silence, and an end, are told apart', async () => {
  const silent = await tlsServer({ ...own, ALPNProtocols: ['h2'] }, () => undefined);
  expect((await ask(silent, { timeout: 500 })).end).toEqual({ is: 'timeout', after: 'request' });
  const closing = await tlsServer({ ...own, ALPNProtocols: ['h2'] }, (socket) => {
    socket.once('data', () => socket.end());
  });
  expect((await ask(closing)).end).toEqual({ is: 'closed', after: 'request' });
});
