import { equalBytes } from '../../base/bytes.ts';
import type { Crypto } from '../../base/ports.ts';
import type { Certificate } from '../x509/certificate.ts';
import { walkIssuers } from '../x509/chain.ts';
import { samePublicKey } from '../x509/public-key.ts';
import { collect, type FoundInFile } from './collect.ts';
import type { FileNote } from './file-objects.ts';

/** What a certificate file holds, sorted the way clients present it. */
export interface IdentityFile {
  /** The leaf that belongs to the first key, its chain nearest issuer first, then all others in file order. */
  readonly certificates: readonly Certificate[];
  /** In the order of their certificates. Secret: never logged, never written. */
  readonly keys: readonly IdentityKey[];
  readonly problem?: IdentityProblem;
  /** What was passed over or not understood, one sentence each. */
  readonly notes: readonly FileNote[];
}

export interface IdentityKey {
  /** PrivateKeyInfo, DER. */
  readonly pkcs8: Uint8Array;
  /** SubjectPublicKeyInfo of its public half, DER. */
  readonly spki: Uint8Array;
}

export type IdentityProblem =
  | 'wrong-password'
  | 'needs-password'
  | 'key-without-certificate'
  | 'key-does-not-fit';

export interface IdentityOptions {
  readonly crypto: Crypto;
  readonly password?: string;
}

/**
 * Reads PEM, DER, PKCS#12 and PKCS#7 by content, several in one file too. Never rejects: what is wrong with the
 * file is in `problem` and `notes`, and whatever could be read is there.
 */
export async function readIdentityFile(bytes: Uint8Array, options: IdentityOptions): Promise<IdentityFile> {
  const found = await collect(bytes, options);
  const notes = [...found.notes];
  const keys = await usableKeys(found, options.crypto, notes);
  const { certificates, keys: ordered } = sortIdentities(found.certificates, keys);
  const problem = found.problem ?? keyProblem(certificates, keys, notes);
  return { certificates, keys: ordered, notes, ...(problem ? { problem } : {}) };
}

/** Keys with their public halves; one that the platform does not know is noted. */
async function usableKeys(found: FoundInFile, crypto: Crypto, notes: FileNote[]): Promise<IdentityKey[]> {
  const keys: IdentityKey[] = [];
  for (const pkcs8 of found.keys) {
    const key = await crypto.signingKey(pkcs8);
    if (!key) notes.push({ message: 'a private key in it is damaged or of a kind this platform cannot use' });
    else if (!keys.some((one) => equalBytes(one.spki, key.spki))) keys.push({ pkcs8, spki: key.spki });
  }
  return keys;
}

function sortIdentities(
  certificates: readonly Certificate[],
  keys: readonly IdentityKey[],
): { certificates: Certificate[]; keys: IdentityKey[] } {
  const owned = keys.flatMap((key) => {
    const leaf = certificates.find((one) => samePublicKey(one.spki, key.spki));
    return leaf ? [{ key, leaf }] : [];
  });
  // A CA's own key may lie in the file, too; the identity to present is not the CA.
  const [first] = [...owned.filter(({ leaf }) => !leaf.isCa), ...owned];
  const leaf = first?.leaf ?? likelyLeaf(certificates);
  if (!leaf) return { certificates: [], keys: [...keys] };
  const chain = walkIssuers(leaf, certificates);
  const others = certificates.filter((one) => one !== leaf && !chain.includes(one));
  const matched = [...new Set([...(first ? [first.key] : []), ...owned.map(({ key }) => key)])];
  const unmatched = keys.filter((key) => !matched.includes(key));
  return { certificates: [leaf, ...chain, ...others], keys: [...matched, ...unmatched] };
}

/** Without a key: the first that issued none of the others, or else the first. */
function likelyLeaf(certificates: readonly Certificate[]): Certificate | undefined {
  const issued = (one: Certificate): boolean =>
    certificates.some((other) => other !== one && equalBytes(other.issuer.der, one.subject.der));
  return (
    certificates.find((one) => !one.isCa && !issued(one)) ??
    certificates.find((one) => !issued(one)) ??
    certificates[0]
  );
}

function keyProblem(
  certificates: readonly Certificate[],
  keys: readonly IdentityKey[],
  notes: FileNote[],
): IdentityProblem | undefined {
  const [key] = keys;
  if (!key) return undefined;
  if (certificates.length === 0) return 'key-without-certificate';
  const fits = (one: IdentityKey): boolean => certificates.some((c) => samePublicKey(c.spki, one.spki));
  if (!fits(key)) return 'key-does-not-fit';
  const strays = keys.filter((one) => !fits(one)).length;
  if (strays > 0)
    notes.push({
      message: `${strays} further private key${strays === 1 ? '' : 's'} in it belong to no certificate in it`,
    });
  return undefined;
}
