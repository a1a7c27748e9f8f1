import { describe, expect, test } from 'vitest';
import { probe } from '../../../src/net/probe.ts';
import { findProtocol } from '../../../src/net/starttls/find.ts';
import { starttlsProtocols } from '../../../src/net/starttls/index.ts';
import { nodeCrypto } from '../../../src/platform/crypto.ts';
import { printName } from '../../../src/wire/x509/name.ts';
import { issue } from '../../support/pki.ts';
import { type Caller, openings, starttlsServer } from '../../support/starttls-servers.ts';

/** Whole conversations with Node's TLS behind the words of each protocol. */

const root = issue({ subject: 'Root of clients', ca: true });
const identity = issue({ subject: 'mail.example.com', issuer: root });
const client = issue({ subject: 'Client One', issuer: root });
const asking = {
  key: identity.keyPem,
  cert: identity.pem,
  ca: [root.pem],
  requestCert: true,
  rejectUnauthorized: false,
};

const target = (port: number, starttls: string) => ({
  host: '127.0.0.1',
  port,
  serverName: 'mail.example.com',
  path: '/',
  starttls,
});

test('every protocol has a server here', () => {
  expect(Object.keys(openings).sort()).toEqual(starttlsProtocols.map(({ id }) => id).sort());
});

describe.each(starttlsProtocols.map(({ id }) => id))('%s', (id) => {
  test.each([0x0303, 0x0304])(
    'the request behind it is read, and answered, by version %i',
    async (version) => {
      const { port, seen } = await starttlsServer(id, asking);
      const key = (await nodeCrypto.signingKey(client.pkcs8))!;
      const preamble: number[] = [];
      const result = await probe(target(port, id), {
        versions: [version],
        timeout: 8000,
        choose: () => ({ chain: [client.der], key }),
        onPreamble: (_, bytes) => preamble.push(bytes.length),
      });
      expect(result).toMatchObject({ end: { is: 'completed' }, version, sent: 1, http: null });
      expect(result.request!.authorities.map(printName)).toEqual(['CN=Root of clients']);
      expect(seen).toEqual(['Client One']);
      expect(preamble.length).toBeGreaterThan(1);
    },
  );

  test('what comes in single bytes is read as well', async () => {
    const { port, seen } = await starttlsServer(id, asking, (caller) => openings[id]!(dripping(caller)));
    const result = await probe(target(port, id), { timeout: 8000 });
    expect(result).toMatchObject({ end: { is: 'completed' }, sent: 0 });
    expect(seen).toEqual(['']);
  });

  test('a server that closes at once', async () => {
    const { port } = await starttlsServer(id, asking, async () => false);
    const { end } = await probe(target(port, id), { timeout: 8000 });
    expect(end).toMatchObject({ is: 'before-tls', stage: 'starttls', protocol: id });
    expect(end).toHaveProperty('how', expect.stringMatching(/^(closed|reset)$/));
  });

  test('a server that speaks something else, or nothing', async () => {
    const ends = await Promise.all(
      ['', '\0'.repeat(2000), '\xff'.repeat(2000), PAGE.repeat(20)].map(async (words) => {
        const { port } = await starttlsServer(id, asking, async (caller) => {
          caller.say(Buffer.from(words, 'latin1'));
          return new Promise(() => undefined);
        });
        const { end, milliseconds } = await probe(target(port, id), { timeout: 150 });
        expect(milliseconds).toBeLessThan(1500);
        return end;
      }),
    );
    const failure = { is: 'before-tls', stage: 'starttls', protocol: id, said: expect.stringMatching(/\w/) };
    const how = expect.stringMatching(/^(malformed|refused|timeout)$/);
    expect(ends).toMatchObject([
      { ...failure, how: 'timeout' },
      { ...failure, how },
      { ...failure, how },
      { ...failure, how },
    ]);
  });

  test('a server that never stops is cut off by bytes', async () => {
    const { port } = await starttlsServer(id, asking, async (caller) => {
      caller.socket.on('error', () => undefined);
      const flood = setInterval(() => caller.say(FLOOD[id] ?? 'x'.repeat(5000)), 1);
      caller.socket.on('close', () => clearInterval(flood));
      return new Promise(() => undefined);
    });
    const result = await probe(target(port, id), { timeout: 8000 });
    expect(result.end).toMatchObject({
      is: 'before-tls',
      how: expect.stringMatching(/^(malformed|refused)$/),
    });
    expect(result.milliseconds).toBeLessThan(4000);
  });

  test('a server that drips for ever is cut off by time', async () => {
    const { port } = await starttlsServer(id, asking, async (caller) => {
      caller.socket.on('error', () => undefined);
      const words = DRIP[id] ?? '220-';
      let at = 0;
      const drip = setInterval(() => caller.say(words[at++ % words.length]!), 5);
      caller.socket.on('close', () => clearInterval(drip));
      return new Promise(() => undefined);
    });
    const result = await probe(target(port, id), { timeout: 150 });
    expect(result.end.is).toBe('before-tls');
    expect(result.milliseconds).toBeLessThan(1500);
  });
});

const PAGE = 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n<html></html>\r\n';

/** Beginnings that the protocol may go on with for ever. */
const FLOOD: Readonly<Record<string, string>> = {
  smtp: '220-again\r\n'.repeat(500),
  lmtp: '220-again\r\n'.repeat(500),
  ftp: '220-again\r\n'.repeat(500),
  sieve: '"NOTE" "again"\r\n'.repeat(300),
  imap: '* OK again\r\n'.repeat(400),
};
const DRIP: Readonly<Record<string, string>> = { imap: '* OK ', pop3: '+OK ', xmpp: '<stream:features>' };

const dripping = (caller: Caller): Caller =>
  new Proxy(caller, {
    get(of, name) {
      if (name === 'say') {
        return (words: string | Uint8Array) => {
          for (const byte of Buffer.from(words as string)) of.say(Uint8Array.of(byte));
        };
      }
      const member: unknown = Reflect.get(of, name, of);
      return typeof member === 'function' ? member.bind(of) : member;
    },
  });

test('an unknown protocol is told', async () => {
  const { port } = await starttlsServer('smtp', asking);
  const { end } = await probe(target(port, 'gopher'), { timeout: 1000 });
  expect(end).toMatchObject({ is: 'before-tls', protocol: 'gopher', how: 'malformed' });
});

test('ids and aliases name one protocol each', () => {
  const names = starttlsProtocols.flatMap(({ id, aliases = [], atOnce }) => [
    id,
    ...aliases,
    ...(atOnce?.schemes ?? []),
  ]);
  expect(new Set(names).size).toBe(names.length);
  expect(findProtocol('PostgreSQL')?.id).toBe('postgres');
});
