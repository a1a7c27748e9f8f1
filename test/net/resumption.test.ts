import type https from 'node:https';
import type tls from 'node:tls';
import { describe, expect, test } from 'vitest';
import { probe } from '../../src/net/probe.ts';
import type { ProbeOptions, ProbeResult } from '../../src/net/probe-types.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { issue } from '../support/pki.ts';
import { httpsServer } from '../support/servers.ts';

const root = issue({ subject: 'Root', ca: true });
const server = issue({ subject: 'www.example.com', issuer: root });
const rsaServer = issue({ subject: 'www.example.com', issuer: root, key: 'rsa' });
const client = issue({ subject: 'Client One', issuer: root, extendedKeyUsage: ['clientAuth'] });
const key = nodeCrypto.signingKey(client.pkcs8);
const asking = {
  key: server.keyPem,
  cert: server.pem,
  ca: [root.pem],
  requestCert: true,
  rejectUnauthorized: false,
  ciphers: 'DEFAULT:@SECLEVEL=0',
  minVersion: 'TLSv1',
} satisfies tls.TlsOptions;

/** SSL_OP_NO_TICKET, SSL_OP_NO_EXTENDED_MASTER_SECRET. */
const [NO_TICKET, NO_EXTENDED_MASTER_SECRET] = [0x4000, 0x1];

async function ask(port: number, version: number, more: ProbeOptions = {}): Promise<ProbeResult> {
  const shown = (await key)!;
  return probe(
    { host: '127.0.0.1', port, serverName: 'www.example.com', path: '/' },
    {
      http: true,
      timeout: 5000,
      versions: [version],
      choose: () => ({ chain: [client.der], key: shown }),
      ...more,
    },
  );
}

/** Node keeps no sessions by id of its own. */
function remember(listening: https.Server): void {
  const sessions = new Map<string, Buffer>();
  listening.on('newSession', (id: Buffer, session: Buffer, done: () => void) => {
    sessions.set(id.toString('hex'), session);
    done();
  });
  listening.on('resumeSession', (id: Buffer, done: (error: null, session: Buffer | null) => void) =>
    done(null, sessions.get(id.toString('hex')) ?? null),
  );
}

const cases = [
  ['TLS 1.3, by a key', 0x0304, 0],
  ['TLS 1.2, by a ticket', 0x0303, 0],
  ['TLS 1.2, by a session id', 0x0303, NO_TICKET],
  ['TLS 1.2, without extended_master_secret', 0x0303, NO_EXTENDED_MASTER_SECRET],
  ['TLS 1.1, by a ticket', 0x0302, 0],
  ['TLS 1.0, by a session id', 0x0301, NO_TICKET],
] as const;

test.each(cases)('%s: the session goes on, and nothing is asked', async (_, version, secureOptions) => {
  const port = await httpsServer({ ...asking, secureOptions }, null, remember);
  const fresh = await ask(port, version);
  expect(fresh).toMatchObject({ end: { is: 'completed' }, resumed: false, asked: 'handshake', sent: 1 });
  expect(fresh.ticket).not.toBeNull();
  const again = await ask(port, version, { resume: fresh.ticket! });
  expect(again).toMatchObject({
    end: { is: 'completed' },
    version,
    resumed: true,
    request: null,
    requests: [],
    sent: null,
    serverChain: [],
    http: { status: 200 },
  });
  // The server knows the client from before.
  expect(JSON.parse(again.http!.body)).toMatchObject({ subject: 'Client One', authorized: true });
});

test.each([0x0303, 0x0304])(
  '%i: a ticket of another server is ignored, and the handshake is whole',
  async (version) => {
    const fresh = await ask(await httpsServer(asking), version);
    const other = await ask(await httpsServer(asking), version, { resume: fresh.ticket! });
    expect(other).toMatchObject({ end: { is: 'completed' }, resumed: false, asked: 'handshake', sent: 1 });
  },
);

test('a ticket of TLS 1.3 is bound anew when the server asks for a second hello', async () => {
  const port = await httpsServer({ ...asking, ecdhCurve: 'P-384' });
  const fresh = await ask(port, 0x0304);
  const again = await ask(port, 0x0304, { resume: fresh.ticket! });
  expect(again).toMatchObject({ end: { is: 'completed' }, resumed: true, request: null });
});

test('offered with both versions, a session of the older is resumed', async () => {
  const port = await httpsServer({ ...asking, maxVersion: 'TLSv1.2' });
  const fresh = await ask(port, 0x0303);
  const again = await ask(port, 0x0303, { resume: fresh.ticket!, versions: [0x0304, 0x0303] });
  expect(again).toMatchObject({ end: { is: 'completed' }, version: 0x0303, resumed: true });
});

test('a resumed session under CBC and RSA key exchange', async () => {
  const old = { ...asking, key: rsaServer.keyPem, cert: rsaServer.pem, ciphers: 'AES128-SHA:@SECLEVEL=0' };
  const port = await httpsServer(old);
  const fresh = await ask(port, 0x0303);
  expect(fresh).toMatchObject({ serverSignature: 'good', cipherSuite: 0x002f });
  expect(await ask(port, 0x0303, { resume: fresh.ticket! })).toMatchObject({
    resumed: true,
    http: { status: 200 },
  });
});

describe('the state', () => {
  test('shows none of its secrets', async () => {
    const { ticket } = await ask(await httpsServer(asking), 0x0304);
    const shown = JSON.stringify(ticket);
    expect(JSON.parse(shown)).toEqual({
      resumption: { version: 0x0304, cipherSuite: expect.any(Number), lifetime: expect.any(Number) },
      receivedAt: expect.any(Number),
    });
  });
});
