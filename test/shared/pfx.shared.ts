import { describe, expect, test } from 'vitest';
import { toHex } from '../../src/base/bytes.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { readIdentityFile } from '../../src/wire/identity/identity-file.ts';
import { filesWithTruth, hasShared, sharedBytes, sharedJson } from './corpus.ts';
import { asOpenssl, type CertificateTruth, truthOf } from './openssl-truth.ts';

interface PfxTruth {
  readonly openssl_ok: boolean;
  readonly password: string | null;
  readonly certificates?: readonly CertificateTruth[];
  readonly private_keys?: number;
}

/** Where the oracle (OpenSSL 3.0) fails itself: what we found, and how that was judged by hand. */
const BEYOND_OPENSSL: Readonly<Record<string, { certificates: number; keys: number; problem?: string }>> = {
  // GOST algorithms on both sides: nothing opens, the notes say so.
  'gnutls-gost01.p12': { certificates: 0, keys: 0 },
  // A MAC with an unassigned hash OID over plain bags.
  'gnutls-mem-leak.p12': { certificates: 0, keys: 1, problem: 'key-without-certificate' },
  'gnutls-pbmac1-simple.p12': { certificates: 1, keys: 1 },
  'gnutls-pbmac1_256_256.good.p12': { certificates: 1, keys: 1 },
  // RFC 9579 appendix A has these two as files to be refused.
  'gnutls-pbmac1_256_256.bad-salt.p12': { certificates: 0, keys: 0, problem: 'wrong-password' },
  'gnutls-pbmac1_256_256.truncated-mac.p12': { certificates: 0, keys: 0, problem: 'wrong-password' },
  'nss-pbmac1-valid-sha256-sha512.p12': { certificates: 1, keys: 1 },
  // NSS of 2017 keyed PBES2 with the BMPString.
  'nss-TestOldCA.p12': { certificates: 1, keys: 1 },
  // Passwords unknown.
  'simple-acme-working.pfx': { certificates: 0, keys: 0, problem: 'needs-password' },
  'wiki-vpn-server-legit.pfx': { certificates: 0, keys: 0, problem: 'needs-password' },
};

const files = filesWithTruth('corpus/pfx');

describe.skipIf(!hasShared)('PKCS#12 files of many makers', () => {
  test.each(files)('%s', async (name) => {
    const truth = sharedJson<PfxTruth>(`corpus/pfx/${name}.truth.json`);
    const read = await readIdentityFile(sharedBytes(`corpus/pfx/${name}`), {
      crypto: nodeCrypto,
      ...(truth.password === null ? {} : { password: truth.password }),
    });
    if (!truth.openssl_ok) {
      const { certificates, keys, problem } = BEYOND_OPENSSL[name]!;
      expect([read.certificates.length, read.keys.length, read.problem]).toEqual([
        certificates,
        keys,
        problem,
      ]);
      return;
    }
    const thumbprint = (der: Uint8Array): string => toHex(nodeCrypto.digest('sha1', der));
    const theirs = truth.certificates ?? [];
    expect(read.certificates.map((one) => thumbprint(one.der)).sort()).toEqual(
      theirs.map((one) => one.sha1).sort(),
    );
    for (const one of read.certificates) {
      expect(asOpenssl(one)).toEqual(truthOf(theirs.find((other) => other.sha1 === thumbprint(one.der))!));
    }
    expect(read.keys).toHaveLength(truth.private_keys ?? 0);
    expect(read.problem).toBe(theirs.length === 0 ? 'key-without-certificate' : undefined);
    if (theirs.length > 0) expect([...read.keys[0]!.spki]).toEqual([...read.certificates[0]!.spki]);
  });

  test.each(files.filter((name) => !(name in BEYOND_OPENSSL)))(
    '%s refuses another password',
    async (name) => {
      const read = await readIdentityFile(sharedBytes(`corpus/pfx/${name}`), {
        crypto: nodeCrypto,
        password: 'not the password',
      });
      expect(read.problem).toBe('wrong-password');
    },
  );
});
