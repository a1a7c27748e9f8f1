import { expect, test } from 'vitest';
import { fromHex, Malformed } from '../../src/base/bytes.ts';
import { decryptRc2Cbc } from '../../src/wire/identity/rc2.ts';

/** Known answers of RFC 2268 section 5: key, effective bits, plain, cipher. */
const ANSWERS = [
  ['0000000000000000', 63, '0000000000000000', 'ebb773f993278eff'],
  ['ffffffffffffffff', 64, 'ffffffffffffffff', '278b27e42e2f0d49'],
  ['3000000000000000', 64, '1000000000000001', '30649edf9be7d2c2'],
  ['88', 64, '0000000000000000', '61a8a244adacccf0'],
  ['88bca90e90875a', 64, '0000000000000000', '6ccf4308974c267f'],
  ['88bca90e90875a7f0f79c384627bafb2', 64, '0000000000000000', '1a807d272bbe5db1'],
  ['88bca90e90875a7f0f79c384627bafb2', 128, '0000000000000000', '2269552ab0f85ca6'],
  [
    '88bca90e90875a7f0f79c384627bafb216f80a6f85920584c42fceb0be255daf1e',
    129,
    '0000000000000000',
    '5b78d3a43dfff1f1',
  ],
] as const;

test.each(ANSWERS)('key %s of %i effective bits', (key, bits, plain, cipher) => {
  // An initialization vector that turns the plain block into one of padding alone shows all its eight bytes.
  const iv = fromHex(plain).map((byte) => byte ^ 8);
  expect(decryptRc2Cbc(fromHex(key), bits, iv, fromHex(cipher))).toHaveLength(0);
  const other = iv.map((byte, i) => (i === 3 ? byte ^ 1 : byte));
  expect(() => decryptRc2Cbc(fromHex(key), bits, other, fromHex(cipher))).toThrow('padding');
});

test('half a block is refused', () => {
  const iv = new Uint8Array(8);
  expect(() => decryptRc2Cbc(fromHex('88'), 64, iv, new Uint8Array(12))).toThrow(Malformed);
});
