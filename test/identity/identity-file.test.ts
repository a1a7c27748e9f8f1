import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printName } from '../../src/wire/x509/name.ts';
import { issue, toPem } from '../support/pki.ts';
import { CLIENT, fixture, ROOT, read, SECOND, summary } from './fixture.ts';

const pem = (name: string, label = 'CERTIFICATE'): string => toPem(label, fixture(name));
const key = toPem('PRIVATE KEY', fixture('client.key'));

describe('the same identity comes out', () => {
  const whole = { subjects: [CLIENT, ROOT], keys: 1, problem: null };

  test.each<[string, string | Uint8Array, string?]>([
    ['of PEM in the wrong order', pem('root.der') + key + pem('client.der')],
    ['of PEM with CRLF', (pem('client.der') + key + pem('root.der')).replaceAll('\n', '\r\n')],
    [
      'of PEM in UTF-16 from a redirect',
      Buffer.from(`\ufeff${pem('client.der')}${key}${pem('root.der')}`, 'utf16le'),
    ],
    [
      'of a DER certificate joined with PEM',
      Buffer.concat([fixture('client.der'), Buffer.from(`\n${key}${pem('root.der')}`)]),
    ],
    [
      'of PEM joined with a DER key',
      Buffer.concat([Buffer.from(pem('client.der') + pem('root.der')), fixture('client.key')]),
    ],
    [
      'of three DER files joined',
      Buffer.concat([fixture('client.key'), fixture('root.der'), fixture('client.der')]),
    ],
    ['of PKCS#7 beside a key', toPem('PKCS7', fixture('chain.p7b')) + key],
    ['of a PKCS#12 in PEM', toPem('PKCS12', fixture('unencrypted.p12')), 'secret'],
    ['with a SEC 1 key', pem('client.der') + pem('root.der') + pem('sec1.der', 'EC PRIVATE KEY')],
    [
      'with a PBES2 key',
      pem('client.der') + pem('root.der') + pem('pkcs8-pbes2.der', 'ENCRYPTED PRIVATE KEY'),
      'secret',
    ],
    ...[
      'pkcs8-sha512-prf',
      'pkcs8-md5-des',
      'pkcs8-sha1-rc2-64',
      'traditional-aes128',
      'traditional-des3',
      'traditional-des',
    ].map((name): [string, string, string] => [
      `with the key of ${name}`,
      `${pem('client.der')}${pem('root.der')}\n${Buffer.from(fixture(`${name}.pem`)).toString()}`,
      'secret',
    ]),
  ])('%s', async (_, bytes, password) => {
    const file = await read(bytes, password);
    expect(summary(file)).toEqual(whole);
    expect(file.notes).toEqual([]);
  });
});

describe('order', () => {
  const root = issue({ subject: 'Root', ca: true });
  const issuing = issue({ subject: 'Issuing', issuer: root, ca: true });
  const leaf = issue({ subject: 'Leaf', issuer: issuing });
  const other = issue({ subject: 'Other' });

  test('is the leaf of the key, its chain nearest first, then the others', async () => {
    const file = await read(other.pem + root.pem + leaf.pem + issuing.pem + leaf.keyPem);
    expect(summary(file).subjects).toEqual(['CN=Leaf', 'CN=Issuing', 'CN=Root', 'CN=Other']);
  });

  test('without a key puts that first which issued none of the others', async () => {
    const file = await read(root.pem + issuing.pem + leaf.pem);
    expect(summary(file)).toEqual({ subjects: ['CN=Leaf', 'CN=Issuing', 'CN=Root'], keys: 0, problem: null });
  });

  test('prefers the identity over a CA whose key lies in the file, too', async () => {
    const file = await read(issuing.keyPem + issuing.pem + leaf.pem + leaf.keyPem);
    expect(summary(file).subjects).toEqual(['CN=Leaf', 'CN=Issuing']);
    expect([...file.keys[0]!.spki]).toEqual([...file.certificates[0]!.spki]);
  });

  test('counts what lies there twice once', async () => {
    expect(summary(await read(leaf.pem + leaf.keyPem + leaf.pem + leaf.keyPem))).toEqual({
      subjects: ['CN=Leaf'],
      keys: 1,
      problem: null,
    });
  });
});

describe('several identities', () => {
  const root = issue({ subject: 'Root', ca: true });
  const issuing = issue({ subject: 'Issuing', issuer: root, ca: true });
  const [one, two] = ['one', 'two'].map((subject) => issue({ subject, issuer: issuing }));
  const told = async (text: string, password?: string): Promise<string[]> =>
    (await read(text, password)).identities.map(
      ({ leaf, chain, key }) =>
        `${[leaf, ...chain].map((c) => printName(c.subject)).join(' < ')} ${key ?? 'no key'}`,
    );

  test('each leaf has its chain and its key', async () => {
    const text = two!.pem + one!.pem + issuing.pem + one!.keyPem + two!.keyPem;
    expect(await told(text)).toEqual(['CN=one < CN=Issuing 0', 'CN=two < CN=Issuing 1']);
  });

  test('only those with a key count where there is one, and the CA never beside its own', async () => {
    expect(await told(one!.pem + two!.pem + issuing.pem + two!.keyPem + issuing.keyPem)).toEqual([
      'CN=two < CN=Issuing 0',
    ]);
  });

  test('without a key every leaf counts', async () => {
    expect(await told(root.pem + one!.pem + issuing.pem + two!.pem)).toEqual([
      'CN=one < CN=Issuing < CN=Root no key',
      'CN=two < CN=Issuing < CN=Root no key',
    ]);
  });

  test('a renewed certificate shares its key with the old one', async () => {
    const renewed = issue({ subject: 'one', issuer: root, key: one!.keys });
    expect(await told(one!.pem + renewed.pem + one!.keyPem)).toEqual(['CN=one 0', 'CN=one 0']);
  });

  test('a lone CA is what the file is about', async () => {
    expect(await told(root.pem)).toEqual(['CN=Root no key']);
    expect(await told(issuing.pem + root.pem + issuing.keyPem)).toEqual(['CN=Issuing < CN=Root 0']);
  });
});

describe('what is wrong is told', () => {
  test('a key without a certificate', async () => {
    expect(summary(await read(key))).toEqual({ subjects: [], keys: 1, problem: 'key-without-certificate' });
    expect((await read(fixture('other-key.p12'), 'secret')).problem).toBe('key-without-certificate');
  });

  test('a key that belongs to another certificate', async () => {
    expect(summary(await read(key + pem('second.der')))).toEqual({
      subjects: [SECOND],
      keys: 1,
      problem: 'key-does-not-fit',
    });
  });

  test('a certificate without its key is no problem of the file, there is only no key', async () => {
    expect(summary(await read(fixture('certificates-only.p12'), 'secret'))).toEqual({
      subjects: [CLIENT, ROOT],
      keys: 0,
      problem: null,
    });
  });

  test('an encrypted key without and with a wrong password; the certificate is still read', async () => {
    const text = pem('client.der') + pem('pkcs8-pbes2.der', 'ENCRYPTED PRIVATE KEY');
    expect(summary(await read(text))).toEqual({ subjects: [CLIENT], keys: 0, problem: 'needs-password' });
    expect(summary(await read(text, 'no'))).toEqual({
      subjects: [CLIENT],
      keys: 0,
      problem: 'wrong-password',
    });
    const traditional = Buffer.from(fixture('traditional-aes128.pem')).toString();
    expect((await read(traditional)).problem).toBe('needs-password');
    expect((await read(traditional, 'no')).problem).toBe('wrong-password');
  });

  test.each<[string, string | Uint8Array, string]>([
    ['nothing at all', '', 'the file is empty'],
    ['noise', Buffer.from('8f3a90c2'.repeat(20), 'hex'), 'neither PEM, DER, PKCS#12 nor PKCS#7'],
    ['a cut DER file', fixture('client.der').subarray(0, 200), 'the file is cut off'],
    [
      'a request',
      toPem('CERTIFICATE REQUEST', fixture('client.der')),
      'a certificate request is no certificate',
    ],
    ['scrypt', Buffer.from(fixture('pkcs8-scrypt.pem')).toString(), 'scrypt is not supported'],
    [
      'a broken certificate',
      toPem('CERTIFICATE', Uint8Array.of(0x30, 3, 2, 1, 9)),
      'certificate: not a TBSCertificate',
    ],
  ])('%s', async (_, bytes, message) => {
    const file = await read(bytes, 'secret');
    expect(file.certificates).toEqual([]);
    expect(file.notes.map((note) => note.message).join()).toContain(message);
  });

  test('a certificate pasted without its BEGIN and END is read', async () => {
    const bare = Buffer.from(fixture('client.der')).toString('base64').replace(/.{64}/g, '$&\n');
    expect(summary(await read(bare)).subjects).toEqual([CLIENT]);
  });
});

test('a PKCS#1 key is brought to PKCS#8', async () => {
  const file = await read(fixture('pkcs1.der'));
  expect(file.problem).toBe('key-without-certificate');
  expect(file.keys[0]!.spki.length).toBeGreaterThan(100);
});

test('no bytes make it reject', async () => {
  const seeds = [
    fixture('client.der'),
    fixture('chain.p7b'),
    fixture('pkcs8-pbes2.der'),
    Buffer.from(pem('root.der') + key),
  ];
  const changed = fc.tuple(fc.constantFrom(...seeds), fc.nat(), fc.integer({ min: 1, max: 255 }), fc.nat());
  await fc.assert(
    fc.asyncProperty(changed, async ([seed, at, flip, cut]) => {
      const bytes = Uint8Array.from(seed.subarray(0, (cut % seed.length) + 1));
      bytes[at % bytes.length]! ^= flip;
      expect((await read(bytes, 'secret')).notes).toBeInstanceOf(Array);
    }),
    { numRuns: 300 },
  );
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      expect((await read(bytes)).notes).toBeInstanceOf(Array);
    }),
  );
});
