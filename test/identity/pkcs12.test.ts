import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { readPkcs12 } from '../../src/wire/identity/pkcs12.ts';
import { issue } from '../support/pki.ts';
import { CLIENT, fixture, ROOT, read, summary } from './fixture.ts';
import { writeP12 } from './write-p12.ts';

describe('reads what OpenSSL, keytool and others write', () => {
  test.each([
    ['aes256-mac-sha256', 'secret'],
    ['aes192-mac-sha384', 'secret'],
    ['aes128-mac-sha512', 'secret'],
    ['aes256-mac-sha1', 'secret'],
    ['rc2-40', 'secret'],
    ['rc2-128', 'secret'],
    ['3des', 'secret'],
    ['2key-3des', 'secret'],
    ['umlaut-rc2', 'pässwörd'],
    ['umlaut-aes', 'pässwörd'],
    ['empty-password', ''],
    ['no-mac', 'secret'],
    ['unencrypted', 'secret'],
  ])('%s', async (name, password) => {
    const file = await read(fixture(`${name}.p12`), password);
    expect(summary(file)).toEqual({ subjects: [CLIENT, ROOT], keys: 1, problem: null });
    expect([...file.keys[0]!.spki]).toEqual([...file.certificates[0]!.spki]);
    expect(Buffer.from(file.certificates[0]!.der)).toEqual(fixture('client.der'));
    expect(file.notes).toEqual([]);
  });

  test('two identities of a Java key store, each key with its certificate', async () => {
    const file = await read(fixture('java-two.p12'), 'secret');
    expect(summary(file)).toEqual({ subjects: ['CN=Java one', 'CN=Java two'], keys: 2, problem: null });
    expect(file.keys.map((key) => Buffer.from(key.spki))).toEqual(
      file.certificates.map((one) => Buffer.from(one.spki)),
    );
  });
});

describe('a password', () => {
  test.each(['aes256-mac-sha256', 'rc2-40', '3des', 'umlaut-rc2', 'java-two'])(
    'that is wrong is told, for %s',
    async (name) => {
      expect(summary(await read(fixture(`${name}.p12`), 'Secret'))).toEqual({
        subjects: [],
        keys: 0,
        problem: 'wrong-password',
      });
    },
  );

  test.each(['aes256-mac-sha256', 'rc2-40', 'no-mac'])(
    'that is missing is asked for, for %s',
    async (name) => {
      expect((await read(fixture(`${name}.p12`))).problem).toBe('needs-password');
    },
  );

  test('that is wrong leaves the certificates of a file that protects its key alone', async () => {
    expect(summary(await read(fixture('no-mac.p12'), 'Secret'))).toEqual({
      subjects: [CLIENT, ROOT],
      keys: 0,
      problem: 'wrong-password',
    });
  });

  test('that is empty need not be given', async () => {
    expect(summary(await read(fixture('empty-password.p12')))).toMatchObject({ keys: 1, problem: null });
  });

  const { der, pkcs8 } = issue({ subject: 'Written here' });
  const content = { certificates: [der], keys: [pkcs8] };

  test.each([
    ['empty, as a BMPString of its end alone', Uint8Array.of(0, 0)],
    ['null, as no bytes at all', new Uint8Array(0)],
  ])('%s', async (_, bmp) => {
    const file = await read(writeP12({ ...content, mac: { bmp } }), '');
    expect(summary(file)).toEqual({ subjects: ['CN=Written here'], keys: 1, problem: null });
  });

  test('whose UTF-8 bytes OpenSSL 1.0 took for Latin-1', async () => {
    const bmp = Buffer.concat(
      [...Buffer.from('pässwörd')].map((byte) => Buffer.of(0, byte)).concat(Buffer.of(0, 0)),
    );
    expect((await read(writeP12({ ...content, mac: { bmp } }), 'pässwörd')).problem).toBeUndefined();
  });

  test('checked by PBMAC1', async () => {
    const bytes = writeP12({ ...content, mac: { pbmac1: 'grüße' } });
    expect(summary(await read(bytes, 'grüße'))).toMatchObject({ keys: 1, problem: null });
    expect((await read(bytes, 'gruesse')).problem).toBe('wrong-password');
  });

  test('over content written in pieces of indefinite length', async () => {
    const bytes = writeP12({ ...content, mac: { bmp: Uint8Array.of(0, 0) }, chunked: true });
    expect(summary(await read(bytes, ''))).toEqual({ subjects: ['CN=Written here'], keys: 1, problem: null });
  });
});

test('a certificate that is damaged inside is noted and has nothing to do with the password', async () => {
  const bytes = Uint8Array.from(writeP12({ certificates: [Uint8Array.of(1, 2, 3)], keys: [] }));
  const file = await read(bytes, '');
  expect(file.problem).toBeUndefined();
  expect(file.notes[0]?.message).toContain('a certificate inside cannot be read');
});

test('absurd numbers of rounds are refused and not computed', async () => {
  const bytes = Uint8Array.from(fixture('3des.p12'));
  // The last INTEGER of the file is the MAC's number of rounds, 2048.
  expect([...bytes.subarray(-4)]).toEqual([2, 2, 8, 0]);
  const more = Buffer.concat([bytes.subarray(0, -4), Buffer.from('02047fffffff', 'hex')]);
  lengthen(more, 2);
  const file = await readPkcs12(more, { crypto: nodeCrypto, password: 'secret' });
  expect(file.notes[0]).toContain('2147483647 rounds');
});

/** Adds to the lengths of the PFX and of its MacData, which both are long forms of one to two bytes. */
function lengthen(bytes: Buffer, by: number): void {
  bytes.writeUInt16BE(bytes.readUInt16BE(2) + by, 2);
  const macAt = bytes.lastIndexOf(Buffer.from('302130', 'hex')) - 2;
  bytes.writeUInt8(bytes.readUInt8(macAt + 1) + by, macAt + 1);
}

test('no cut and no changed byte makes it throw', async () => {
  const whole = fixture('unencrypted.p12');
  for (let length = 0; length < whole.length; length += 7) {
    expect((await read(whole.subarray(0, length), 'secret')).certificates).toEqual([]);
  }
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const changed = Uint8Array.from(whole);
      changed[at]! ^= flip;
      const file = await read(changed, 'secret');
      expect(Array.isArray(file.notes)).toBe(true);
    }),
    { numRuns: 150 },
  );
});
