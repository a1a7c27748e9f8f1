import { equalBytes } from '../../base/bytes.ts';
import type { Certificate } from '../x509/certificate.ts';
import { walkIssuers } from '../x509/chain.ts';
import { samePublicKey } from '../x509/public-key.ts';
import type { FoundInFile } from './collect.ts';
import type { IdentityFile, IdentityKey } from './identity-file.ts';

/** One thing that a client could show. */
export interface FileIdentity {
  readonly leaf: Certificate;
  /** Nearest issuer first: as a Java key store has it, else whatever of it lies in the file. */
  readonly chain: readonly Certificate[];
  /** Which of the file's keys; null when it has none for this leaf. */
  readonly key: number | null;
  /** Friendly name (PKCS#12) or alias (Java). */
  readonly alias?: string;
}

type Sorted = Pick<IdentityFile, 'certificates' | 'identities'> & { readonly keys: readonly IdentityKey[] };

/** Brings leaves, chains and keys together, and the identity that a client would take first to the front. */
export function sortIdentities(found: FoundInFile, keys: readonly IdentityKey[]): Sorted {
  const owned = ownedLeaves(found, keys);
  const ordered = [...new Set([...owned.map(({ key }) => key), ...keys])];
  const withKey = owned.map(({ leaf, key }) => identity(leaf, ordered.indexOf(key), found));
  const locked = lockedLeaves(found, owned).map((leaf) => identity(leaf, null, found));
  const sure = [...withKey, ...locked];
  const identities = sure.length > 0 ? sure : publicLeaves(found).map((leaf) => identity(leaf, null, found));
  const [first] = identities;
  const front = first ? [first.leaf, ...first.chain] : [];
  const others = found.certificates.filter((one) => !front.includes(one));
  return { certificates: [...front, ...others], keys: ordered, identities };
}

function identity(
  leaf: Certificate,
  key: number | null,
  { certificates, names, chains }: FoundInFile,
): FileIdentity {
  const stored = chains.find(([first]) => first === leaf)?.slice(1);
  const alias = names.get(leaf);
  return {
    leaf,
    chain: stored ?? walkIssuers(leaf, certificates),
    key,
    ...(alias === undefined ? {} : { alias }),
  };
}

interface Owned {
  readonly leaf: Certificate;
  readonly key: IdentityKey;
}

/** A CA's own key may lie in the file, too; where it issued another of them, that one is meant to be presented. */
function ownedLeaves({ certificates }: FoundInFile, keys: readonly IdentityKey[]): Owned[] {
  const owned = keys.flatMap((key) =>
    certificates.filter((one) => samePublicKey(one.spki, key.spki)).map((leaf) => ({ leaf, key })),
  );
  const leaves = owned.filter(({ leaf }) => !leaf.isCa);
  const authorities = owned.filter(
    ({ leaf }) =>
      leaf.isCa &&
      !issuedAny(
        leaf,
        leaves.map((one) => one.leaf),
      ),
  );
  return [...leaves, ...authorities];
}

/** Entries of a Java key store whose keys stay closed. */
function lockedLeaves({ chains }: FoundInFile, owned: readonly Owned[]): Certificate[] {
  const leaves = chains.flatMap(([leaf]) => leaf ?? []);
  return leaves.filter((leaf) => !owned.some((one) => one.leaf === leaf));
}

/** Without a key: whatever issued nothing else in the file. */
function publicLeaves({ certificates }: FoundInFile): readonly Certificate[] {
  const last = certificates.filter((one) => !issuedAny(one, certificates));
  const users = last.filter((one) => !one.isCa);
  return users.length > 0 ? users : [...last, ...certificates].slice(0, 1);
}

function issuedAny(issuer: Certificate, certificates: readonly Certificate[]): boolean {
  return certificates.some((one) => one !== issuer && equalBytes(one.issuer.der, issuer.subject.der));
}
