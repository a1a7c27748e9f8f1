import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat } from '../../src/base/bytes.ts';
import type { SigningKey } from '../../src/base/ports.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { decodeCertificate } from '../../src/wire/tls/handshake/certificate.ts';
import {
  type CertificateRequest,
  encodeCertificateRequest,
} from '../../src/wire/tls/handshake/certificate-request.ts';
import { decodeCertificateVerify, signedContent } from '../../src/wire/tls/handshake/certificate-verify.ts';
import { encodeHandshake } from '../../src/wire/tls/handshake/message.ts';
import { encodeRecord } from '../../src/wire/tls/record.ts';
import {
  type ClientIdentity,
  type ClientOptions,
  ClientSession,
  type Effects,
  type SessionEvent,
} from '../../src/wire/tls/session/client/index.ts';
import { parseName } from '../../src/wire/x509/name.ts';
import { chunked } from '../support/chunks.ts';
import { type CertificateOptions, issue, nameDer } from '../support/pki.ts';
import { type Script, ScriptedServer } from '../support/tls13-server.ts';

const root = issue({ subject: 'Root', ca: true });
const identity = issue({ subject: 'www.example.com', issuer: root, subjectAltNames: ['www.example.com'] });

async function client(key: CertificateOptions['key'] & string): Promise<ClientIdentity> {
  const issued = issue({ subject: 'client', issuer: root, key, extendedKeyUsage: ['clientAuth'] });
  return { chain: [issued.der], key: (await nodeCrypto.signingKey(issued.pkcs8)) as SigningKey };
}

const request = (fields: Partial<CertificateRequest> = {}): Uint8Array =>
  encodeCertificateRequest({
    version: 0x0304,
    context: new Uint8Array(0),
    signatureAlgorithms: [0x0401, 0x0503, 0x0403, 0x0804, 0x0807],
    authorities: [parseName(root.subject)],
    authoritiesPresent: true,
    authoritiesLength: 0,
    extensions: [],
    ...fields,
  });

interface Run {
  readonly session: ClientSession;
  readonly server: ScriptedServer;
  readonly events: SessionEvent[];
  /** Passes bytes of the server to the client, and back and forth until both are silent. */
  pass(bytes: Uint8Array): Promise<void>;
}

async function run(script: Omit<Script, 'identity'>, options: Partial<ClientOptions> = {}): Promise<Run> {
  const session = new ClientSession(
    { versions: [0x0304], serverName: 'www.example.com', ...options },
    nodeCrypto,
  );
  const server = new ScriptedServer({ identity, ...script });
  const events: SessionEvent[] = [];
  const settle = async (effects: Effects): Promise<void> => {
    events.push(...effects.events);
    if (effects.send.length === 0) return;
    const reply = await server.receive(effects.send);
    if (reply.length > 0) await settle(await session.receive(reply));
  };
  await settle(await session.start());
  return { session, server, events, pass: async (bytes) => settle(await session.receive(bytes)) };
}

const kinds = (events: readonly SessionEvent[]): string[] => events.map((event) => event.is);
const eventOf = <K extends SessionEvent['is']>(
  events: readonly SessionEvent[],
  is: K,
): Extract<SessionEvent, { is: K }> | undefined =>
  events.find((event): event is Extract<SessionEvent, { is: K }> => event.is === is);
const notes = (events: readonly SessionEvent[]): string =>
  events.flatMap((event) => (event.is === 'note' ? [event.message] : [])).join('; ');

describe('a whole handshake', () => {
  test.each([0x1301, 0x1302, 0x1303])('under suite %i carries data both ways', async (suite) => {
    const { session, server, events, pass } = await run({ suite });
    expect(kinds(events)).toEqual(['server-hello', 'server-certificate', 'server-signature', 'connected']);
    expect(eventOf(events, 'server-signature')).toMatchObject({ verdict: 'good' });
    expect(server.finishedFits).toBe(true);
    expect(server.hello).toMatchObject({ serverName: 'www.example.com', supportedVersions: [0x0304] });
    await server.receive((await session.write(Buffer.alloc(40_000, 'x'))).send);
    expect(concat(server.data)).toEqual(new Uint8Array(Buffer.alloc(40_000, 'x')));
    await server.layer.send(23, Buffer.from('answer'));
    await pass(server.layer.take());
    expect(Buffer.from(eventOf(events, 'data')!.bytes).toString()).toBe('answer');
  });

  test.each([29, 23, 24, 25])('in group %i, with a second hello where no share was sent', async (group) => {
    const { server, events } = await run({ group });
    expect(server.finishedFits).toBe(true);
    expect(server.hellos).toBe(group === 24 || group === 25 ? 2 : 1);
    expect(kinds(events)).toContain('connected');
  });

  test('after a HelloRetryRequest with a cookie only', async () => {
    const { server } = await run({ cookie: Uint8Array.of(1, 2, 3) });
    expect(server.hellos).toBe(2);
    expect(server.hello!.extensions.find((one) => one.type === 44)?.data).toEqual(
      Uint8Array.of(0, 3, 1, 2, 3),
    );
    expect(server.finishedFits).toBe(true);
  });
});

describe('the client certificate', () => {
  test.each([
    ['p256', 0x0403],
    ['p384', 0x0503],
    ['rsa', 0x0804],
    ['ed25519', 0x0807],
  ] as const)('of a %s key is proven with scheme %i', async (kind, scheme) => {
    const shown = await client(kind);
    const { server, events } = await run({ request: request() }, { choose: () => shown });
    const [certificate, verify] = server.messages;
    expect(decodeCertificate(certificate!.body, 0x0304).entries.map((one) => one.der)).toEqual(shown.chain);
    const proof = decodeCertificateVerify(verify!.body, 0x0304);
    expect(proof.scheme).toBe(scheme);
    expect(eventOf(events, 'client-certificate')).toEqual({ is: 'client-certificate', sent: 1, scheme });
    expect(server.finishedFits).toBe(true);
  });

  test('is empty without a choice, and nothing is signed', async () => {
    const { server, events } = await run({ request: request() });
    expect(server.messages.map((one) => one.type)).toEqual([11, 20]);
    expect(decodeCertificate(server.messages[0]!.body, 0x0304).entries).toEqual([]);
    expect(eventOf(events, 'client-certificate')).toMatchObject({ sent: 0, scheme: null });
  });

  test('is empty when no scheme suits the key, and that is said', async () => {
    const shown = await client('p521');
    const { server, events } = await run({ request: request() }, { choose: () => shown });
    expect(server.messages.map((one) => one.type)).toEqual([11, 20]);
    expect(notes(events)).toContain('no signature algorithm of the request suits the ec key');
  });

  test('is empty when the key fails to sign, and that is said', async () => {
    const shown = await client('p256');
    const broken = { ...shown.key, sign: () => Promise.reject(new Error('the card was pulled')) };
    const { server, events } = await run(
      { request: request() },
      { choose: () => ({ ...shown, key: broken }) },
    );
    expect(server.messages.map((one) => one.type)).toEqual([11, 20]);
    expect(notes(events)).toContain('the key did not sign with ecdsa_secp256r1_sha256: the card was pulled');
    expect(server.finishedFits).toBe(true);
  });

  test('is chosen by the request as it was sent', async () => {
    const names = Array.from({ length: 600 }, (_, i) => nameDer(`Authority ${i} ${'x'.repeat(60)}`));
    const asked: CertificateRequest[] = [];
    const body = request({ authorities: names.map(parseName) });
    const choose = (one: CertificateRequest): null => {
      asked.push(one);
      return null;
    };
    await run({ request: body }, { choose });
    expect(asked[0]!.authorities.map((name) => name.der)).toEqual(names.map((der) => new Uint8Array(der)));
    expect(asked[0]!.authoritiesLength).toBe(names.reduce((sum, der) => sum + 2 + der.length, 0));
  });

  test('is asked for though the list holds noise', async () => {
    const noise = [Uint8Array.of(0x30, 9, 1), new Uint8Array(0)].map(parseName);
    const { events } = await run({ request: request({ authorities: [...noise, parseName(root.subject)] }) });
    const { authorities } = eventOf(events, 'certificate-request')!.request;
    expect(authorities.map((name) => name.broken === undefined)).toEqual([false, false, true]);
    expect(kinds(events)).toContain('connected');
  });
});

describe('after the handshake', () => {
  test('a KeyUpdate is followed and answered', async () => {
    const { session, server, events, pass } = await run({});
    const update = await server.sendAfter(24, Uint8Array.of(1));
    await server.updateKeys();
    await server.layer.send(23, Buffer.from('under new keys'));
    await pass(concat([update, server.layer.take()]));
    expect(server.messages.at(-1)).toMatchObject({ type: 24, body: Uint8Array.of(0) });
    expect(Buffer.from(eventOf(events, 'data')!.bytes).toString()).toBe('under new keys');
    await server.receive((await session.write(Buffer.from('ours too'))).send);
    expect(Buffer.from(server.data[0]!).toString()).toBe('ours too');
  });

  test('a ticket is taken as a sign of acceptance', async () => {
    const { server, events, pass } = await run({});
    await pass(await server.sendAfter(4, Uint8Array.from([0, 0, 1, 0, 1, 2, 3, 4, 0, 0, 1, 9, 0, 0])));
    expect(events.at(-1)).toEqual({ is: 'post-handshake', message: 'NewSessionTicket' });
  });

  test('a certificate may be asked for where that was offered, again and again', async () => {
    const shown = await client('p256');
    const { server, events, pass } = await run({}, { choose: () => shown, postHandshakeAuth: true });
    expect(server.hello!.postHandshakeAuth).toBe(true);
    for (const id of [7, 8]) {
      const before = server.transcript;
      await pass(await server.requestAfter(request({ context: Uint8Array.of(id) })));
      const [certificate, verify] = server.messages;
      expect(decodeCertificate(certificate!.body, 0x0304)).toMatchObject({ context: Uint8Array.of(id) });
      const asked = encodeHandshake(13, request({ context: Uint8Array.of(id) }));
      const signed = signedContent('client', before.with(asked, certificate!.bytes).hash('sha256'));
      const { scheme, signature } = decodeCertificateVerify(verify!.body, 0x0304);
      expect(await nodeCrypto.verify(scheme!, shown.key.spki, signed, signature)).toBe(true);
      expect(server.finishedFits).toBe(true);
      server.transcript = before;
    }
    expect(events.filter((one) => one.is === 'certificate-request').map((one) => one.asked)).toEqual([
      'post-handshake',
      'post-handshake',
    ]);
  });

  test('where it was not offered it is refused', async () => {
    const { server, events, pass } = await run({});
    await pass(await server.requestAfter(request()));
    expect(events.at(-1)).toMatchObject({
      is: 'malformed',
      why: 'CertificateRequest where application data belongs',
    });
    expect(server.alerts.map((one) => [...one])).toEqual([[2, 10]]);
  });

  test('close_notify ends it', async () => {
    const { session, server, events, pass } = await run({});
    await server.layer.send(21, Uint8Array.of(1, 0));
    await pass(server.layer.take());
    expect(events.at(-1)).toEqual({ is: 'closed' });
    expect(session.connected).toBe(false);
    await expect(session.write(Uint8Array.of(1))).rejects.toThrow('write()');
  });

  test('a refusal comes as an alert, whatever its level', async () => {
    const { server, events, pass } = await run({ request: request() });
    await server.layer.send(21, Uint8Array.of(1, 116));
    await pass(server.layer.take());
    expect(events.at(-1)).toMatchObject({ is: 'alert', alert: { code: 116 } });
  });
});

describe('a server that does wrong', () => {
  test('a bad signature is reported and goes on', async () => {
    const { events, server } = await run({ breakSignature: true, request: request() });
    expect(eventOf(events, 'server-signature')).toMatchObject({ verdict: 'bad' });
    expect(server.finishedFits).toBe(true);
  });

  test('a certificate that cannot be read is a note', async () => {
    const { events, server } = await run({ certificateDer: Uint8Array.of(0x30, 3, 1) });
    expect(eventOf(events, 'server-signature')).toMatchObject({ verdict: 'unchecked' });
    expect(notes(events)).toContain("certificate 1 of the server's chain cannot be read");
    expect(server.finishedFits).toBe(true);
  });

  test('a Finished that does not fit ends it', async () => {
    const { events, server } = await run({ breakFinished: true });
    expect(events.at(-1)).toMatchObject({
      is: 'malformed',
      why: "the server's Finished does not fit the handshake",
    });
    expect(server.alerts.map((one) => [...one])).toEqual([[2, 51]]);
  });

  test('a version that was not offered is named', async () => {
    const { events } = await run({ version: 0x0302 });
    expect(eventOf(events, 'server-hello')).toMatchObject({ version: 0x0302 });
    expect(events.at(-1)).toMatchObject({
      is: 'malformed',
      why: 'the server chose TLS 1.1, which was not offered',
    });
  });

  test('a message that goes on where the keys change is refused', async () => {
    const { events } = await run({ afterHello: Uint8Array.of(8, 0, 0) });
    expect(events.at(-1)).toMatchObject({
      is: 'malformed',
      why: expect.stringContaining('where the keys change'),
    });
  });

  test('an alert in the clear after the keys were agreed is heard', async () => {
    const { events, pass } = await run({});
    await pass(encodeRecord(21, 0x0303, Uint8Array.of(2, 80)));
    expect(notes(events)).toContain('unprotected');
    expect(events.at(-1)).toMatchObject({ is: 'alert', alert: { code: 80 } });
  });

  test('a change_cipher_spec after the handshake is refused', async () => {
    const { events, pass } = await run({});
    await pass(encodeRecord(20, 0x0303, Uint8Array.of(1)));
    expect(events.at(-1)).toMatchObject({ is: 'malformed' });
  });

  test('it is believed in nothing that was altered on the way', async () => {
    const { min, max } = { min: 0, max: 5 + 6 + 17 - 1 };
    await fc.assert(
      fc.asyncProperty(fc.integer({ min, max }), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const { server, session } = await run({});
        await server.layer.send(23, Buffer.from('secret'));
        const record = server.layer.take();
        expect(record).toHaveLength(max + 1);
        const altered = Uint8Array.from(record, (byte, i) => (i === at ? byte ^ flip : byte));
        const { events } = await session.receive(altered);
        expect(kinds(events)).not.toContain('data');
      }),
      { numRuns: 40 },
    );
  });
});

test('how the bytes arrive changes nothing', async () => {
  const shown = await client('p256');
  await fc.assert(
    fc.asyncProperty(
      fc.infiniteStream(fc.integer({ min: 0, max: 700 })),
      fc.boolean(),
      async (cuts, single) => {
        const options = { versions: [0x0303, 0x0304], serverName: null, choose: () => shown };
        const session = new ClientSession(options, nodeCrypto);
        const server = new ScriptedServer({ identity, request: request(), group: 24 });
        const events: SessionEvent[] = [];
        let toServer = (await session.start()).send;
        while (toServer.length > 0) {
          const reply = await server.receive(toServer);
          const sent: Uint8Array[] = [];
          for (const chunk of chunked(reply, single ? ones() : cuts)) {
            const effects = await session.receive(chunk);
            events.push(...effects.events);
            sent.push(effects.send);
          }
          toServer = concat(sent);
        }
        expect(kinds(events)).toEqual([
          'server-hello',
          'certificate-request',
          'server-certificate',
          'server-signature',
          'client-certificate',
          'connected',
        ]);
        expect(server.finishedFits).toBe(true);
      },
    ),
    { numRuns: 20 },
  );
});

function* ones(): Generator<number> {
  for (;;) yield 1;
}
