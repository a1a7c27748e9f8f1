import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64, toBase64 } from '../../src/base/base64.ts';

test('writes what Node writes and reads it back, padded, unpadded and in lines', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const text = toBase64(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64'));
      for (const form of [text, text.replace(/=/g, ''), text.replace(/.{5}/g, '$&\r\n')]) {
        expect([...fromBase64(form)]).toEqual([...bytes]);
      }
    }),
  );
});

test.each([
  ['AA-A', "'-' is no base64 character"],
  ['A', 'ends inside a group'],
  ['AA==AA', 'goes on after its padding'],
  ['AAAA===', 'ends inside a group'],
  ['AAAé', "'é' is no base64 character"],
])('refuses %s', (text, why) => {
  expect(() => fromBase64(text)).toThrow(why);
});
