import { concat, equalBytes, Malformed, Reader } from '../../base/bytes.ts';
import type { Digest } from '../../base/ports.ts';
import { utf8Bytes, utf8Text } from '../../base/text.ts';

/**
 * Java's own key stores, JKS and JCEKS: a list of entries, then a digest over the whole with the password. The
 * certificates lie open; only the keys are encrypted (java-key.ts). Java 9 and newer write PKCS#12 instead.
 */
export interface JavaKeyStore {
  readonly kind: 'JKS' | 'JCEKS';
  readonly entries: readonly JavaEntry[];
  /** One sentence each: what was not read, and why. */
  readonly notes: readonly string[];
  /** What the store's digest is over, and that digest; null where the reading broke off before it. */
  readonly sealed: { readonly content: Uint8Array; readonly digest: Uint8Array } | null;
  /** Bytes of the store: whatever follows is something else. */
  readonly length: number;
}

export interface JavaEntry {
  readonly alias: string;
  /** X.509 DER, the leaf first, as stored. A trusted certificate stands alone. */
  readonly chain: readonly Uint8Array[];
  /** EncryptedPrivateKeyInfo, DER; absent from a trusted certificate. */
  readonly key?: Uint8Array;
}

const MAGIC: Readonly<Record<number, JavaKeyStore['kind']>> = { 4277010157: 'JKS', 3469659854: 'JCEKS' };
const SHA1_LENGTH = 20;

export function isJavaKeyStore(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && MAGIC[new Reader(bytes).u32()] !== undefined;
}

/** Reads every entry up to the first that is broken. Only for what `isJavaKeyStore` knows; never throws. */
export function readJavaKeyStore(bytes: Uint8Array): JavaKeyStore {
  const reader = new Reader(bytes);
  const kind = MAGIC[reader.u32('key store')] ?? 'JKS';
  const entries: JavaEntry[] = [];
  try {
    const version = reader.u32('version');
    if (version !== 1 && version !== 2) throw new Malformed(kind, 4, `version ${version} is not known`);
    const count = reader.u32('number of entries');
    for (let i = 0; i < count; i++) entries.push(readEntry(reader, version));
    const content = bytes.subarray(0, reader.offset);
    const digest = reader.take(SHA1_LENGTH, 'digest of the store');
    return { kind, entries, notes: [], sealed: { content, digest }, length: reader.offset };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    const notes = [`the key store is read up to here only: ${error.message}`];
    return { kind, entries, notes, sealed: null, length: bytes.length };
  }
}

const TAG = { key: 1, trusted: 2, secret: 3 } as const;

function readEntry(reader: Reader, version: number): JavaEntry {
  const at = reader.offset;
  const tag = reader.u32('entry');
  const alias = readUtf(reader, 'alias');
  reader.take(8, 'date of the entry');
  if (tag === TAG.trusted) return { alias, chain: [readCertificate(reader, version)] };
  if (tag === TAG.secret)
    throw new Malformed('entry', at, `«${alias}» is a secret key, whose length only Java knows`);
  if (tag !== TAG.key) throw new Malformed('entry', at, `entries of kind ${tag} are not known`);
  const key = reader.take(reader.u32('key'), 'key');
  const chain: Uint8Array[] = [];
  for (let left = reader.u32('chain'); left > 0; left--) chain.push(readCertificate(reader, version));
  return { alias, chain, key };
}

/** Version 2 says of each certificate of what type it is, which has never been anything but X.509. */
function readCertificate(reader: Reader, version: number): Uint8Array {
  if (version === 2) readUtf(reader, 'certificate type');
  return reader.take(reader.u32('certificate'), 'certificate');
}

/** java.io.DataOutput.writeUTF: two bytes of length, then UTF-8 but for NUL and what lies beyond U+FFFF. */
function readUtf(reader: Reader, what: string): string {
  return reader.block16(what, (inner) => utf8Text(inner.rest()));
}

/** Whether the store was written under this password: SHA-1 over password, a constant phrase, and the content. */
export function fitsStore(
  sealed: NonNullable<JavaKeyStore['sealed']>,
  password: string,
  port: Digest,
): boolean {
  const salted = concat([javaPassword(password), utf8Bytes('Mighty Aphrodite'), sealed.content]);
  return equalBytes(port.digest('sha1', salted), sealed.digest);
}

/** UTF-16, big-endian, without an end mark. */
export function javaPassword(password: string): Uint8Array {
  const bytes = new Uint8Array(2 * password.length);
  for (let i = 0; i < password.length; i++) {
    bytes[2 * i] = password.charCodeAt(i) >> 8;
    bytes[2 * i + 1] = password.charCodeAt(i) & 255;
  }
  return bytes;
}
