import crypto from 'node:crypto';
import { asciiBytes } from '../../src/base/bytes.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { PURPOSE, pkcs12Kdf } from '../../src/wire/identity/pkcs12-kdf.ts';
import { encode, oidBytes, TAG } from '../../src/wire/x509/der.ts';

/** Writes PKCS#12 files that no tool at hand writes: null password, PBMAC1, several identities, chunked BER. */

export interface P12Options {
  readonly certificates: readonly Uint8Array[];
  /** PKCS#8, in the clear. */
  readonly keys: readonly Uint8Array[];
  /** How the MAC is keyed; none when omitted. */
  readonly mac?: { readonly bmp: Uint8Array } | { readonly pbmac1: string };
  /** Indefinite lengths and OCTET STRINGs in pieces, as streaming writers have it. */
  readonly chunked?: boolean;
}

export function writeP12(options: P12Options): Uint8Array {
  const bags = [
    ...options.keys.map((key) => bag('1', key)),
    ...options.certificates.map((der) =>
      bag('3', sequence(oid('1.2.840.113549.1.9.22.1'), explicit(octets(der)))),
    ),
  ];
  const safe = sequence(data(sequence(...bags)));
  const mac = options.mac ? [macData(options.mac, safe)] : [];
  const version = encode(TAG.integer, Uint8Array.of(3));
  return options.chunked
    ? indefinite(0x30, version, indefinite(0x30, oid(DATA), indefinite(0xa0, chunks(safe))), ...mac)
    : sequence(version, data(safe), ...mac);
}

const DATA = '1.2.840.113549.1.7.1';
const SALT = asciiBytes('eight by');
const ROUNDS = 1000;

const sequence = (...parts: readonly Uint8Array[]): Uint8Array => encode(TAG.sequence, ...parts);
const oid = (dotted: string): Uint8Array => encode(TAG.oid, oidBytes(dotted));
const octets = (bytes: Uint8Array): Uint8Array => encode(TAG.octetString, bytes);
const explicit = (inner: Uint8Array): Uint8Array => encode(0xa0, inner);
const data = (content: Uint8Array): Uint8Array => sequence(oid(DATA), explicit(octets(content)));
const rounds = encode(TAG.integer, Uint8Array.of(ROUNDS >> 8, ROUNDS & 255));

function bag(kind: string, value: Uint8Array): Uint8Array {
  return sequence(oid(`1.2.840.113549.1.12.10.1.${kind}`), explicit(value));
}

function macData(mac: NonNullable<P12Options['mac']>, safe: Uint8Array): Uint8Array {
  if ('pbmac1' in mac) {
    const key = crypto.pbkdf2Sync(mac.pbmac1, SALT, ROUNDS, 32, 'sha256');
    const hmacSha256 = sequence(oid('1.2.840.113549.2.9'), encode(TAG.null));
    const length = encode(TAG.integer, Uint8Array.of(32));
    const derivation = sequence(
      oid('1.2.840.113549.1.5.12'),
      sequence(octets(SALT), rounds, length, hmacSha256),
    );
    const algorithm = sequence(oid('1.2.840.113549.1.5.14'), sequence(derivation, hmacSha256));
    return sequence(sequence(algorithm, octets(hmac('sha256', key, safe))), octets(SALT), rounds);
  }
  const input = { hash: 'sha1', salt: SALT, iterations: ROUNDS, purpose: PURPOSE.mac, length: 20 } as const;
  const key = pkcs12Kdf({ ...input, password: mac.bmp }, nodeCrypto);
  const algorithm = sequence(oid('1.3.14.3.2.26'), encode(TAG.null));
  return sequence(sequence(algorithm, octets(hmac('sha1', key, safe))), octets(SALT), rounds);
}

function hmac(hash: string, key: Uint8Array, bytes: Uint8Array): Uint8Array {
  return crypto.createHmac(hash, key).update(bytes).digest();
}

function indefinite(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([Uint8Array.of(tag, 0x80), ...parts, Uint8Array.of(0, 0)]);
}

function chunks(bytes: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += 100) pieces.push(octets(bytes.subarray(at, at + 100)));
  return indefinite(0x24, ...pieces);
}
