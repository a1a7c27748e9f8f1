import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat } from '../../../src/base/bytes.ts';
import { HEADER, PRELOGIN, TABULAR_RESULT, tdsFraming, tdsPacket } from '../../../src/net/dialogue/tds.ts';

/** TLS in the packets of TDS 7 (MS-TDS 2.2.3.1, 3.2.5.2). */

const record = (length: number): Uint8Array =>
  concat([Uint8Array.of(22, 3, 3), new Uint8Array(length).fill(7)]);

/** What a server sends: some packets, then TLS bare. */
const conversation = fc.record({
  wrapped: fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 4 }),
  bare: fc
    .uint8Array({ maxLength: 40 })
    .map((bytes) => (bytes.length > 0 ? concat([record(0), bytes]) : bytes)),
  type: fc.constantFrom(PRELOGIN, TABULAR_RESULT),
});

test('what comes is unwrapped in whatever pieces it comes, and bare bytes end the wrapping', () => {
  fc.assert(
    fc.property(conversation, fc.array(fc.nat(200), { maxLength: 8 }), ({ wrapped, bare, type }, cuts) => {
      const all = concat([...wrapped.map((one) => tdsPacket(type, one, 0)), bare]);
      const places = [0, ...cuts.filter((at) => at < all.length).sort((a, b) => a - b), all.length];
      const framing = tdsFraming();
      const pieces = places.slice(1).map((end, i) => framing.unwrap(all.subarray(places[i], end)));
      expect(concat(pieces)).toEqual(concat([...wrapped, bare]));
    }),
  );
});

test('a packet of TDS behind bare TLS is TLS, too: there is no way back', () => {
  const framing = tdsFraming();
  const packet = tdsPacket(PRELOGIN, Uint8Array.of(1, 2));
  expect(framing.unwrap(concat([record(2), packet]))).toEqual(concat([record(2), packet]));
});

test.each([0, 7, 8])('a packet of %i bytes in all is shown to TLS, which will not have it', (length) => {
  const header = Uint8Array.of(PRELOGIN, 1, 0, length, 0, 0, 1, 0);
  expect(tdsFraming().unwrap(header)).toEqual(header);
});

describe('what is sent', () => {
  test('is wrapped until the handshake is over', () => {
    const framing = tdsFraming();
    expect(framing.wrap(record(5))).toEqual(tdsPacket(PRELOGIN, record(5)));
    framing.handshakeOver();
    expect(framing.wrap(record(5))).toEqual(record(5));
  });

  test.each([1, 4088, 4089, 20_000])('%i bytes are spread over packets of up to 4096', (length) => {
    const bytes = new Uint8Array(length).map((_, i) => i);
    const sent = tdsFraming().wrap(bytes);
    const bodies: Uint8Array[] = [];
    for (let at = 0; at < sent.length; ) {
      const size = (sent[at + 2]! << 8) | sent[at + 3]!;
      expect(size).toBeLessThanOrEqual(4096);
      expect(sent[at]).toBe(PRELOGIN);
      expect(sent[at + 1]).toBe(at + size === sent.length ? 1 : 0);
      bodies.push(sent.subarray(at + HEADER, at + size));
      at += size;
    }
    expect(concat(bodies)).toEqual(bytes);
  });
});
