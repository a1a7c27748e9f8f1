import { equalBytes } from '../../base/bytes.ts';
import type { Crypto } from '../../base/ports.ts';
import type { Certificate } from '../x509/certificate.ts';
import { samePublicKey } from '../x509/public-key.ts';
import { collect, type FoundInFile } from './collect.ts';
import type { FileNote } from './file-objects.ts';
import { type FileIdentity, sortIdentities } from './identities.ts';

/** What a certificate file holds, sorted the way clients present it. */
export interface IdentityFile {
  /** The leaf of the first identity, its chain nearest issuer first, then all others in file order. */
  readonly certificates: readonly Certificate[];
  /** Certificates that stand by themselves (PEM, DER), in the order of the file; those of containers are left out. */
  readonly inFileOrder: readonly Certificate[];
  /** Everything in it that a client could show: each leaf that has a key or, where none has, each leaf. */
  readonly identities: readonly FileIdentity[];
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
 * Reads PEM, DER, PKCS#12, PKCS#7, JKS and JCEKS by content, several in one file too. Never rejects: what is wrong with the
 * file is in `problem` and `notes`, and whatever could be read is there.
 */
export async function readIdentityFile(bytes: Uint8Array, options: IdentityOptions): Promise<IdentityFile> {
  const found = await collect(bytes, options);
  const notes = [...found.notes];
  const keys = await usableKeys(found, options.crypto, notes);
  const sorted = sortIdentities(found, keys);
  const problem = found.problem ?? keyProblem(sorted.certificates, keys, notes);
  return { ...sorted, inFileOrder: found.inFileOrder, notes, ...(problem ? { problem } : {}) };
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
