import { readFile } from 'node:fs/promises';
import type { SigningKey } from '../base/ports.ts';
import { nodeCrypto } from '../platform/crypto.ts';
import type { FileIdentity } from '../wire/identity/identities.ts';
import { type IdentityFile, readIdentityFile } from '../wire/identity/identity-file.ts';
import type { Certificate } from '../wire/x509/certificate.ts';
import { samePublicKey } from '../wire/x509/public-key.ts';
import { UsageError } from './usage.ts';

/** One thing that a client could show, from one of the user's files. */
export interface LoadedIdentity {
  readonly file: string;
  /** Friendly name (PKCS#12) or alias (Java). */
  readonly alias?: string;
  readonly leaf: Certificate;
  /** What lies beside it: its chain and, where it is alone in its file, everything else. */
  readonly beside: readonly Certificate[];
  /** Certificates of the file in its own order, where that order counts (PEM). */
  readonly inFileOrder: readonly Certificate[];
  readonly key: SigningKey | null;
}

export interface Loaded {
  /** In the order of the files; never empty. */
  readonly identities: readonly LoadedIdentity[];
  /** What was passed over in the files, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Reads the user's certificates and, where they are given, their keys, which may lie in other files. Passwords come
 * from files or the environment; each is tried on each file.
 */
export async function loadIdentities(
  certFiles: readonly string[],
  keyFiles: readonly string[] = [],
  passwordFiles: readonly string[] = [],
): Promise<Loaded> {
  const passwords = await passwordsFrom(passwordFiles);
  const keys = await Promise.all(keyFiles.map((name) => readKeyFile(name, passwords)));
  const used = new Set<KeyFile>();
  const identities: LoadedIdentity[] = [];
  const notes: string[] = [];
  for (const name of certFiles) {
    const file = await readWithKeys(await bytesOf(name), keys, passwords, used);
    refuse(file, name);
    identities.push(...(await identitiesOf(file, name)));
    notes.push(...file.notes.map(({ message }) => `${name}: ${message}`));
  }
  const unused = keys.find((one) => !used.has(one));
  if (unused) throw trouble(unused.name, 'key-does-not-fit');
  return { identities, notes };
}

interface KeyFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly keys: IdentityFile['keys'];
}

async function readKeyFile(name: string, passwords: Passwords): Promise<KeyFile> {
  const bytes = await bytesOf(name);
  const { keys, problem } = await readWith(bytes, passwords);
  if (keys.length > 0) return { name, bytes, keys };
  if (problem === 'needs-password' || problem === 'wrong-password') throw trouble(name, problem);
  throw new UsageError(`${name}: no private key in it`, 'give the key as PEM');
}

/** The file together with those keys that belong to a certificate in it; they are added to `used`. */
async function readWithKeys(
  bytes: Uint8Array,
  keys: readonly KeyFile[],
  passwords: Passwords,
  used: Set<KeyFile>,
): Promise<IdentityFile> {
  const alone = await readWith(bytes, passwords);
  const fitting = keys.filter((file) =>
    file.keys.some(({ spki }) => alone.certificates.some((one) => samePublicKey(one.spki, spki))),
  );
  if (fitting.length === 0) return alone;
  for (const one of fitting) used.add(one);
  return readWith(Buffer.concat([bytes, ...fitting.flatMap((one) => [LINE_END, one.bytes])]), passwords);
}

const LINE_END = Buffer.from('\n');

async function identitiesOf(file: IdentityFile, name: string): Promise<LoadedIdentity[]> {
  const isAlone = file.identities.length === 1;
  const others = (leaf: Certificate) => file.certificates.filter((one) => one !== leaf);
  return Promise.all(
    file.identities.map(async ({ leaf, chain, key, alias }: FileIdentity) => ({
      file: name,
      ...(alias === undefined ? {} : { alias }),
      leaf,
      beside: isAlone ? others(leaf) : chain,
      inFileOrder: file.inFileOrder,
      key: key === null ? null : await nodeCrypto.signingKey(file.keys[key]!.pkcs8),
    })),
  );
}

export async function readCertificates(name: string, bytes: Uint8Array | null): Promise<Certificate[]> {
  if (!bytes) throw new UsageError(`${name}: cannot be read`, 'check the path');
  const file = await readIdentityFile(bytes, { crypto: nodeCrypto });
  refuse(file, name);
  return [...file.certificates];
}

const TROUBLES: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  'wrong-password': ['the password does not open it', 'check the password in --password-file'],
  'needs-password': [
    'is protected by a password',
    'give it with --password-file FILE or in HANDCLASP_PASSWORD',
  ],
  'key-does-not-fit': [
    'the private key does not belong to the certificate',
    'give the key that the certificate was made for',
  ],
};

function refuse({ problem, certificates, keys, notes }: IdentityFile, name: string): void {
  if (problem !== undefined && TROUBLES[problem]) throw trouble(name, problem);
  if (certificates.length > 0) return;
  if (keys.length > 0) {
    const hint = 'give it with --key, and the certificate with --cert';
    throw new UsageError(`${name}: a private key and no certificate`, hint);
  }
  const why = notes[0]?.message ?? 'neither PEM, DER, PKCS#12, PKCS#7 nor JKS';
  throw new UsageError(`${name}: no certificate in it (${why})`, 'give a certificate file');
}

function trouble(name: string, problem: keyof typeof TROUBLES): UsageError {
  const [message, hint] = TROUBLES[problem]!;
  return new UsageError(`${name}: ${message}`, hint);
}

/** Tried in this order; the first undefined tells of a file that needs none. */
type Passwords = readonly (string | undefined)[];

async function readWith(bytes: Uint8Array, passwords: Passwords): Promise<IdentityFile> {
  let file = await readIdentityFile(bytes, optionsOf(passwords[0]));
  for (const password of passwords.slice(1)) {
    if (file.problem !== 'wrong-password') return file;
    file = await readIdentityFile(bytes, optionsOf(password));
  }
  return file;
}

const optionsOf = (password: string | undefined) => ({
  crypto: nodeCrypto,
  ...(password === undefined ? {} : { password }),
});

async function passwordsFrom(files: readonly string[]): Promise<Passwords> {
  if (files.length === 0) return [process.env.HANDCLASP_PASSWORD];
  return Promise.all(files.map(async (file) => (await bytesOf(file)).toString('utf8').replace(/\r?\n$/, '')));
}

async function bytesOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new UsageError(
      `${file}: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : 'cannot be read'}`,
      'check the path',
    );
  }
}
