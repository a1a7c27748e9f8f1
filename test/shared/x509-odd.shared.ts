import { describe, expect, test } from 'vitest';
import { toHex } from '../../src/base/bytes.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { readIdentityFile } from '../../src/wire/identity/identity-file.ts';
import { filesWithTruth, hasShared, sharedBytes, sharedJson } from './corpus.ts';
import { asOpenssl, type CertificateTruth, truthOf } from './openssl-truth.ts';

/** Certificates that OpenSSL refuses and we keep, with why. */
const KEPT: Readonly<Record<string, string>> = {
  'gnutls-cve-2019-3829.pem': 'damaged inside its frame: kept, with the extension noted as an oddity',
};

const files = filesWithTruth('corpus/x509-odd');

describe.skipIf(!hasShared)('odd certificates are read as OpenSSL reads them', () => {
  test.each(files)('%s', async (file) => {
    const { certificates } = sharedJson<{ certificates: CertificateTruth[] }>(
      `corpus/x509-odd/${file}.truth.json`,
    );
    const read = await readIdentityFile(sharedBytes(`corpus/x509-odd/${file}`), { crypto: nodeCrypto });
    const ours = new Map(
      read.certificates.map((one) => [toHex(nodeCrypto.digest('sha1', one.der)), one] as const),
    );
    const kept = certificates.filter((truth) => !truth.openssl_ok && ours.has(truth.sha1));
    expect(kept.length > 0).toBe(file in KEPT);
    for (const { sha1 } of kept) expect(ours.get(sha1)!.oddities).not.toEqual([]);
    for (const truth of certificates.filter((one) => one.openssl_ok)) {
      const certificate = ours.get(truth.sha1);
      expect(certificate, `${file}: ${read.notes.map((note) => note.message).join('; ')}`).toBeDefined();
      expect(asOpenssl(certificate!)).toEqual(truthOf(truth));
    }
  });
});
