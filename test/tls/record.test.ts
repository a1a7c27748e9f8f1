import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concat, Malformed } from '../../src/base/bytes.ts';
import { encodeClientHello, serverNameExtension } from '../../src/wire/tls/handshake/client-hello.ts';
import { encodeHandshake, HandshakeAssembler } from '../../src/wire/tls/handshake/message.ts';
import { encodeRecord, helloIn, NotTls, RecordReader } from '../../src/wire/tls/record.ts';
import { chunked } from '../support/chunks.ts';

const anyRecord = fc.record({
  type: fc.integer({ min: 20, max: 24 }),
  version: fc.integer({ min: 0x0300, max: 0x0304 }),
  fragment: fc.uint8Array({ maxLength: 300 }),
});

test('records come out as they went in, however the stream is cut', () => {
  fc.assert(
    fc.property(fc.array(anyRecord, { maxLength: 8 }), fc.infiniteStream(fc.nat(40)), (records, cuts) => {
      const stream = concat(records.map((one) => encodeRecord(one.type, one.version, one.fragment)));
      const reader = new RecordReader();
      const read = [];
      for (const chunk of chunked(stream, cuts)) {
        reader.push(chunk);
        for (let next = reader.next(); next; next = reader.next()) read.push(next);
      }
      expect(read.map(({ type, version, fragment }) => ({ type, version, fragment }))).toEqual(records);
      expect(reader.pending()).toHaveLength(0);
    }),
  );
});

test('another protocol is told from a broken record', () => {
  const stranger = new RecordReader();
  stranger.push(Uint8Array.from([0x48, 0x54, 0x54]));
  expect(() => stranger.next()).toThrow(NotTls);
  const later = new RecordReader();
  later.push(concat([encodeRecord(22, 0x0303, Uint8Array.of(1)), Uint8Array.of(0x48)]));
  later.next();
  expect(() => later.next()).toThrow('TLS record: starts with byte 0x48 (byte 6)');
  const huge = new RecordReader();
  huge.push(Uint8Array.from([22, 3, 3, 0xff, 0xff]));
  expect(() => huge.next()).toThrow('65535 bytes, more than 18432');
});

test('handshake messages are put together across records', () => {
  const bodies = [new Uint8Array(0), new Uint8Array(70_000).fill(7), Uint8Array.of(1, 2, 3)];
  const stream = concat(bodies.map((body, i) => encodeHandshake(i + 1, body)));
  fc.assert(
    fc.property(fc.infiniteStream(fc.integer({ min: 1, max: 20_000 })), (cuts) => {
      const assembler = new HandshakeAssembler();
      const read = [];
      for (const chunk of chunked(stream, cuts)) {
        assembler.push(chunk);
        for (let next = assembler.next(); next; next = assembler.next()) read.push(next);
      }
      expect(read.map((one) => one.type)).toEqual([1, 2, 3]);
      expect(read.map((one) => one.body.length)).toEqual([0, 70_000, 3]);
      expect(assembler.pending).toBe(0);
    }),
    { numRuns: 20 },
  );
});

test('a message that announces too much is refused before it is gathered', () => {
  const assembler = new HandshakeAssembler();
  assembler.push(Uint8Array.of(13, 0xff, 0xff, 0xff));
  expect(() => assembler.next()).toThrow('CertificateRequest: announces 16777215 bytes, more than 131072');
});

const hello = encodeHandshake(
  1,
  encodeClientHello({
    version: 0x0303,
    random: new Uint8Array(32).fill(9),
    sessionId: new Uint8Array(0),
    cipherSuites: [0x1301, 0xc02f],
    compressionMethods: [0],
    extensions: [serverNameExtension('www.example.com')],
  }),
);

test('finds the ClientHello in the first bytes of a connection', () => {
  const whole = encodeRecord(22, 0x0301, hello);
  for (let length = 0; length < whole.length; length++)
    expect(helloIn(whole.subarray(0, length))).toBe('more');
  const found = helloIn(whole);
  expect(found).toMatchObject({ serverName: 'www.example.com', supportedVersions: [0x0303] });
  const split = concat([
    encodeRecord(22, 0x0301, hello.subarray(0, 20)),
    encodeRecord(22, 0x0301, hello.subarray(20)),
  ]);
  expect(helloIn(split)).toEqual(found);
});

test('what is no ClientHello gives null, and nothing throws', () => {
  expect(helloIn(Buffer.from('GET / HTTP/1.1\r\n'))).toBeNull();
  expect(helloIn(encodeRecord(21, 0x0303, Uint8Array.of(2, 40)))).toBeNull();
  expect(helloIn(encodeRecord(22, 0x0303, encodeHandshake(2, new Uint8Array(3))))).toBeNull();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(hello.length - 1), (noise, at) => {
      const broken = Uint8Array.from(hello);
      broken.set(noise.subarray(0, broken.length - at), at);
      helloIn(noise);
      helloIn(encodeRecord(22, 0x0301, broken));
    }),
  );
});

test('only Malformed is thrown for noise', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (noise) => {
      const reader = new RecordReader();
      reader.push(noise);
      try {
        while (reader.next());
      } catch (error) {
        expect(error).toBeInstanceOf(Malformed);
      }
    }),
  );
});
