import type { TlsOptions } from 'node:tls';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat } from '../../src/base/bytes.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { decodeServerHello } from '../../src/wire/tls/handshake/server-hello.ts';
import {
  type ClientOptions,
  ClientSession,
  type SessionEvent,
} from '../../src/wire/tls/session/client/index.ts';
import { chunked } from '../support/chunks.ts';
import {
  converse,
  kinds,
  record as recordWith,
  replay,
  type ServerOptions,
} from '../support/conversation.ts';
import { issue, keysOf } from '../support/pki.ts';
import { tlsServer } from '../support/servers.ts';

/**
 * Each case speaks once to Node's own TLS 1.2 server and keeps the server's bytes; the same session is then run again
 * on them, cut and altered in all ways.
 */

const root = issue({ subject: 'Root', ca: true });
const serverOf = (key: 'p256' | 'rsa') =>
  issue({ subject: 'www.example.com', issuer: root, subjectAltNames: ['www.example.com'], key });
const identities = { p256: serverOf('p256'), rsa: serverOf('rsa') };
const shown = issue({ subject: 'client', issuer: root, extendedKeyUsage: ['clientAuth'] });

const record = (options: ServerOptions, more: Partial<ClientOptions> = {}) =>
  recordWith(options, [shown, root], more);

/** OpenSSL's SSL_OP_ flags, which Node does not name. */
const NO_EXTENDED_MASTER_SECRET = 0x1;
const NO_SESSION_RESUMPTION_ON_RENEGOTIATION = 0x10000;

const asking = { requestCert: true, rejectUnauthorized: false, ca: [root.pem] };

const WHOLE = [
  'server-hello',
  'server-certificate',
  'server-signature',
  'certificate-request',
  'client-certificate',
  'connected',
  'data',
  'closed',
];

const ciphers = [
  ['ECDHE-ECDSA-AES128-GCM-SHA256', 0xc02b, 'p256'],
  ['ECDHE-ECDSA-AES256-GCM-SHA384', 0xc02c, 'p256'],
  ['ECDHE-ECDSA-CHACHA20-POLY1305', 0xcca9, 'p256'],
  ['ECDHE-RSA-AES128-GCM-SHA256', 0xc02f, 'rsa'],
  ['ECDHE-RSA-AES256-GCM-SHA384', 0xc030, 'rsa'],
  ['ECDHE-RSA-CHACHA20-POLY1305', 0xcca8, 'rsa'],
] as const;

test.each(ciphers)('a whole handshake under %s', async (name, cipherSuite, kind) => {
  const { keyPem, pem } = identities[kind];
  const { events } = await record({ key: keyPem, cert: pem, ciphers: name, ...asking });
  expect(kinds(events)).toEqual(WHOLE);
  expect(events[0]).toEqual({ is: 'server-hello', version: 0x0303, cipherSuite, resumed: false });
  expect(events[2]).toMatchObject({ verdict: 'good' });
  expect(events[4]).toMatchObject({ sent: 2, scheme: 0x0403 });
  expect(events.find((one) => one.is === 'data')).toMatchObject({
    bytes: new Uint8Array(Buffer.from('answer')),
  });
});

test.each(['X25519', 'P-256', 'P-384', 'P-521'])('in group %s', async (ecdhCurve) => {
  const { keyPem, pem } = identities.p256;
  const { events } = await record({ key: keyPem, cert: pem, ecdhCurve });
  expect(kinds(events)).toContain('connected');
});

test.each(['p256', 'p384', 'p521', 'rsa', 'rsa-pss', 'ed25519'] as const)(
  'with a %s client key',
  async (kind) => {
    const { keyPem, pem } = identities.p256;
    const client = issue({ subject: 'client', issuer: root, key: keysOf(kind) });
    const key = (await nodeCrypto.signingKey(client.pkcs8))!;
    const choose = () => ({ chain: [client.der], key });
    const { events } = await record({ key: keyPem, cert: pem, ...asking }, { choose });
    expect(kinds(events)).toEqual(WHOLE);
    expect(events[4]).toMatchObject({ sent: 1 });
  },
);

test('without extended_master_secret', async () => {
  const { keyPem, pem } = identities.p256;
  const { events, turns } = await record({
    key: keyPem,
    cert: pem,
    secureOptions: NO_EXTENDED_MASTER_SECRET,
  });
  const [hello] = turns;
  expect(
    decodeServerHello(hello!.subarray(9, 9 + new DataView(hello!.buffer).getUint16(7))).extendedMasterSecret,
  ).toBe(false);
  expect(kinds(events)).toContain('data');
});

describe('the recorded conversation', () => {
  const authorities = Array.from(
    { length: 200 },
    (_, i) => issue({ subject: `Authority ${i} ${'x'.repeat(60)}`, ca: true }).pem,
  );
  const recorded = () =>
    record({
      key: identities.p256.keyPem,
      cert: identities.p256.pem,
      ...asking,
      ca: authorities,
    });

  test('is the same byte by byte', async () => {
    const whole = await recorded();
    expect(kinds(whole.events)).toEqual(WHOLE);
    const bytes = concat(whole.turns);
    const again = await replay(whole, chunked(bytes, ones()));
    expect(again).toEqual({ events: whole.events, sent: whole.sent });
  });

  test('is the same however it is cut', async () => {
    const whole = await recorded();
    const bytes = concat(whole.turns);
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.integer({ min: 0, max: 3000 })), async (cuts) => {
        expect(await replay(whole, chunked(bytes, cuts))).toEqual({ events: whole.events, sent: whole.sent });
      }),
      { numRuns: 20 },
    );
  });

  test('cut off after any byte it is a beginning of the same', async () => {
    const whole = await recorded();
    const bytes = concat(whole.turns);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), async (length) => {
        const { events, sent } = await replay(whole, [bytes.subarray(0, length)]);
        expect(whole.events.slice(0, events.length)).toEqual(events);
        expect(whole.sent.subarray(0, sent.length)).toEqual(sent);
        expect(kinds(events)).not.toContain('closed');
      }),
      { numRuns: 60 },
    );
  });

  test('altered in any byte it ends in words, not in a throw, and yields no data', async () => {
    const whole = await recorded();
    const bytes = concat(whole.turns);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const altered = Uint8Array.from(bytes, (byte, i) => (i === at ? byte ^ flip : byte));
        const { events } = await replay(whole, [altered]);
        const passed = kinds(events).includes('closed');
        // Nothing binds the version in a record's header.
        expect(passed).toBe(versionBytes(bytes).has(at) && passed);
      }),
      { numRuns: 150 },
    );
  });
});

function versionBytes(records: Uint8Array): ReadonlySet<number> {
  const places = new Set<number>();
  for (let at = 0; at < records.length; at += 5 + records[at + 3]! * 256 + records[at + 4]!) {
    places.add(at + 1).add(at + 2);
  }
  return places;
}

function* ones(): Generator<number> {
  for (;;) yield 1;
}

test('the server may renegotiate to ask for a certificate, and is answered', async () => {
  const events = await renegotiated({});
  expect(kinds(events)).toEqual([
    'server-hello',
    'server-certificate',
    'server-signature',
    'connected',
    'hello-request',
    'server-hello',
    'server-certificate',
    'server-signature',
    'certificate-request',
    'client-certificate',
    'connected',
    'data',
    'closed',
  ]);
  expect(events.find((one) => one.is === 'certificate-request')).toMatchObject({ asked: 'renegotiation' });
  const data = events.find((one) => one.is === 'data');
  expect(Buffer.from(data!.bytes).toString()).toBe('hello client');
});

test('told not to renegotiate, it says no_renegotiation', async () => {
  const events = await renegotiated({ renegotiate: false });
  expect(events.find((one) => one.is === 'hello-request')).toEqual({ is: 'hello-request', answered: false });
  expect(kinds(events)).not.toContain('certificate-request');
  // OpenSSL takes the refusal for the end.
  expect(events.at(-1)).toMatchObject({ is: 'alert', alert: { code: 40 } });
});

async function renegotiated(more: Partial<ClientOptions>): Promise<SessionEvent[]> {
  const { keyPem, pem } = identities.p256;
  // Without it OpenSSL would resume the session, and not ask.
  const secureOptions = NO_SESSION_RESUMPTION_ON_RENEGOTIATION;
  const options: TlsOptions = {
    key: keyPem,
    cert: pem,
    ca: [root.pem],
    secureOptions,
    maxVersion: 'TLSv1.2',
  };
  const port = await tlsServer(options, (socket) => {
    socket.renegotiate({ requestCert: true, rejectUnauthorized: false }, () => {
      socket.end(`hello ${[socket.getPeerCertificate().subject?.CN].flat()[0]}`);
    });
  });
  const key = (await nodeCrypto.signingKey(shown.pkcs8))!;
  const choose = () => ({ chain: [shown.der], key });
  const session = new ClientSession({ versions: [0x0303], serverName: null, choose, ...more }, nodeCrypto);
  return (await converse(session, port)).events;
}

test('a server that was made to choose less than it can is noted', async () => {
  const { keyPem, pem } = identities.p256;
  const port = await tlsServer({ key: keyPem, cert: pem }, (socket) => socket.end());
  const session = new ClientSession({ versions: [0x0304, 0x0303], serverName: null }, nodeCrypto);
  // Something between us that makes supported_versions unrecognisable.
  const { events } = await converse(session, port, (hello) =>
    replace(hello, [0, 43, 0, 5], [0xaa, 43, 0, 5]),
  );
  expect(events).toContainEqual({
    is: 'note',
    message: expect.stringContaining('can do a newer TLS version'),
  });
});

function replace(bytes: Uint8Array, from: number[], to: number[]): Uint8Array {
  const at = Buffer.from(bytes).indexOf(Uint8Array.from(from));
  expect(at).toBeGreaterThan(0);
  return Uint8Array.from([...bytes.subarray(0, at), ...to, ...bytes.subarray(at + from.length)]);
}
