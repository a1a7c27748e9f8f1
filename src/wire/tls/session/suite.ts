import type { AeadName, HashName } from '../../../base/ports.ts';
import { TLS12, TLS13 } from '../registry/version.ts';

/** How a cipher suite that we speak protects records and derives keys. */
export interface Suite {
  readonly code: number;
  readonly version: number;
  /** How the parties come to a secret; TLS 1.3 suites leave it open. */
  readonly keyExchange: 'ecdhe' | 'any';
  readonly aead: AeadName;
  readonly keyLength: number;
  /** Bytes of the nonce that come from the key block; the rest, 8, stands in each record (RFC 5288 3). */
  readonly ivLength: 4 | 12;
  readonly hash: HashName;
}

function suite(code: number, version: number, aead: AeadName, hash: HashName): Suite {
  const isGcmOf12 = version === TLS12 && aead !== 'chacha20-poly1305';
  return {
    code,
    version,
    keyExchange: version === TLS13 ? 'any' : 'ecdhe',
    aead,
    keyLength: aead === 'aes-128-gcm' ? 16 : 32,
    ivLength: isGcmOf12 ? 4 : 12,
    hash,
  };
}

/** In the order in which we offer them. */
export const SUITES: readonly Suite[] = [
  suite(0x1301, TLS13, 'aes-128-gcm', 'sha256'),
  suite(0x1302, TLS13, 'aes-256-gcm', 'sha384'),
  suite(0x1303, TLS13, 'chacha20-poly1305', 'sha256'),
  suite(0xc02b, TLS12, 'aes-128-gcm', 'sha256'),
  suite(0xc02f, TLS12, 'aes-128-gcm', 'sha256'),
  suite(0xc02c, TLS12, 'aes-256-gcm', 'sha384'),
  suite(0xc030, TLS12, 'aes-256-gcm', 'sha384'),
  suite(0xcca9, TLS12, 'chacha20-poly1305', 'sha256'),
  suite(0xcca8, TLS12, 'chacha20-poly1305', 'sha256'),
];

export const suiteOf = (code: number): Suite | undefined => SUITES.find((one) => one.code === code);
