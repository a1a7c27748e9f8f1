import { concat, Malformed, Writer } from '../../../base/bytes.ts';
import type { AeadName, Crypto } from '../../../base/ports.ts';
import { encodeRecord, MAX_PLAINTEXT, type TlsRecord } from '../record.ts';
import { ALERT } from '../registry/alert.ts';
import { CONTENT } from '../registry/content-type.ts';
import { TLS12 } from '../registry/version.ts';
import { expandLabel, type Hashing } from './hkdf.ts';
import type { Keys } from './prf.ts';
import type { Cipher, Suite } from './suite.ts';
import { Violation } from './violation.ts';

/** What a record says once its protection is taken off. */
export interface Content {
  readonly type: number;
  readonly fragment: Uint8Array;
}

/** One direction of a connection under one key: turns content into whole records and back. Counts its records. */
export interface Protection {
  seal(content: Content): Promise<Uint8Array>;
  /** Throws Violation when the record does not open. */
  open(record: TlsRecord): Promise<Content>;
}

const TAG_LENGTH = 16;
const NONCE_LENGTH = 12;

type Aead = Cipher & { is: 'aead' };

/** No protection yet. The first ClientHello says TLS 1.0 for old servers' sake (RFC 8446 5.1). */
export const plain = (recordVersion: number): Protection => ({
  seal: async ({ type, fragment }) => encodeRecord(type, recordVersion, fragment),
  open: async ({ type, fragment }) => within(MAX_PLAINTEXT, { type, fragment }),
});

/** RFC 8446 5.2. */
export async function tls13Protection(
  hashing: Hashing,
  { cipher }: Suite,
  secret: Uint8Array,
): Promise<Protection> {
  const key = await expandLabel(hashing, secret, 'key', new Uint8Array(0), cipher.keyLength);
  const iv = await expandLabel(hashing, secret, 'iv', new Uint8Array(0), NONCE_LENGTH);
  const { crypto } = hashing;
  const aead = (cipher as Aead).name;
  let [sent, received] = [0, 0];
  return {
    seal: async ({ type, fragment }) => {
      const inner = concat([fragment, Uint8Array.of(type)]);
      const header = recordHeader(CONTENT.applicationData, inner.length + TAG_LENGTH);
      return concat([header, await crypto.seal(aead, key, xorNonce(iv, sent++), header, inner)]);
    },
    open: async ({ type, header, fragment }) => {
      if (type !== CONTENT.applicationData) throw notProtected(type);
      const inner = await opened(crypto, aead, key, xorNonce(iv, received++), header, fragment);
      return within(MAX_PLAINTEXT, withoutPadding(inner));
    },
  };
}

/** AEAD of TLS 1.2: RFC 5288 for AES-GCM with half the nonce in the record, RFC 7905 for ChaCha20-Poly1305. */
export function aeadProtection(crypto: Crypto, cipher: Aead, { key, iv }: Keys): Protection {
  const isExplicit = cipher.ivLength === 4;
  let [sent, received] = [0, 0];
  return {
    seal: async ({ type, fragment }) => {
      const count = counter(sent++);
      const nonce = isExplicit ? concat([iv, count]) : xorNonce(iv, sent - 1);
      const sealed = await crypto.seal(
        cipher.name,
        key,
        nonce,
        aad12(count, type, fragment.length),
        fragment,
      );
      return encodeRecord(type, TLS12, isExplicit ? concat([count, sealed]) : sealed);
    },
    open: async ({ type, fragment }) => {
      const overhead = TAG_LENGTH + (isExplicit ? 8 : 0);
      if (fragment.length < overhead)
        throw new Violation(ALERT.badRecordMac, 'a record shorter than its tag');
      const count = received++;
      const nonce = isExplicit ? concat([iv, fragment.subarray(0, 8)]) : xorNonce(iv, count);
      const aad = aad12(counter(count), type, fragment.length - overhead);
      const content = await opened(
        crypto,
        cipher.name,
        key,
        nonce,
        aad,
        isExplicit ? fragment.subarray(8) : fragment,
      );
      return within(MAX_PLAINTEXT, { type, fragment: content });
    },
  };
}

async function opened(
  crypto: Crypto,
  aead: AeadName,
  key: Uint8Array,
  nonce: Uint8Array,
  aad: Uint8Array,
  sealed: Uint8Array,
): Promise<Uint8Array> {
  try {
    return await crypto.open(aead, key, nonce, aad, sealed);
  } catch {
    throw new Violation(ALERT.badRecordMac, 'a record that does not open with the agreed key');
  }
}

/** TLSInnerPlaintext: content, its type, zeros (RFC 8446 5.4). */
function withoutPadding(inner: Uint8Array): Content {
  const end = inner.findLastIndex((byte) => byte !== 0);
  if (end < 0) throw new Violation(ALERT.unexpectedMessage, 'a record of nothing but padding');
  return { type: inner[end]!, fragment: inner.subarray(0, end) };
}

export function within(limit: number, content: Content): Content {
  if (content.fragment.length <= limit) return content;
  throw new Malformed('TLS record', 0, `holds ${content.fragment.length} bytes, more than ${limit}`);
}

function notProtected(type: number): Violation {
  return new Violation(
    ALERT.unexpectedMessage,
    `an unprotected record of type ${type} after the keys were set`,
  );
}

const recordHeader = (type: number, length: number): Uint8Array =>
  new Writer().u8(type).u16(TLS12).u16(length).done();

const aad12 = (count: Uint8Array, type: number, length: number): Uint8Array =>
  concat([count, recordHeader(type, length)]);

/** 64 bits, big-endian. */
export const counter = (count: number): Uint8Array =>
  new Writer()
    .u32(Math.floor(count / 2 ** 32))
    .u32(count >>> 0)
    .done();

/** RFC 8446 5.3. */
function xorNonce(iv: Uint8Array, count: number): Uint8Array {
  const nonce = Uint8Array.from(iv);
  for (const [i, byte] of counter(count).entries()) nonce[iv.length - 8 + i]! ^= byte;
  return nonce;
}
