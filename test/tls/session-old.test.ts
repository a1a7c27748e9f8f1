import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat } from '../../src/base/bytes.ts';
import { chunked } from '../support/chunks.ts';
import { kinds, record, replay } from '../support/conversation.ts';
import { issue, keysOf } from '../support/pki.ts';

/** What only old servers want: TLS 1.0 and 1.1, CBC, RSA key exchange, DHE. Node's own server speaks it on request. */

const root = issue({ subject: 'Root', ca: true });
const serverOf = (key: 'p256' | 'rsa') => issue({ subject: 'www.example.com', issuer: root, key });
const identities = { ECDSA: serverOf('p256'), RSA: serverOf('rsa') };
const clientOf = (key: 'p256' | 'p384' | 'rsa' | 'ed25519') =>
  issue({ subject: 'client', issuer: root, key: keysOf(key) });
const clients = {
  p256: clientOf('p256'),
  p384: clientOf('p384'),
  rsa: clientOf('rsa'),
  ed25519: clientOf('ed25519'),
};

/** SSL_OP_NO_ENCRYPT_THEN_MAC, which Node does not name. */
const NO_ENCRYPT_THEN_MAC = 0x80000;
const VERSIONS = [0x0301, 0x0302, 0x0303] as const;
const SINCE_10 = [
  'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-ECDSA-AES256-SHA',
  'ECDHE-RSA-AES128-SHA',
  'ECDHE-RSA-AES256-SHA',
  'DHE-RSA-AES128-SHA',
  'DHE-RSA-AES256-SHA',
  'AES128-SHA',
  'AES256-SHA',
];
const SINCE_12 = [
  'ECDHE-ECDSA-AES128-SHA256',
  'ECDHE-ECDSA-AES256-SHA384',
  'ECDHE-RSA-AES128-SHA256',
  'ECDHE-RSA-AES256-SHA384',
  'DHE-RSA-AES128-SHA256',
  'DHE-RSA-AES256-SHA256',
  'DHE-RSA-AES128-GCM-SHA256',
  'DHE-RSA-AES256-GCM-SHA384',
  'DHE-RSA-CHACHA20-POLY1305',
  'AES128-SHA256',
  'AES256-SHA256',
  'AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
];

function serverFor(suite: string) {
  const { keyPem, pem } = identities[suite.includes('ECDSA') ? 'ECDSA' : 'RSA'];
  const ciphers = `${suite}:@SECLEVEL=0`;
  const asking = { requestCert: true, rejectUnauthorized: false, ca: [root.pem] };
  return {
    key: keyPem,
    cert: pem,
    ciphers,
    ...asking,
    ...(suite.startsWith('DHE') ? { dhparam: 'auto' } : {}),
  };
}

const WHOLE = [
  'server-hello',
  'server-certificate',
  'certificate-request',
  'client-certificate',
  'connected',
  'data',
  'closed',
];
/** The signature comes before the request, or, where RSA proves by reading, with Finished. */
const withoutSignature = (seen: readonly string[]): string[] =>
  seen.filter((kind) => kind !== 'server-signature');

const cases = [
  ...VERSIONS.flatMap((version) => SINCE_10.map((suite) => [version, suite] as const)),
  ...SINCE_12.map((suite) => [0x0303, suite] as const),
];

describe.each([0, NO_ENCRYPT_THEN_MAC])('with options %i', (secureOptions) => {
  test.each(cases)('version %i under %s', async (only, suite) => {
    const { events } = await record({ ...serverFor(suite), only, secureOptions }, [clients.p256, root]);
    expect(withoutSignature(kinds(events))).toEqual(WHOLE);
    expect(events[0]).toMatchObject({ version: only });
    expect(events).toContainEqual({ is: 'server-signature', verdict: 'good' });
    expect(events).toContainEqual({
      is: 'client-certificate',
      sent: 2,
      scheme: only === 0x0303 ? 0x0403 : 0x0203,
    });
    expect(events.find((one) => one.is === 'certificate-request')!.request.version).toBe(only);
  });
});

test.each([
  ['p384', 0x0203],
  ['rsa', 0xff01],
] as const)('a client key of kind %s signs as TLS 1.0 and 1.1 have it', async (kind, scheme) => {
  for (const only of [0x0301, 0x0302] as const) {
    const { events } = await record(
      { ...serverFor('ECDHE-RSA-AES128-SHA'), only, rejectUnauthorized: true },
      [clients[kind]],
    );
    expect(events).toContainEqual({ is: 'client-certificate', sent: 1, scheme });
    expect(kinds(events)).toContain('data');
  }
});

test('a key that signs nothing in TLS 1.1 leads to an empty Certificate, with the reason', async () => {
  const { events } = await record({ ...serverFor('AES128-SHA'), only: 0x0302 }, [clients.ed25519]);
  expect(events).toContainEqual({ is: 'client-certificate', sent: 0, scheme: null });
  expect(events).toContainEqual({
    is: 'note',
    message: 'a key of kind ed25519 signs no handshake of TLS 1.1',
  });
  expect(kinds(events)).toContain('data');
});

describe.each([
  [0x0301, 0],
  [0x0302, NO_ENCRYPT_THEN_MAC],
] as const)('a recorded conversation of version %i', (only, secureOptions) => {
  const recorded = () => record({ ...serverFor('AES256-SHA'), only, secureOptions }, [clients.rsa, root]);

  test('is the same however it is cut', async () => {
    const whole = await recorded();
    const bytes = concat(whole.turns);
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.integer({ min: 0, max: 900 })), async (cuts) => {
        expect(await replay(whole, chunked(bytes, cuts))).toEqual({ events: whole.events, sent: whole.sent });
      }),
      { numRuns: 15 },
    );
  });

  test('altered in any byte it ends in words, and yields no other data', async () => {
    const whole = await recorded();
    const bytes = concat(whole.turns);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const altered = Uint8Array.from(bytes, (byte, i) => (i === at ? byte ^ flip : byte));
        const { events } = await replay(whole, [altered]);
        for (const one of events)
          if (one.is === 'data') expect(Buffer.from(one.bytes).toString()).toBe('answer');
      }),
      { numRuns: 150 },
    );
  });
});
