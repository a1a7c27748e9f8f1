import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { nodeCrypto } from '../../../src/platform/crypto.ts';
import { readKeychain } from '../../../src/platform/stores/macos.ts';
import { issue } from '../../support/pki.ts';
import { recorded } from './fake-run.ts';

const root = issue({ subject: 'Root', ca: true });
const [ada, bob] = ['ada', 'bob'].map((subject) => issue({ subject, issuer: root }));
const hash = (der: Uint8Array): string => createHash('sha1').update(der).digest('hex').toUpperCase();

/** The form of macOS 14; the valid identities stand in both parts. */
const IDENTITIES = `
Policy: X.509 Basic
  Matching identities
  1) ${hash(ada!.der)} "Ada "the Countess" Lovelace"
  2) ${hash(bob!.der)} "bob" (CSSMERR_TP_CERT_EXPIRED)
  3) ${'0'.repeat(40)} "gone"
     3 identities found

  Valid identities only
  1) ${hash(ada!.der)} "Ada "the Countess" Lovelace"
     1 valid identities found
`;

test('identities are joined with their certificates by thumbprint', async () => {
  const run = recorded({
    'security find-identity': IDENTITIES,
    'security find-certificate -a -p': ada!.pem + bob!.pem,
    'security find-certificate -a -p /System/Library/Keychains/SystemRootCertificates.keychain': root.pem,
  });
  const { certificates, notes } = await readKeychain(run, nodeCrypto);
  expect(certificates.map(({ label, where }) => [label, where])).toEqual([
    ['Ada "the Countess" Lovelace', 'keychain'],
    ['bob', 'keychain'],
  ]);
  const { reachable } = certificates[0]!.identity;
  expect(reachable.is === 'known' && reachable.value.length).toBe(3);
  expect(notes).toEqual(['«gone» of the keychain cannot be read']);
});

test('a keychain that stays closed is told', async () => {
  const run = recorded({
    'security find-identity': { exitCode: 36, output: 'User interaction is not allowed.\n' },
  });
  expect((await readKeychain(run, nodeCrypto)).notes).toEqual([
    'the keychain cannot be read: User interaction is not allowed.',
  ]);
});
