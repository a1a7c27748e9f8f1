import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { type HeldCertificate, identityOf, type WhyQuestion } from '../app/why.ts';
import { nodeCrypto } from '../platform/crypto.ts';
import type { Certificate } from '../wire/x509/certificate.ts';
import { type LoadedIdentity, loadIdentities, readCertificates } from './identity.ts';
import { UsageError } from './usage.ts';

/** Options that say what the user has: files, or the stores of this computer. */
export interface UserOptions {
  cert?: string[];
  key?: string[];
  passwordFile?: string[];
  issuer?: string;
  store?: string;
  my?: boolean;
}

export type User = Pick<
  WhyQuestion,
  'identity' | 'key' | 'about' | 'others' | 'mine' | 'issuers' | 'userNotes' | 'before'
>;

const oneMore = (file: string, files: string[] = []): string[] => [...files, file];

export function addUserOptions(command: Command): Command {
  return command
    .option(
      '--cert <file>',
      'a client certificate: PEM, DER, PKCS#12, PKCS#7, JKS; of several, which each client takes',
      oneMore,
    )
    .option('--key <file>', 'its private key, when it lies in another file; may be repeated', oneMore)
    .option(
      '--password-file <file>',
      'password of a file or key (or HANDCLASP_PASSWORD); of several each is tried',
      oneMore,
    )
    .option('--my', 'try every certificate of your own stores (Windows, keychain, Firefox, Chromium)')
    .option('--issuer <file>', 'the issuing CA: show what changes when it lies beside the certificate')
    .option('--store <file>', "CA certificates in the client machine's own stores");
}

/** What the user has. */
export async function userOf(options: UserOptions): Promise<User> {
  const issuers = options.issuer ? { issuers: await certificatesIn(options.issuer) } : {};
  const mine = options.my ? await fromStores() : {};
  const files = await fromFiles(options);
  const userNotes = [...(files.userNotes ?? []), ...(mine.userNotes ?? [])];
  return { ...issuers, ...files, ...mine, ...(userNotes.length > 0 ? { userNotes } : {}) };
}

async function fromFiles({ cert = [], key = [], passwordFile = [], store }: UserOptions): Promise<User> {
  if (cert.length === 0) {
    if (key.length > 0) throw new UsageError('--key without --cert', 'give the certificate as well');
    return {};
  }
  const { identities, notes: userNotes } = await loadIdentities(cert, key, passwordFile);
  const authorities = store ? await certificatesIn(store) : undefined;
  const held = identities.map((one) => heldIn(one, authorities));
  const [{ identity, key: own, ...about }, ...others] = held as [HeldCertificate, ...HeldCertificate[]];
  return {
    identity,
    ...(own ? { key: own } : {}),
    about,
    ...(others.length > 0 ? { others } : {}),
    userNotes,
  };
}

function heldIn(
  { leaf, beside, key, file, alias, inFileOrder }: LoadedIdentity,
  store?: readonly Certificate[],
) {
  return {
    identity: identityOf([leaf, ...beside], key !== null, store)!,
    ...(key ? { key } : {}),
    where: file,
    ...(alias === undefined ? {} : { alias }),
    inFileOrder,
  };
}

async function fromStores(): Promise<Pick<User, 'mine' | 'userNotes'>> {
  const { readUserStores } = await import('../platform/stores/user-stores.ts');
  const { certificates, notes } = await readUserStores(nodeCrypto);
  const mine = certificates.map(
    ({ identity, where, label, provider, clients }): HeldCertificate => ({
      identity,
      where,
      alias: label,
      isStored: true,
      ...(provider === undefined ? {} : { provider }),
      clients,
    }),
  );
  return { mine, userNotes: notes };
}

async function certificatesIn(file: string): Promise<Certificate[]> {
  return readCertificates(file, await readFile(file).catch(() => null));
}
