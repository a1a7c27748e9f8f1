import { describe, expect, test } from 'vitest';
import { parseCertificate } from '../../src/wire/x509/certificate.ts';
import { printName } from '../../src/wire/x509/name.ts';
import { isNameInWords } from '../../src/wire/x509/name-in-words.ts';
import { issue, type NamePart } from '../support/pki.ts';

const nameOf = (...parts: readonly NamePart[]) => parseCertificate(issue({ subject: parts }).der).subject;
const name = nameOf(
  ['C', 'DE'],
  ['O', 'Müller, Söhne "& Co"'],
  ['OU', 'A'],
  ['OU', 'B'],
  ['CN', 'Client  CA'],
);

describe('the same name', () => {
  test.each([
    ['OpenSSL', 'C = DE, O = "M\\C3\\BCller, S\\C3\\B6hne \\"& Co\\"", OU = A, OU = B, CN = Client  CA'],
    ['RFC 2253', 'CN=Client  CA,OU=B,OU=A,O=Müller\\, Söhne \\"& Co\\",C=DE'],
    ['the old form', '/C=DE/O=Müller, Söhne "& Co"/OU=A/OU=B/CN=Client  CA'],
    ['Java', 'CN=Client CA, OU=B, OU=A, O="Müller, Söhne \\"& Co\\"", C=DE'],
    ['Windows', 'CN=Client CA, OU=B, OU=A, O="Müller, Söhne ""& Co""", C=DE'],
    ['ourselves', printName(name)],
    ['other cases', 'cn=client ca, ou=b, ou=a, o="MÜLLER, söhne \\"& co\\"", c=de'],
  ])('as %s prints it', (_, text) => {
    expect(isNameInWords(text, name)).toBe(true);
  });
});

test.each([
  'CN=Client CA, OU=B, O="Müller, Söhne \\"& Co\\"", C=DE',
  'CN=Client CA 2, OU=B, OU=A, O="Müller, Söhne \\"& Co\\"", C=DE',
  'Client CA',
  '',
])('another: %s', (text) => {
  expect(isNameInWords(text, name)).toBe(false);
});

test('types without a name, and several in one part', () => {
  const odd = nameOf(['2.5.4.97', 'NTRDE-1'], ['CN', 'A']);
  expect(isNameInWords('CN=A+organizationIdentifier=NTRDE-1', odd)).toBe(true);
  expect(isNameInWords('2.5.4.97 = NTRDE-1, CN = A', odd)).toBe(true);
  expect(isNameInWords('OID.2.5.4.97=NTRDE-1, CN=A', odd)).toBe(true);
});
