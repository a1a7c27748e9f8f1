import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asciiBytes, fromHex, Malformed, toHex } from '../../src/base/bytes.ts';
import { parseCertificate } from '../../src/wire/x509/certificate.ts';
import { walkIssuers } from '../../src/wire/x509/chain.ts';
import { encode, oidBytes, TAG } from '../../src/wire/x509/der.ts';
import { printName } from '../../src/wire/x509/name.ts';
import { samePublicKey } from '../../src/wire/x509/public-key.ts';
import { issue, keysOf, nameDer } from '../support/pki.ts';

const root = issue({ subject: 'Root', ca: true });

describe('a certificate', () => {
  const issued = issue({
    subject: [
      ['C', 'DE'],
      ['O', 'Übung', TAG.bmp],
      ['CN', 'client'],
    ],
    issuer: root,
    serial: '00c0ffee',
    notBefore: Date.UTC(2024, 1, 29, 12),
    notAfter: Date.UTC(2051, 0, 1),
    extendedKeyUsage: ['clientAuth', '1.3.6.1.4.1.311.20.2.2'],
    keyUsage: [0, 5, 8],
    subjectAltNames: ['www.example.com', '192.0.2.7', 'mail:a@example.com', 'upn:a@example.com', 'uri:urn:x'],
    crlUrls: ['http://crl.example/ca.crl'],
    issuerUrls: ['http://aia.example/ca.crt'],
    ocspUrls: ['http://ocsp.example'],
  });
  const certificate = parseCertificate(issued.der);

  test('keeps its names byte for byte', () => {
    expect(toHex(certificate.issuer.der)).toBe(toHex(root.subject));
    expect(toHex(certificate.subject.der)).toBe(toHex(issued.subject));
    expect(printName(certificate.subject)).toBe('CN=client, O=Übung, C=DE');
  });

  test('tells its fields', () => {
    expect(certificate).toMatchObject({
      serial: '00c0ffee',
      notBefore: Date.UTC(2024, 1, 29, 12),
      notAfter: Date.UTC(2051, 0, 1),
      keyKind: 'ec',
      keyBits: 256,
      curve: 'secp256r1',
      signatureOid: '1.2.840.10045.4.3.2',
      extendedKeyUsage: ['1.3.6.1.5.5.7.3.2', '1.3.6.1.4.1.311.20.2.2'],
      keyUsage: 0b100100001,
      isCa: false,
      subjectAltNames: [
        { kind: 'dns', value: 'www.example.com' },
        { kind: 'ip', value: '192.0.2.7' },
        { kind: 'email', value: 'a@example.com' },
        { kind: 'upn', value: 'a@example.com' },
        { kind: 'uri', value: 'urn:x' },
      ],
      crlUrls: ['http://crl.example/ca.crl'],
      aiaIssuerUrls: ['http://aia.example/ca.crt'],
      ocspUrls: ['http://ocsp.example'],
      oddities: [],
    });
    expect(certificate.authorityKeyId).toBe(parseCertificate(root.der).subjectKeyId);
  });

  test('without extensions has none', () => {
    const bare = parseCertificate(issue({ subject: 'bare', withoutKeyIds: true }).der);
    expect(bare.extendedKeyUsage).toBeUndefined();
    expect(bare.keyUsage).toBeUndefined();
    expect(bare).toMatchObject({ isCa: false, subjectAltNames: [], oddities: [] });
  });
});

test.each([
  ['p384', 'ec', 384, 'secp384r1', '1.2.840.10045.4.3.2'],
  ['p521', 'ec', 521, 'secp521r1', '1.2.840.10045.4.3.2'],
  ['rsa', 'rsa', 2048, undefined, '1.2.840.113549.1.1.11'],
  ['rsa-pss', 'rsa-pss', 2048, undefined, '1.2.840.113549.1.1.10'],
  ['ed25519', 'ed25519', 256, undefined, '1.3.101.112'],
] as const)('a key of kind %s', (key, keyKind, keyBits, curve, signatureOid) => {
  const certificate = parseCertificate(issue({ subject: 'x', key }).der);
  expect([certificate.keyKind, certificate.keyBits, certificate.curve, certificate.signatureOid]).toEqual([
    keyKind,
    keyBits,
    curve,
    signatureOid,
  ]);
  expect(certificate.signaturePssHash).toBe(key === 'rsa-pss' ? 'sha256' : undefined);
});

test('public keys are compared as keys', () => {
  const spki = (key: 'rsa' | 'p256') => parseCertificate(issue({ subject: 'x', key }).der).spki;
  const rsa = spki('rsa');
  expect(samePublicKey(rsa, spki('rsa'))).toBe(true);
  expect(samePublicKey(spki('p256'), spki('p256'))).toBe(false);
  const oid = toHex(oidBytes('1.2.840.113549.1.1.1'));
  const boundToPss = fromHex(toHex(rsa).replace(oid, toHex(oidBytes('1.2.840.113549.1.1.10'))));
  expect(samePublicKey(rsa, boundToPss)).toBe(true);
});

describe('what is odd is noted and the certificate kept:', () => {
  const extensionOf = (oid: string, value: Uint8Array) =>
    parseCertificate(issue({ subject: 'odd', extensions: [{ oid, value }] }).der);

  test.each(['2.5.29.17', '2.5.29.19', '2.5.29.31', '2.5.29.37', '1.3.6.1.5.5.7.1.1', '2.5.29.15'])(
    'garbage in extension %s',
    (oid) => {
      const certificate = extensionOf(oid, asciiBytes('garbage!'));
      expect(printName(certificate.subject)).toBe('CN=odd');
      expect(certificate.oddities).toHaveLength(1);
      expect(certificate.oddities[0]).toMatch(/^extension \w+: /);
    },
  );

  test('an extension that stands twice: the first counts', () => {
    const empty = encode(TAG.sequence);
    const twice = issue({
      subject: 'odd',
      extendedKeyUsage: ['clientAuth'],
      extensions: [{ oid: '2.5.29.37', value: empty }],
    });
    const certificate = parseCertificate(twice.der);
    expect(certificate.extendedKeyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
    expect(certificate.oddities).toEqual(['extension extKeyUsage: stands twice; the first is used']);
  });

  test('a name that is none', () => {
    const certificate = parseCertificate(issue({ subject: encode(TAG.sequence, asciiBytes('garbage')) }).der);
    expect(certificate.subject.broken).toBeDefined();
    expect(certificate.oddities.map((one) => one.split(':')[0])).toEqual(['issuer', 'subject']);
  });

  test('bytes after the end', () => {
    const der = Buffer.concat([root.der, Buffer.from('more')]);
    const certificate = parseCertificate(der);
    expect(certificate.der).toHaveLength(root.der.length);
    expect(certificate.oddities).toEqual(['4 bytes after its end']);
  });
});

describe('walking to the issuers', () => {
  const issuing = issue({ subject: 'Issuing', issuer: root, ca: true });
  const leaf = issue({ subject: 'Leaf', issuer: issuing });
  const [r, i, l] = [root, issuing, leaf].map((one) => parseCertificate(one.der));

  test('goes from the nearest to the self-signed one', () => {
    expect(walkIssuers(l!, [r!, i!])).toEqual([i, r]);
    expect(walkIssuers(l!, [r!])).toEqual([]);
    expect(walkIssuers(r!, [r!, i!])).toEqual([]);
  });

  test('takes of two with the same name the one whose key signed', () => {
    const renewed = parseCertificate(issue({ subject: 'Issuing', issuer: root, ca: true }).der);
    expect(walkIssuers(l!, [renewed, i!, r!])).toEqual([i, r]);
  });

  test('compares bytes: another string type is another name', () => {
    const printable = nameDer([['CN', 'Issuing', TAG.printable]]);
    const other = parseCertificate(issue({ subject: printable, ca: true, key: issuing.keys }).der);
    expect(walkIssuers(l!, [other])).toEqual([]);
  });

  test('ends in a circle of cross-certificates', () => {
    const [a, b] = [keysOf('p256'), keysOf('p256')];
    const signer = (subject: string, keys: typeof a) => issue({ subject, key: keys, ca: true });
    const one = parseCertificate(issue({ subject: 'A', key: a, ca: true, issuer: signer('B', b) }).der);
    const two = parseCertificate(issue({ subject: 'B', key: b, ca: true, issuer: signer('A', a) }).der);
    expect(walkIssuers(one, [one, two])).toEqual([two]);
  });

  test('ends after twenty', () => {
    const chain = [issue({ subject: 'CA 0', ca: true })];
    for (let n = 1; n < 25; n++) chain.push(issue({ subject: `CA ${n}`, ca: true, issuer: chain[n - 1]! }));
    const parsed = chain.map((one) => parseCertificate(one.der));
    expect(walkIssuers(parsed.at(-1)!, parsed)).toHaveLength(20);
  });
});

describe('broken bytes', () => {
  const whole = issue({
    subject: 'x',
    issuer: root,
    extendedKeyUsage: ['clientAuth'],
    subjectAltNames: ['upn:a@b'],
    crlUrls: ['http://x'],
    ocspUrls: ['http://y'],
  }).der;

  test('are Malformed at every cut', () => {
    for (let length = 0; length < whole.length; length++) {
      expect(() => parseCertificate(whole.subarray(0, length))).toThrow(Malformed);
    }
  });

  test('give a certificate or Malformed at every change, nothing else', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (edits) => {
          const changed = Uint8Array.from(whole);
          for (const [at, byte] of edits) changed[at] = byte;
          try {
            expect(parseCertificate(changed).der.length).toBeGreaterThan(0);
          } catch (error) {
            expect(error).toBeInstanceOf(Malformed);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
