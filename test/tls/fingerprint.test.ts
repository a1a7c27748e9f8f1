import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat } from '../../src/base/bytes.ts';
import { placeholders } from '../../src/base/message.ts';
import { fingerprintGerman } from '../../src/wire/fingerprint/de.ts';
import { fingerprintEnglish } from '../../src/wire/fingerprint/en.ts';
import { fingerprint } from '../../src/wire/fingerprint/fingerprint.ts';
import { httpSigns } from '../../src/wire/fingerprint/http-signs.ts';
import { type Traits, traitsOf } from '../../src/wire/fingerprint/traits.ts';
import { encodeHandshake } from '../../src/wire/tls/handshake/message.ts';
import { encodeServerHello } from '../../src/wire/tls/handshake/server-hello.ts';
import { encodeRecord } from '../../src/wire/tls/record.ts';

const request = (
  certificateTypes: number[] | undefined,
  signatureAlgorithms: number[],
  extensions: number[],
): Traits['request'] => ({
  ...(certificateTypes ? { certificateTypes } : {}),
  signatureAlgorithms,
  extensions: extensions.map((type) => ({ type, data: new Uint8Array(0) })),
});

const traits = (changes: Partial<Traits>): Traits => ({
  version: 0x0303,
  helloExtensions: [],
  sessionIdLength: 32,
  records: [],
  protectedLengths: [],
  changesCipherSpec: true,
  request: null,
  ...changes,
});

const each = [[2], [11], [12], [13], [14]];

/** As the servers of test/interop/why-compare.interop.ts were seen (Debian 12). */
const SEEN: Readonly<Record<string, readonly Traits[]>> = {
  openssl: [
    traits({
      helloExtensions: [0xff01, 11, 35, 23],
      sessionIdLength: 0,
      records: [...each, [4]],
      request: request(
        [1, 2, 64],
        [0x403, 0x503, 0x603, 0x807, 0x808, 0x809, 0x80a, 0x80b, 0x804, 0x805],
        [],
      ),
    }),
    traits({
      version: 0x0304,
      helloExtensions: [43, 51],
      records: [[2]],
      request: request(undefined, [0x403, 0x503, 0x603, 0x807, 0x808, 0x809, 0x80a, 0x80b, 0x804], [13, 47]),
    }),
  ],
  gnutls: [
    traits({
      helloExtensions: [11, 23, 35, 0xff01],
      records: each,
      request: request([1, 64], [0x401, 0x809, 0x804, 0x403, 0x807, 0x501, 0x80a, 0x805], []),
    }),
    traits({
      version: 0x0304,
      helloExtensions: [51, 43],
      records: [[2]],
      request: request(undefined, [0x401, 0x809, 0x804, 0x403, 0x807, 0x501, 0x80a], [13, 47, 5]),
    }),
  ],
  java: [
    traits({
      helloExtensions: [23, 35, 0xff01],
      records: [[2, 11, 12, 13, 14], [4]],
      request: request([64, 1, 2], [0x403, 0x503, 0x603, 0x807, 0x808, 0x804, 0x805, 0x806, 0x809], []),
    }),
    traits({
      version: 0x0304,
      helloExtensions: [43, 51],
      request: request(
        undefined,
        [0x403, 0x503, 0x603, 0x807, 0x808, 0x804, 0x805, 0x806, 0x809],
        [13, 47, 50],
      ),
    }),
  ],
  go: [
    traits({
      helloExtensions: [35, 0xff01, 11],
      sessionIdLength: 0,
      records: each,
      request: request([1, 64], [0x804, 0x403, 0x807, 0x805, 0x806, 0x401], []),
    }),
    traits({
      version: 0x0304,
      helloExtensions: [43, 51],
      request: request(undefined, [0x804, 0x403, 0x807, 0x805, 0x806, 0x401], [5, 18, 13, 47]),
    }),
  ],
};

describe('a library by its habits', () => {
  test.each(Object.entries(SEEN))('%s', (kind, seen) => {
    expect(fingerprint(seen)).toMatchObject({ kind, confidence: 'likely' });
    expect(fingerprint(seen).because.length).toBeGreaterThanOrEqual(6);
    expect(fingerprint([seen[0]!])).toMatchObject({ kind });
  });

  test('none without enough, and none against what was seen', () => {
    expect(fingerprint([])).toMatchObject({ kind: null, confidence: 'unknown', because: [] });
    // Which version comes first in TLS 1.3 is the same with many.
    expect(fingerprint([traits({ version: 0x0304, helloExtensions: [43, 51] })]).kind).toBeNull();
    const kinds = Object.keys(SEEN);
    for (const one of kinds)
      for (const other of kinds.filter((kind) => kind !== one))
        expect(fingerprint([SEEN[one]![0]!, SEEN[other]![0]!]).kind, `${one} and ${other}`).toBeNull();
  });

  test('a default that was changed speaks for nobody, another library’s default against', () => {
    const [old] = SEEN.openssl!;
    const own = { ...old!, request: request([1, 2, 64], [0x806, 0x401], []) };
    expect(fingerprint([own])).toMatchObject({ kind: 'openssl' });
    const foreign = { ...old!, request: request([1, 2, 64], [0x804, 0x403, 0x807, 0x805, 0x806, 0x401], []) };
    expect(fingerprint([foreign]).kind).toBeNull();
  });

  /** Windows Server 2019 by RDP, as test/shared/fingerprint.shared.ts reads it of a capture. */
  const windows = traits({ helloExtensions: [23, 0xff01], records: [[2, 11, 14]] });

  test('Schannel is possible at most, and not told from Java by what they share', () => {
    expect(fingerprint([windows]).kind).toBeNull();
    const asking = { ...windows, records: [[2, 11, 12, 13, 14]], request: request([1, 2, 64], [0x401], []) };
    expect(fingerprint([asking])).toMatchObject({ kind: 'schannel', confidence: 'possible' });
    expect(fingerprint([asking]).because).toHaveLength(3);
    // TLS 1.3 of Schannel is not known: an order that many have decides nothing.
    const newer = traits({ version: 0x0304, helloExtensions: [43, 51] });
    expect(fingerprint([windows, newer]).kind).toBeNull();
    const java = { ...windows, request: SEEN.java![0]!.request };
    expect(fingerprint([java])).toMatchObject({ kind: 'java', confidence: 'likely' });
  });

  test('any order of extensions that none of them sends is nobody’s', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0xff01, 0, 11, 35, 5, 16, 22, 23]), (helloExtensions) => {
        const { kind } = fingerprint([{ ...SEEN.openssl![0]!, helloExtensions }]);
        const place = (type: number) => helloExtensions.indexOf(type);
        if (kind === 'openssl') expect(place(0xff01)).toBeLessThan(place(23));
        else expect(kind).toBeNull();
      }),
    );
  });
});

describe('what was received', () => {
  const hello = encodeHandshake(
    2,
    encodeServerHello({
      legacyVersion: 0x0303,
      random: new Uint8Array(32),
      sessionId: new Uint8Array(32),
      cipherSuite: 0xc02b,
      compressionMethod: 0,
      extensions: [
        { type: 0xff01, data: Uint8Array.of(0) },
        { type: 23, data: new Uint8Array(0) },
      ],
    }),
  );
  const record = (type: number, ...messages: Uint8Array[]) => encodeRecord(type, 0x0303, concat(messages));
  const empty = (type: number) => encodeHandshake(type, new Uint8Array(0));
  const flight = concat([
    record(22, hello, empty(11)),
    record(22, empty(14)),
    record(20, Uint8Array.of(1)),
    record(22, new Uint8Array(40)),
    record(23, new Uint8Array(99)),
  ]);

  test('is read as far as it is plain', () => {
    expect(traitsOf(flight, null)).toEqual({
      version: 0x0303,
      helloExtensions: [0xff01, 23],
      sessionIdLength: 32,
      records: [[2, 11], [14]],
      protectedLengths: [40, 99],
      changesCipherSpec: true,
      request: null,
    });
  });

  test('cut anywhere, or noise, throws nothing', () => {
    for (let length = 0; length <= flight.length; length++) {
      const cut = traitsOf(flight.subarray(0, length), null);
      if (cut) expect(cut.helloExtensions).toEqual([0xff01, 23]);
      else expect(length).toBeLessThan(5 + hello.length + 4);
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(flight.length), (noise, at) => {
        traitsOf(noise, null);
        traitsOf(concat([flight.subarray(0, at), noise]), null);
      }),
    );
  });
});

test('what a server says of itself in HTTP is shown, and called weak', () => {
  const said = httpSigns({
    headers: 'Date: x\r\nServer: Microsoft-IIS/10.0\r\nX: y',
    body: '<h3>HTTP Error 403.7 - Forbidden</h3>',
  });
  expect(said.product).toBe('Microsoft-IIS/10.0');
  expect(said.because.map(({ id, facts }) => [id, facts.saw])).toEqual([
    ['stack-header', 'Microsoft-IIS/10.0'],
    ['stack-page', 'IIS'],
  ]);
  expect(fingerprintEnglish['stack-header']).toContain('weak');
  expect(httpSigns({ headers: '', body: '<hr><center>nginx/1.22.1</center>' }).product).toBe('nginx');
  expect(httpSigns({ headers: 'Served-By: x', body: 'hello' })).toEqual({ product: null, because: [] });
});

test('both languages say the same things', () => {
  expect(Object.keys(fingerprintGerman).sort()).toEqual(Object.keys(fingerprintEnglish).sort());
  for (const id of Object.keys(fingerprintEnglish) as (keyof typeof fingerprintEnglish)[])
    expect(placeholders(fingerprintGerman[id]), id).toEqual(placeholders(fingerprintEnglish[id]));
});
