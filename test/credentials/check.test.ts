import { describe, expect, test } from 'vitest';
import { asciiBytes } from '../../src/base/bytes.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { parseCertificate } from '../../src/wire/x509/certificate.ts';
import { encode, oidBytes, TAG } from '../../src/wire/x509/der.ts';
import { isSignedBy } from '../../src/wire/x509/signature.ts';
import { request } from '../clients/scene.ts';
import { type Issued, issue, keysOf } from '../support/pki.ts';
import { certificate, check, DAY, facts, issuing, NOW, root, told, user } from './scene.ts';

test('a sound certificate with its chain has nothing against it', () => {
  expect(told(check(user()))).toEqual([]);
});

describe('the chain held against the chain needed', () => {
  test('an intermediate known from elsewhere is named as missing, and where to fetch it', () => {
    const leaf = user({ issuerUrls: ['http://ca.example.com/issuing.cer'] });
    const remarks = check(leaf, [], { elsewhere: [issuing, root].map(certificate) });
    expect(told(remarks)).toEqual(['risks: intermediate-missing']);
    expect(facts(remarks, 'intermediate-missing')).toEqual({
      below: 'CN=user',
      issuer: 'CN=Issuing',
      missing: 'CN=Issuing',
      url: 'http://ca.example.com/issuing.cer',
    });
  });

  test('of an unknown issuer it is told that it may be an intermediate', () => {
    expect(told(check(user(), [], { elsewhere: [] }))).toEqual(['risks: issuer-not-held']);
    expect(told(check(user(), [issuing], { elsewhere: [] }))).toEqual(['note: issuer-not-held']);
  });

  test('a root and strangers beside it', () => {
    const stranger = issue({ subject: 'Stranger', ca: true });
    const remarks = check(user(), [stranger, root, issuing]);
    expect(told(remarks)).toEqual(['note: root-included', 'note: foreign-certificates']);
    expect(facts(remarks, 'foreign-certificates')).toEqual({ count: 1, subjects: 'CN=Stranger' });
  });

  test('a self-signed certificate lacks nothing', () => {
    const own = issue({ subject: 'own', extendedKeyUsage: ['clientAuth'], keyUsage: [0] });
    expect(told(check(own, []))).toEqual([]);
  });

  test('the order of a PEM file', () => {
    const leaf = user();
    const third = issue({ subject: 'Policy', issuer: root, ca: true, crlUrls: ['http://x'] });
    const second = issue({ subject: 'Deep', issuer: third, ca: true, crlUrls: ['http://x'] });
    const deep = user({ issuer: second });
    const inOrder = (top: Issued, ...rest: Issued[]): string[] => {
      const all = [top, ...rest].map(certificate);
      const own = rest.includes(leaf) || top === leaf ? leaf : deep;
      const itself = all.find((one) => Buffer.from(one.der).equals(own.der))!;
      const beside = all.filter((one) => one !== itself);
      return told(check(own, [], { leaf: itself, beside, inFileOrder: all }));
    };
    expect(inOrder(leaf, issuing)).toEqual([]);
    expect(inOrder(issuing, leaf)).toEqual(['risks: leaf-not-first']);
    expect(inOrder(deep, second, third)).toEqual([]);
    expect(inOrder(deep, third, second)).toEqual(['risks: chain-out-of-order']);
  });

  test('a CA of the same name that did not sign', async () => {
    const other = issue({ subject: 'Issuing', issuer: root, ca: true, crlUrls: ['http://x'] });
    const [leaf, held] = [certificate(user()), certificate(other)];
    expect(told(check(user(), [other]))).toEqual(['risks: issuer-key-differs']);
    const is = await isSignedBy(leaf, held, nodeCrypto);
    expect(is).toBe('bad');
    const verdicts = { leaf, beside: [held], signatures: [{ on: leaf, by: held, is }] };
    expect(told(check(user(), [], verdicts))).toEqual(['stops: signature-does-not-fit']);
  });
});

test.each(['p256', 'p384', 'p521', 'rsa', 'rsa-pss', 'ed25519'] as const)(
  'a signature by %s is verified against its own issuer only',
  async (key) => {
    const [ca, other] = [issue({ subject: 'CA', ca: true, key }), issue({ subject: 'CA', ca: true })];
    const leaf = certificate(issue({ subject: 'x', issuer: ca }));
    expect(await isSignedBy(leaf, certificate(ca), nodeCrypto)).toBe('good');
    expect(await isSignedBy(leaf, certificate(other), nodeCrypto)).toBe('bad');
  },
);

test('a signature by an algorithm without a TLS number is unknown, a broken one bad', async () => {
  const leaf = certificate(user());
  expect(await isSignedBy({ ...leaf, signatureOid: '1.2.3' }, certificate(issuing), nodeCrypto)).toBe(
    'unknown',
  );
  const cut = { ...leaf, der: leaf.der.subarray(0, 40) };
  expect(await isSignedBy(cut, certificate(issuing), nodeCrypto)).toBe('bad');
});

describe('usage', () => {
  test.each<[string, Parameters<typeof user>[0], string[]]>([
    ['no clientAuth', { extendedKeyUsage: ['serverAuth'] }, ['stops: eku-lacks-client-auth']],
    ['any usage only', { extendedKeyUsage: ['2.5.29.37.0'] }, ['risks: eku-any-only']],
    ['any usage beside clientAuth', { extendedKeyUsage: ['2.5.29.37.0', 'clientAuth'] }, []],
    ['no digitalSignature', { keyUsage: [2] }, ['stops: ku-lacks-digital-signature']],
    ['a CA', { ca: true, keyUsage: [0, 5] }, ['risks: leaf-is-ca']],
  ])('%s', (_, options, expected) => {
    expect(told(check(user(options)))).toEqual(expected);
  });

  test('without an extended key usage', () => {
    const leaf = issue({ subject: 'x', issuer: issuing, crlUrls: ['http://x'] });
    expect(told(check(leaf))).toEqual(['note: eku-absent']);
  });

  test('what else it is for is named', () => {
    const leaf = user({ extendedKeyUsage: ['serverAuth', '1.2.3'] });
    expect(facts(check(leaf), 'eku-lacks-client-auth')).toEqual({
      usages: 'serverAuth (1.3.6.1.5.5.7.3.1); 1.2.3',
    });
  });
});

describe('dates', () => {
  test.each<[string, number, string[]]>([
    ['a second before its end', NOW + 40 * DAY - 1000, ['risks: expires-soon']],
    ['a second after its end', NOW + 40 * DAY + 1000, ['stops: expired']],
    ['before its beginning', NOW - DAY - 1000, ['stops: not-yet-valid']],
    ['a month and a day before', NOW + 9 * DAY - 1000, []],
  ])('%s', (_, at, expected) => {
    const leaf = user({ notBefore: NOW - DAY, notAfter: NOW + 40 * DAY });
    expect(told(check(leaf, [issuing], { at }))).toEqual(expected);
  });

  test('of the chain', () => {
    const old = (notBefore: number, notAfter: number): Issued =>
      issue({
        subject: 'Issuing',
        issuer: root,
        ca: true,
        key: issuing.keys,
        crlUrls: ['http://x'],
        notBefore,
        notAfter,
      });
    expect(told(check(user(), [old(NOW - 9 * DAY, NOW - DAY)]))).toEqual(['risks: issuer-expired']);
    expect(told(check(user(), [old(NOW + DAY, NOW + 99 * DAY)]))).toEqual(['risks: issuer-not-yet-valid']);
    const soon = check(user(), [old(NOW - DAY, NOW + DAY)]);
    expect(facts(soon, 'issuer-expires-soon')).toMatchObject({ subject: 'CN=Issuing', count: 1 });
  });
});

describe('the key', () => {
  test('small RSA, by its real modulus', async () => {
    const { generateKeyPairSync } = await import('node:crypto');
    const small = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const tiny = generateKeyPairSync('rsa', { modulusLength: 512 });
    expect(told(check(user({ key: small })))).toEqual(['risks: rsa-too-small']);
    expect(told(check(user({ key: tiny })))).toEqual(['stops: rsa-too-small']);
    expect(told(check(user({ key: keysOf('rsa') })))).toEqual([]);
  });

  test('kinds that many do not take', async () => {
    const { generateKeyPairSync } = await import('node:crypto');
    const brainpool = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
    expect(told(check(user({ key: brainpool })))).toEqual(['risks: curve-unusual']);
    expect(told(check(user({ key: 'ed25519' })))).toEqual(['risks: key-edwards']);
    expect(told(check(user({ key: 'rsa-pss' })))).toEqual(['risks: key-pss-only']);
  });

  test('against what the server lists', () => {
    const rsaOnly = request({ schemes: [0x0804, 0x0401], types: [1] });
    const only13 = request({ version: 0x0304, schemes: [0x0401] });
    expect(told(check(user(), [issuing], { requests: [rsaOnly] }))).toEqual([
      'stops: no-common-scheme',
      'risks: key-type-not-listed',
      'risks: chain-signature-not-listed',
    ]);
    const rsa = check(user({ key: 'rsa' }), [issuing], { requests: [only13] });
    expect(told(rsa)).toEqual(['stops: no-common-scheme', 'risks: chain-signature-not-listed']);
    expect(facts(rsa, 'no-common-scheme')).toEqual({ version: 'TLS 1.3', listed: 'rsa_pkcs1_sha256' });
    expect(told(check(user(), [issuing], { requests: [request({})] }))).toEqual([]);
  });

  test('signature_algorithms_cert alone decides on the chain', () => {
    const asked = request({ version: 0x0304, certSchemes: [0x0804] });
    const remarks = check(user(), [issuing], { requests: [asked] });
    expect(facts(remarks, 'chain-signature-not-listed')).toEqual({
      version: 'TLS 1.3',
      subjects: 'CN=user; CN=Issuing',
    });
  });

  test('cards and old providers may lack PSS', () => {
    const card = { key: 'rsa', extendedKeyUsage: ['clientAuth', '1.3.6.1.4.1.311.20.2.2'] } as const;
    expect(told(check(user(card)))).toEqual(['note: smart-card-may-lack-pss']);
    const provider = 'Microsoft Base Smart Card Crypto Provider';
    expect(told(check(user(card), [issuing], { provider }))).toEqual(['risks: provider-may-lack-pss']);
    const soft = { provider: 'Microsoft Software Key Storage Provider' };
    expect(told(check(user({ key: 'rsa' }), [issuing], soft))).toEqual([]);
    expect(told(check(user({ ...card, key: 'p256' })))).toEqual(['note: smart-card-logon']);
    expect(told(check(user(card), [issuing], { requests: [request({})] }))).toEqual([
      'note: smart-card-logon',
    ]);
  });
});

test('weak signatures on the chain, but not on a root', () => {
  const weak = (issued: Issued, signatureOid: string) => ({ ...certificate(issued), signatureOid });
  const sha1 = { leaf: weak(user(), '1.2.840.10045.4.1') };
  expect(told(check(user(), [issuing], sha1))).toEqual(['risks: weak-signature']);
  const md5 = { leaf: weak(user(), '1.2.840.113549.1.1.4') };
  expect(told(check(user(), [issuing], md5))).toEqual(['stops: weak-signature']);
  const beside = [certificate(issuing), weak(root, '1.2.840.113549.1.1.5')];
  expect(told(check(user(), [], { beside }))).toEqual(['note: root-included']);
});

describe('revocation', () => {
  test('nowhere, by LDAP only, by OCSP', () => {
    const ldap = ['ldap:///CN=Issuing,CN=CDP?certificateRevocationList'];
    expect(told(check(user({ crlUrls: [] })))).toEqual(['risks: revocation-nowhere']);
    expect(told(check(user({ crlUrls: ldap })))).toEqual(['risks: revocation-ldap-only']);
    expect(told(check(user({ crlUrls: ldap, ocspUrls: ['http://ocsp.example.com'] })))).toEqual([]);
  });

  test('of an intermediate, but not of a root', () => {
    const bare = issue({ subject: 'Issuing', issuer: root, ca: true, key: issuing.keys });
    const remarks = check(user(), [bare, root]);
    expect(told(remarks)).toEqual(['risks: revocation-nowhere', 'note: root-included']);
    expect(facts(remarks, 'revocation-nowhere')).toEqual({ subject: 'CN=Issuing' });
  });
});

describe('mapping to an account', () => {
  const SID = 'S-1-5-21-1004336348-1177238915-682003330-512';
  const oid = (dotted: string): Uint8Array => encode(TAG.oid, oidBytes(dotted));
  const value = encode(
    TAG.sequence,
    encode(0xa0, oid('1.3.6.1.4.1.311.25.2.1'), encode(0xa0, encode(TAG.octetString, asciiBytes(SID)))),
  );
  const ids = (leaf: Issued): string[] => check(leaf).map(({ id }) => id);

  test('a SID in its extension', () => {
    const remarks = check(user({ extensions: [{ oid: '1.3.6.1.4.1.311.25.2', value }] }));
    expect(facts(remarks, 'sid')).toEqual({ sid: SID });
  });

  test('a SID in a URI', () => {
    const uri = `uri:tag:microsoft.com,2022-09-14:sid:${SID}`;
    expect(facts(check(user({ subjectAltNames: [uri] })), 'sid')).toEqual({ sid: SID });
  });

  test('a UPN, neither, and an extension that cannot be read', () => {
    expect(facts(check(user({ subjectAltNames: ['upn:ada@example.com'] })), 'upn')).toEqual({
      upn: 'ada@example.com',
    });
    expect(ids(user())).toEqual(['certificate-sid-absent', 'certificate-upn-absent']);
    for (let length = 0; length < value.length; length++) {
      const cut = user({ extensions: [{ oid: '1.3.6.1.4.1.311.25.2', value: value.subarray(0, length) }] });
      expect(ids(cut)).toContain('certificate-sid-absent');
    }
  });
});

test('policies and the template are shown', () => {
  const oid = (dotted: string): Uint8Array => encode(TAG.oid, oidBytes(dotted));
  const policies = encode(
    TAG.sequence,
    encode(TAG.sequence, oid('2.5.29.32.0')),
    encode(TAG.sequence, oid('1.2.3.4')),
  );
  const template = encode(TAG.bmp, Buffer.from('User', 'utf16le').swap16());
  const remarks = check(
    user({
      extensions: [
        { oid: '2.5.29.32', value: policies },
        { oid: '1.3.6.1.4.1.311.20.2', value: template },
      ],
    }),
  );
  expect(facts(remarks, 'policies')).toEqual({ policies: 'anyPolicy (2.5.29.32.0); 1.2.3.4' });
  expect(facts(remarks, 'template')).toEqual({ template: 'User' });
});

describe('names', () => {
  test('an empty subject', () => {
    expect(told(check(user({ subject: [] })))).toEqual(['risks: subject-empty']);
  });

  test.each<[string, Parameters<typeof issue>[0]['subject'], string]>([
    ['string type', [['CN', 'Issuing', TAG.printable]], 'issuer-spelling-type'],
    ['letter case', 'ISSUING', 'issuer-spelling-case'],
    ['blanks', 'Issuing ', 'issuer-spelling-blanks'],
  ])('the issuer spelled with another %s', (_, subject, id) => {
    const other = issue({ subject, issuer: root, ca: true, key: issuing.keys, crlUrls: ['http://x'] });
    expect(told(check(user(), [other], { elsewhere: [] }))).toContain(`risks: ${id}`);
  });

  test('what could not be read of it', () => {
    const leaf = user({ extensions: [{ oid: '2.5.29.17', value: Uint8Array.of(1, 2) }] });
    expect(parseCertificate(leaf.der).oddities).toHaveLength(1);
    expect(told(check(leaf))).toEqual(['risks: odd-certificate']);
  });
});
