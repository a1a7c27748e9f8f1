import type { AeadName, CbcName, HashName } from '../../../base/ports.ts';
import { cipherSuite } from '../registry/cipher-suite.ts';
import { TLS10, TLS12, TLS13 } from '../registry/version.ts';

/** How a suite protects records. */
export type Cipher =
  | {
      readonly is: 'aead';
      readonly name: AeadName;
      readonly keyLength: number;
      /** Bytes of the nonce that come from the key block; the rest, 8, stands in each record (RFC 5288 3). */
      readonly ivLength: 4 | 12;
    }
  | {
      readonly is: 'cbc';
      readonly name: CbcName;
      readonly keyLength: number;
      readonly blockLength: 8 | 16;
      readonly mac: HashName;
    };

/** How a cipher suite that we speak protects records and derives keys. */
export interface Suite {
  readonly code: number;
  /** The oldest version it may be used with; those of TLS 1.3 go with nothing else, and nothing else with it. */
  readonly since: number;
  /** How the parties come to a secret; TLS 1.3 suites leave it open. */
  readonly keyExchange: 'ecdhe' | 'dhe' | 'rsa' | 'any';
  readonly cipher: Cipher;
  /** Of the key schedule of TLS 1.3 and the PRF of TLS 1.2. */
  readonly hash: HashName;
}

/** Best first: forward secrecy, then AEAD; what only old servers still want comes last. */
const OFFERED = `
  TLS_AES_128_GCM_SHA256 TLS_AES_256_GCM_SHA384 TLS_CHACHA20_POLY1305_SHA256
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
  TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
  TLS_DHE_RSA_WITH_AES_128_GCM_SHA256 TLS_DHE_RSA_WITH_AES_256_GCM_SHA384
  TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256
  TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256 TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256
  TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384 TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384
  TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA
  TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA
  TLS_DHE_RSA_WITH_AES_128_CBC_SHA256 TLS_DHE_RSA_WITH_AES_256_CBC_SHA256
  TLS_DHE_RSA_WITH_AES_128_CBC_SHA TLS_DHE_RSA_WITH_AES_256_CBC_SHA
  TLS_RSA_WITH_AES_128_GCM_SHA256 TLS_RSA_WITH_AES_256_GCM_SHA384
  TLS_RSA_WITH_AES_128_CBC_SHA256 TLS_RSA_WITH_AES_256_CBC_SHA256
  TLS_RSA_WITH_AES_128_CBC_SHA TLS_RSA_WITH_AES_256_CBC_SHA
  TLS_DHE_DSS_WITH_AES_128_GCM_SHA256 TLS_DHE_DSS_WITH_AES_128_CBC_SHA256
  TLS_DHE_DSS_WITH_AES_128_CBC_SHA TLS_DHE_DSS_WITH_AES_256_CBC_SHA
  TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA
  TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA TLS_RSA_WITH_3DES_EDE_CBC_SHA`;

/** In the order in which we offer them. */
export const SUITES: readonly Suite[] = OFFERED.trim().split(/\s+/).map(suiteNamed);

export const suiteOf = (code: number): Suite | undefined => SUITES.find((one) => one.code === code);

export const fitsVersion = ({ since }: Suite, version: number): boolean =>
  version >= TLS13 ? since === TLS13 : since !== TLS13 && since <= version;

/** A suite's name says all of it. */
function suiteNamed(name: string): Suite {
  const [, exchange, cipher, hash] = /^TLS_(?:([A-Z]+)(?:_[A-Z]+)?_WITH_)?(\w+)_SHA(\d*)$/.exec(name)!;
  const isCbc = cipher!.endsWith('CBC');
  return {
    code: cipherSuite.number(name)!,
    since: exchange === undefined ? TLS13 : isCbc && hash === '' ? TLS10 : TLS12,
    keyExchange: exchange === undefined ? 'any' : (exchange.toLowerCase() as 'ecdhe' | 'dhe' | 'rsa'),
    cipher: isCbc ? cbcNamed(cipher!, hash!) : aeadNamed(cipher!, exchange === undefined),
    hash: hash === '384' ? 'sha384' : 'sha256',
  };
}

function aeadNamed(name: string, isNew: boolean): Cipher {
  if (name === 'CHACHA20_POLY1305')
    return { is: 'aead', name: 'chacha20-poly1305', keyLength: 32, ivLength: 12 };
  const bits = name === 'AES_128_GCM' ? 128 : 256;
  return { is: 'aead', name: `aes-${bits}-gcm`, keyLength: bits / 8, ivLength: isNew ? 12 : 4 };
}

function cbcNamed(name: string, hash: string): Cipher {
  const mac = hash === '' ? 'sha1' : hash === '384' ? 'sha384' : 'sha256';
  if (name === '3DES_EDE_CBC') return { is: 'cbc', name: 'des-ede3-cbc', keyLength: 24, blockLength: 8, mac };
  const bits = name === 'AES_128_CBC' ? 128 : 256;
  return { is: 'cbc', name: `aes-${bits}-cbc`, keyLength: bits / 8, blockLength: 16, mac };
}
