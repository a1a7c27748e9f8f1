import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import type { IdentityFile } from '../../src/wire/identity/identity-file.ts';
import { printName } from '../../src/wire/x509/name.ts';
import { samePublicKey } from '../../src/wire/x509/public-key.ts';
import { toPem } from '../support/pki.ts';
import { CLIENT, fixture, read } from './fixture.ts';

/** 'ada: CN=Java ada < CN=Java CA, key' */
function told({ identities, keys }: IdentityFile): string[] {
  return identities
    .map(({ alias, leaf, chain, key }) => {
      const names = [leaf, ...chain].map((one) => printName(one.subject)).join(' < ');
      if (key !== null) expect(samePublicKey(keys[key]!.spki, leaf.spki)).toBe(true);
      return `${alias ?? '-'}: ${names}${key === null ? '' : ', key'}`;
    })
    .sort();
}

const BOTH = ['ada: CN=Java ada < CN=Java CA', 'bob: CN=Java bob < CN=Java CA'];
const WITH_KEYS = BOTH.map((one) => `${one}, key`);

describe.each(['java.jks', 'java.jceks', 'java-chains.p12'])('%s', (name) => {
  test('holds two identities, each with alias, chain and key', async () => {
    const file = await read(fixture(name), 'secret');
    expect(file.problem).toBeUndefined();
    expect(told(file)).toEqual(WITH_KEYS);
    for (const { pkcs8, spki } of file.keys)
      expect(Buffer.from((await nodeCrypto.signingKey(pkcs8))!.spki)).toEqual(Buffer.from(spki));
  });

  test('stays closed to a wrong password', async () => {
    expect((await read(fixture(name), 'wrong')).problem).toBe('wrong-password');
  });
});

test.each(['java.jks', 'java.jceks'])('the chains of %s need no password', async (name) => {
  const file = await read(fixture(name));
  expect(file.problem).toBeUndefined();
  expect(told(file)).toEqual(BOTH);
  expect(file.notes).toEqual([
    { message: 'without a password its private keys stay closed; the certificates are read' },
  ]);
});

test('a key under another password is named, its certificate still counts', async () => {
  const file = await read(fixture('other-key-password.jks'), 'secret');
  expect(told(file)).toEqual([WITH_KEYS[0], BOTH[1]]);
  expect(file.notes).toEqual([{ message: 'the private key of «bob» stays closed: the password is another' }]);
  expect(told(await read(fixture('other-key-password.jks'), 'another'))).toEqual([BOTH[0], WITH_KEYS[1]]);
});

test('where a secret key bars the way, what stands before it is read and the rest is told', async () => {
  const file = await read(fixture('secret-key.jceks'), 'secret');
  expect(file.notes.map((note) => note.message).join()).toContain('«aes» is a secret key');
  for (const one of told(file)) expect(WITH_KEYS).toContain(one);
});

test('a key from another file may follow the store', async () => {
  const key = Buffer.from(toPem('PRIVATE KEY', fixture('client.key')));
  const more = Buffer.from(`\n${toPem('CERTIFICATE', fixture('client.der'))}`);
  const file = await read(Buffer.concat([fixture('java.jks'), more, key]), 'secret');
  expect(told(file)).toEqual([`-: ${CLIENT}, key`, ...WITH_KEYS].sort());
});

test('no cut and no changed byte makes the reader throw', async () => {
  const whole = fixture('java.jks');
  for (let length = 4; length < whole.length; length += 1) {
    const file = await read(whole.subarray(0, length), 'secret');
    expect(file.notes.length + file.identities.length).toBeGreaterThan(0);
  }
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 5), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const bytes = Uint8Array.from(whole);
      bytes[at + 4]! ^= flip;
      expect((await read(bytes, 'secret')).notes).toBeInstanceOf(Array);
    }),
    { numRuns: 200 },
  );
});
