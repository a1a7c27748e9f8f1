import { expect, test } from 'vitest';
import { probe } from '../../src/net/probe.ts';
import type { ProbeOptions, ProbeResult } from '../../src/net/probe-types.ts';
import { issue } from '../support/pki.ts';
import { httpsServer, tlsServer } from '../support/servers.ts';

const root = issue({ subject: 'Root', ca: true });
const server = issue({ subject: 'www.example.com', issuer: root });
const own = { key: server.keyPem, cert: server.pem };

const ask = (port: number, more: ProbeOptions = {}): Promise<ProbeResult> =>
  probe({ host: '127.0.0.1', port, serverName: null, path: '/' }, { http: true, timeout: 5000, ...more });

test('a body of any length is sent, and read by the server', async () => {
  for (const bodyLength of [1, 70_000, 3_000_000]) {
    const port = await httpsServer(own, (request, response) => {
      let length = 0;
      request.on('data', (chunk: Buffer) => (length += chunk.length));
      request.on('end', () => response.end(`${request.method} ${request.url} ${length}`));
    });
    const result = await ask(port, { request: { method: 'POST', path: '/up', bodyLength } });
    expect(result).toMatchObject({
      end: { is: 'completed' },
      http: { status: 200, body: `POST /up ${bodyLength}` },
    });
  }
});

test('"100 Continue" is waited for, but not for ever', async () => {
  const request = { method: 'POST', bodyLength: 5, expectContinue: true };
  // Node says it by itself.
  const willing = await httpsServer(own, (incoming, response) => {
    incoming.on('data', () => undefined).on('end', () => response.end());
  });
  const said = await ask(willing, { request });
  expect(said).toMatchObject({ end: { is: 'completed' }, http: { status: 200 } });
  expect(said.milliseconds).toBeLessThan(900);
  const mute = await tlsServer(own, (socket) => {
    socket.on('data', (chunk) => {
      if (chunk.includes('xxxxx')) socket.end('HTTP/1.1 201 x\r\n\r\n');
    });
  });
  expect(await ask(mute, { request })).toMatchObject({ http: { status: 201 } });
  const refusing = await tlsServer(own, (socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 417 x\r\nContent-Length: 0\r\n\r\n'));
  });
  expect(await ask(refusing, { request })).toMatchObject({ end: { is: 'completed' }, http: { status: 417 } });
});

test('a refusal while the body is on its way is heard', async () => {
  const port = await tlsServer(own, (socket) => {
    socket.once('data', () => socket.write('HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n'));
  });
  const request = { method: 'POST', bodyLength: 2 ** 30 };
  const result = await ask(port, { request, paths: ['/other'] });
  expect(result).toMatchObject({ end: { is: 'completed' }, http: { status: 413 } });
  expect(result.answers).toHaveLength(1);
});

test('a server that reads nothing is bounded in time', async () => {
  const port = await tlsServer(own, (socket) => socket.pause());
  const result = await ask(port, { request: { method: 'POST', bodyLength: 2 ** 30 }, timeout: 600 });
  expect(result.end).toEqual({ is: 'timeout', after: 'request' });
  expect(result.milliseconds).toBeLessThan(1500);
});

test('paths are asked for on one connection as long as it stays open', async () => {
  const seen: string[] = [];
  let connections = 0;
  const port = await httpsServer(own, (request, response) => {
    seen.push(`${request.url} ${request.headers.connection}`);
    if (request.socket.listenerCount('marked') === 0) connections++;
    request.socket.on('marked', () => undefined);
    if (request.url === '/b') response.setHeader('Connection', 'close');
    // Without a length Node sends chunks, with trailers or not.
    response.write(`page ${request.url}`);
    response.end();
  });
  const result = await ask(port, { paths: ['/a', '/b', '/c'] });
  expect(connections).toBe(1);
  expect(seen).toEqual(['/ keep-alive', '/a keep-alive', '/b keep-alive']);
  expect(result.answers!.map(({ path, status, body }) => [path, status, body])).toEqual([
    ['/', 200, 'page /'],
    ['/a', 200, 'page /a'],
    ['/b', 200, 'page /b'],
  ]);
  expect(result.http!.body).toBe('page /');
});

test('each path has its own late request', async () => {
  const noResumption = 0x10000; // SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION
  const options = { ...own, ca: [root.pem], secureOptions: noResumption, maxVersion: 'TLSv1.2' as const };
  const port = await tlsServer(options, (socket) => {
    const answer = () => socket.write('HTTP/1.1 403 x\r\nContent-Length: 0\r\n\r\n');
    socket.on('data', (chunk) => {
      if (!chunk.includes('GET /secure')) answer();
      else socket.renegotiate({ requestCert: true, rejectUnauthorized: false }, answer);
    });
  });
  const result = await ask(port, { paths: ['/open', '/secure'], versions: [0x0303] });
  expect(result.answers!.map(({ path, status }) => [path, status])).toEqual([
    ['/', 403],
    ['/open', 403],
    ['/secure', 403],
  ]);
  expect(result).toMatchObject({ end: { is: 'completed' }, asked: 'renegotiation', sent: 0 });
  expect(result.requests).toMatchObject([{ asked: 'renegotiation', path: '/secure', sent: 0 }]);
});
