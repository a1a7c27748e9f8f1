import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asciiBytes, fromHex } from '../../src/base/bytes.ts';
import { encode, oidBytes, oidText, TAG } from '../../src/wire/x509/der.ts';
import { canonicalName, parseName, printName, sameName } from '../../src/wire/x509/name.ts';

const attribute = (type: string, value: string, tag: number = TAG.printable) =>
  encode(TAG.set, encode(TAG.sequence, encode(TAG.oid, oidBytes(type)), encode(tag, asciiBytes(value))));
const name = (...rdns: Uint8Array[]) => parseName(encode(TAG.sequence, ...rdns));

test('prints the most specific part first and quotes what would be misread', () => {
  const parsed = name(
    attribute('2.5.4.6', 'DE'),
    attribute('2.5.4.10', 'A, B'),
    attribute('2.5.4.3', 'Issuing CA'),
  );
  expect(printName(parsed)).toBe('CN=Issuing CA, O="A, B", C=DE');
});

test('string type and case part DER, Java and OpenSSL as the clients do', () => {
  const printable = name(attribute('2.5.4.3', 'Issuing  CA'));
  const utf8 = name(attribute('2.5.4.3', 'issuing ca', TAG.utf8));
  expect(sameName(printable, utf8)).toBe(false);
  expect(canonicalName(printable, 'java')).toBe(canonicalName(utf8, 'java'));
  expect(canonicalName(printable, 'openssl')).toBe(canonicalName(utf8, 'openssl'));
  const ia5 = name(attribute('2.5.4.3', 'issuing ca', TAG.ia5));
  expect(canonicalName(ia5, 'java')).not.toBe(canonicalName(utf8, 'java'));
  expect(canonicalName(ia5, 'openssl')).toBe(canonicalName(utf8, 'openssl'));
});

test('an unreadable name keeps its bytes and says why', () => {
  const broken = parseName(fromHex('3005310330'));
  expect(broken.broken).toContain('needs');
  expect(printName(broken)).toContain('unreadable');
});

test('object identifiers survive the round trip', () => {
  for (const oid of ['2.5.4.3', '1.3.6.1.4.1.311.20.2.3', '2.999.1', '0.9.2342.19200300.100.1.25']) {
    expect(oidText(oidBytes(oid))).toBe(oid);
  }
});

test('no bytes make it throw', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      (bytes) => typeof printName(parseName(bytes)) === 'string',
    ),
  );
});
