import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadIdentities } from '../../src/cli/identity.ts';
import { printName } from '../../src/wire/x509/name.ts';
import { fixture } from '../identity/fixture.ts';
import { issue } from '../support/pki.ts';

const root = issue({ subject: 'Root', ca: true });
const [ada, bob] = ['ada', 'bob'].map((subject) => issue({ subject, issuer: root }));
let folder = '';
const at = (name: string): string => path.join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'handclasp-identity-'));
  const files = {
    'ada.pem': ada!.pem + root.pem + ada!.keyPem,
    'bob.pem': bob!.pem,
    'bob.key': bob!.keyPem,
    'ada.key': ada!.keyPem,
    both: ada!.pem + bob!.pem + root.pem,
    'no.key': root.pem,
    secret: 'secret\n',
    other: 'other\n',
    'java.jks': fixture('java.jks'),
    'client.p12': fixture('aes256-mac-sha256.p12'),
  };
  for (const [name, content] of Object.entries(files)) await writeFile(at(name), content);
});
afterAll(() => rm(folder, { recursive: true }));

async function load(certs: string[], keys: string[] = [], passwords: string[] = []): Promise<string[]> {
  const { identities } = await loadIdentities(certs.map(at), keys.map(at), passwords.map(at));
  return identities.map(({ file, alias, leaf, beside, key }) => {
    const names = [leaf, ...beside].map((one) => printName(one.subject).replace('CN=', ''));
    return `${path.basename(file)} ${alias ?? '-'}: ${names.join(' < ')}${key ? ', key' : ''}`;
  });
}

test('several files, each with its own chain, and keys in files of their own', async () => {
  expect(await load(['ada.pem', 'bob.pem'], ['bob.key'])).toEqual([
    'ada.pem -: ada < Root, key',
    'bob.pem -: bob, key',
  ]);
});

test('one file with several, and the keys from elsewhere in any order', async () => {
  expect(await load(['both'], ['bob.key', 'ada.key'])).toEqual([
    'both -: bob < Root, key',
    'both -: ada < Root, key',
  ]);
  expect(await load(['both'])).toEqual(['both -: ada < Root', 'both -: bob < Root']);
});

test('a key that lies beside its certificate already may be named again', async () => {
  expect(await load(['ada.pem'], ['ada.pem'])).toEqual(['ada.pem -: ada < Root, key']);
});

test('passwords are tried in turn', async () => {
  expect(await load(['java.jks', 'client.p12'], [], ['other', 'secret'])).toHaveLength(3);
  await expect(load(['client.p12'], [], ['other'])).rejects.toThrow('the password does not open it');
});

describe('what is of no use is told', () => {
  test.each<[string, string[], string[], string]>([
    ['a key of another certificate', ['bob.pem'], ['ada.key'], 'ada.key: the private key does not belong'],
    ['no key in the key file', ['bob.pem'], ['no.key'], 'no.key: no private key in it'],
    ['no such file', ['nobody.pem'], [], 'nobody.pem: no such file'],
    ['a locked file', ['client.p12'], [], 'is protected by a password'],
    ['no certificate', ['bob.key'], [], 'bob.key: a private key and no certificate'],
  ])('%s', async (_, certs, keys, message) => {
    await expect(load(certs, keys)).rejects.toThrow(message);
  });
});
