import tls from 'node:tls';
import { describe, expect, test } from 'vitest';
import { probe } from '../../../src/net/probe.ts';
import type { ProbeOptions, ProbeResult } from '../../../src/net/probe-types.ts';
import type { ProxyServer } from '../../../src/net/via/proxy.ts';
import { printName } from '../../../src/wire/x509/name.ts';
import { issue } from '../../support/pki.ts';
import { httpProxy, type Passed, socks4Proxy, socks5Proxy } from '../../support/proxies.ts';
import { httpsServer, rawServer } from '../../support/servers.ts';
import { starttlsServer } from '../../support/starttls-servers.ts';

const root = issue({ subject: 'Root of clients', ca: true });
const identity = issue({ subject: 'www.example.com', issuer: root });
const asking = {
  key: identity.keyPem,
  cert: identity.pem,
  ca: [root.pem],
  requestCert: true,
  rejectUnauthorized: false,
};

const through = (kind: ProxyServer['kind'], { port }: { port: number }, more = {}): ProxyServer => ({
  kind,
  host: '127.0.0.1',
  port,
  ...more,
});

const ask = (
  port: number,
  proxy: ProxyServer,
  host = 'www.localhost',
  more: ProbeOptions = {},
): Promise<ProbeResult> =>
  probe(
    { host, port, serverName: 'www.example.com', path: '/' },
    { timeout: 5000, http: true, proxy, ...more },
  );

const PROXIES: readonly [
  string,
  ProxyServer['kind'],
  () => Promise<Passed>,
  object,
  string | null,
  string,
][] = [
  ['http', 'http', () => httpProxy(), {}, null, 'www.localhost'],
  [
    'http with a password',
    'http',
    () => httpProxy({ credentials: 'ada:sec:rét' }),
    { user: 'ada', password: 'sec:rét' },
    'ada:sec:rét',
    'www.localhost',
  ],
  ['socks5h', 'socks5h', () => socks5Proxy(), {}, null, 'www.localhost'],
  ['socks5, which resolves here', 'socks5', () => socks5Proxy(), {}, null, '127.0.0.1'],
  [
    'socks5h with a password',
    'socks5h',
    () => socks5Proxy('ada:secret'),
    { user: 'ada', password: 'secret' },
    'ada:secret',
    'www.localhost',
  ],
  ['socks4a', 'socks4a', () => socks4Proxy(), { user: 'ada' }, 'ada', 'www.localhost'],
  ['socks4, which resolves here', 'socks4', () => socks4Proxy(), { user: 'ada' }, 'ada', '127.0.0.1'],
];

test.each(PROXIES)('%s leads to the server', async (_, kind, start, user, credentials, named) => {
  const [port, passed] = [await httpsServer(asking), await start()];
  const result = await ask(port, through(kind, passed, user));
  expect(result).toMatchObject({ end: { is: 'completed' }, address: null, http: { status: 200 } });
  expect(result.request!.authorities.map(printName)).toEqual(['CN=Root of clients']);
  expect(passed.asked).toEqual([{ to: `${named}:${port}`, credentials }]);
});

test('a proxy that is spoken to by TLS must show a certificate that is trusted', async () => {
  const [port, passed] = [await httpsServer(asking), await httpProxy({ secure: asking })];
  const { end } = await ask(port, through('https', passed));
  expect(end).toMatchObject({
    is: 'unreachable',
    why: expect.stringMatching(/^the proxy https:.*certificate/i),
  });
});

test('STARTTLS works behind a proxy', async () => {
  const [server, passed] = [await starttlsServer('smtp', asking), await socks5Proxy()];
  const target = { host: '127.0.0.1', port: server.port, serverName: null, path: '/', starttls: 'smtp' };
  const result = await probe(target, { timeout: 5000, proxy: through('socks5h', passed) });
  expect(result).toMatchObject({ end: { is: 'completed' }, sent: 0 });
  expect(server.seen).toEqual(['']);
});

describe('a proxy that refuses', () => {
  const refusals: readonly [string, ProxyServer['kind'], () => Promise<Passed>, object, string][] = [
    [
      'for want of a password',
      'http',
      () => httpProxy({ credentials: 'a:b' }),
      {},
      '407 Proxy Authentication Required (it asks for Negotiate, Basic)',
    ],
    ['by rule', 'http', () => httpProxy({ answers: 'HTTP/1.0 403 No\r\n\r\n' }), {}, '403 No'],
    [
      'for want of a password',
      'socks5h',
      () => socks5Proxy('a:b'),
      {},
      'it wants a logon: give the user in the address of the proxy',
    ],
    [
      'a wrong password',
      'socks5h',
      () => socks5Proxy('a:b'),
      { user: 'a', password: 'c' },
      'user or password is wrong (status 1)',
    ],
    ['by rule', 'socks5h', () => socks5Proxy(undefined, 2), {}, '2 not allowed by its rules'],
    ['with a code of its own', 'socks5h', () => socks5Proxy(undefined, 99), {}, '99 an unknown code'],
    ['and says why', 'socks4', () => socks4Proxy(92), {}, '92 identd on our machine cannot be reached'],
    ['and says why', 'socks4a', () => socks4Proxy(91), {}, '91 request rejected or failed'],
  ];
  test.each(refusals)('%s: %s', async (_, kind, start, user, said) => {
    const { end, address } = await ask(1, through(kind, await start(), user));
    expect(end).toEqual({ is: 'before-tls', stage: 'proxy', protocol: kind, how: 'refused', said });
    expect(address).toBeNull();
  });
});

describe('a proxy that is none', () => {
  const KINDS = ['http', 'socks4a', 'socks5h'] as const;

  test.each(KINDS)('%s: speaks something else', async (kind) => {
    const port = await rawServer((socket) => socket.write('220 mail.example.com ESMTP\r\n'.repeat(3)));
    const { end } = await ask(1, through(kind, { port }));
    expect(end).toMatchObject({ is: 'before-tls', stage: 'proxy', protocol: kind, how: 'malformed' });
  });

  test.each(KINDS)('%s: closes, or is silent, or drips', async (kind) => {
    const closing = await rawServer((socket) => socket.once('data', () => socket.end()));
    expect((await ask(1, through(kind, { port: closing }))).end).toMatchObject({
      is: 'before-tls',
      how: 'closed',
    });
    const silent = await rawServer(() => undefined);
    const options = { timeout: 200 };
    expect((await ask(1, through(kind, { port: silent }), 'a', options)).end).toMatchObject({
      how: 'timeout',
    });
    const dripping = await rawServer((socket) => {
      const drip = setInterval(() => socket.write('\0'), 5);
      socket.on('close', () => clearInterval(drip));
    });
    const result = await ask(1, through(kind, { port: dripping }), 'a', options);
    expect(result.end.is).toBe('before-tls');
    expect(result.milliseconds).toBeLessThan(1500);
  });

  test('http: headers without end', async () => {
    const port = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const more = setInterval(() => socket.write(`X: ${'x'.repeat(5000)}\r\n`), 1);
      socket.on('close', () => clearInterval(more));
    });
    const { end } = await ask(1, through('http', { port }));
    expect(end).toMatchObject({
      how: 'malformed',
      said: 'answer to CONNECT: more than 32768 bytes before TLS',
    });
  });

  test('nothing listens', async () => {
    const { end } = await ask(1, { kind: 'http', host: '127.0.0.1', port: 1 });
    expect(end).toMatchObject({
      is: 'unreachable',
      why: expect.stringMatching(/^the proxy http:\/\/127\.0\.0\.1:1: nothing listens/),
    });
  });
});

/** A server that notes the first bytes, up to the ClientHello, and speaks TLS behind them. */
async function behindHeader(length: number | 'line'): Promise<{ port: number; seen: Buffer[] }> {
  const seen: Buffer[] = [];
  const port = await rawServer((socket) => {
    socket.once('data', (chunk: Buffer) => {
      const end = length === 'line' ? chunk.indexOf('\n') + 1 : length;
      seen.push(chunk.subarray(0, end));
      socket.pause();
      if (chunk.length > end) socket.unshift(chunk.subarray(end));
      const secure = new tls.TLSSocket(socket, { ...asking, isServer: true });
      secure.on('error', () => undefined);
    });
  });
  return { port, seen };
}

describe('a header of the PROXY protocol', () => {
  const target = (port: number) => ({ host: '127.0.0.1', port, serverName: null, path: '/' });

  test('in text, with the real addresses', async () => {
    const { port, seen } = await behindHeader('line');
    const result = await probe(target(port), { timeout: 5000, proxyHeader: { version: 'v1' } });
    expect(result.end).toEqual({ is: 'completed' });
    expect(seen.map(String)).toEqual([
      expect.stringMatching(/^PROXY TCP4 127\.0\.0\.1 127\.0\.0\.1 \d+ \d+\r\n$/),
    ]);
    expect(String(seen[0])).toContain(` ${port}\r\n`);
  });

  test('in binary, with a given address', async () => {
    const { port, seen } = await behindHeader(28);
    const proxyHeader = { version: 'v2', source: { address: '192.0.2.7', port: 4711 } } as const;
    const result = await probe(target(port), { timeout: 5000, proxyHeader });
    expect(result.end).toEqual({ is: 'completed' });
    const ports = `1267${port.toString(16).padStart(4, '0')}`;
    expect(seen.map((one) => one.toString('hex'))).toEqual([
      `0d0a0d0a000d0a515549540a2111000cc00002077f000001${ports}`,
    ]);
  });

  test('goes through a proxy to the server', async () => {
    const [{ port, seen }, passed] = [await behindHeader('line'), await httpProxy()];
    const proxyHeader = { version: 'v1', source: { address: '192.0.2.7', port: 1 } } as const;
    const options = { timeout: 5000, proxyHeader, proxy: through('http', passed) };
    expect((await probe(target(port), options)).end).toEqual({ is: 'completed' });
    expect(String(seen[0])).toMatch(/^PROXY TCP4 192\.0\.2\.7 127\.0\.0\.1 1 \d+\r\n$/);
  });
});
