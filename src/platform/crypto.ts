import crypto, { type KeyObject } from 'node:crypto';
import type { AeadName, CbcName, Crypto, HashName, SigningKey } from '../base/ports.ts';
import { dhPair, groups, keyShare } from './key-exchange.ts';

const TAG_LENGTH = 16;

/** The Crypto port on node:crypto. */
export const nodeCrypto: Crypto = {
  // In one step: an object of OpenSSL for each of thousands of names would outlive its use.
  digest: (hash, data) => crypto.hash(hash, data, 'buffer'),
  random: (length) => crypto.randomBytes(length),
  digestRepeatedly: (hash, data, times) => {
    // From round to round as a string of one character a byte: Node makes these twice as fast as Buffers.
    let text = Buffer.from(data).toString('latin1');
    for (let i = 0; i < times; i++) text = crypto.createHash(hash).update(text, 'latin1').digest('binary');
    return Buffer.from(text, 'latin1');
  },
  hmac: async (hash, key, data) => crypto.createHmac(hash, key).update(data).digest(),
  groups,
  keyShare,
  dhPair,
  rsaEncrypt: async (spki, data) => crypto.publicEncrypt({ key: publicKeyOf(spki), padding: PKCS1 }, data),
  seal: async (aead, key, nonce, aad, plain) => {
    const cipher = aeadCipher(aead, key, nonce);
    cipher.setAAD(aad, { plaintextLength: plain.length });
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  },
  open: async (aead, key, nonce, aad, sealed) => {
    const split = sealed.length - TAG_LENGTH;
    if (split < 0) throw new Error('shorter than its tag');
    const cipher = aeadDecipher(aead, key, nonce);
    cipher.setAAD(aad, { plaintextLength: split });
    cipher.setAuthTag(sealed.subarray(split));
    // A view, not a Buffer: what is read out of it reaches pure code, which knows no Buffer.
    return new Uint8Array(Buffer.concat([cipher.update(sealed.subarray(0, split)), cipher.final()]));
  },
  pbkdf2: (hash, password, salt, iterations, length) =>
    new Promise((resolve, reject) => {
      crypto.pbkdf2(password, salt, iterations, length, hash, (error, key) =>
        error ? reject(error) : resolve(key),
      );
    }),
  decryptCbc: async (cipher: CbcName, key, iv, data) => {
    const decipher = crypto.createDecipheriv(cipher, key, iv);
    return Buffer.concat([decipher.update(data), decipher.final()]);
  },
  encryptBlocks: async (cipher, key, iv, blocks) => inBlocks(crypto.createCipheriv(cipher, key, iv), blocks),
  decryptBlocks: async (cipher, key, iv, blocks) =>
    inBlocks(crypto.createDecipheriv(cipher, key, iv), blocks),
  verify: async (scheme, spki, data, signature) => {
    try {
      const key = publicKeyOf(spki);
      if (scheme === RSA_MD5_SHA1) {
        const signed = crypto.publicDecrypt({ key, padding: PKCS1 }, signature);
        return signed.equals(md5AndSha1(data));
      }
      return crypto.verify(schemeHash(scheme), data, { key, ...schemePadding(scheme) }, signature);
    } catch {
      return false;
    }
  },
  signingKey: async (pkcs8) => {
    try {
      return signingKey(crypto.createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }));
    } catch {
      return null;
    }
  },
};

// The overloads of createCipheriv part GCM from ChaCha20-Poly1305, so each is named.
function aeadCipher(aead: AeadName, key: Uint8Array, nonce: Uint8Array) {
  return aead === 'chacha20-poly1305'
    ? crypto.createCipheriv(aead, key, nonce, { authTagLength: TAG_LENGTH })
    : crypto.createCipheriv(aead, key, nonce, { authTagLength: TAG_LENGTH });
}

function aeadDecipher(aead: AeadName, key: Uint8Array, nonce: Uint8Array) {
  return aead === 'chacha20-poly1305'
    ? crypto.createDecipheriv(aead, key, nonce, { authTagLength: TAG_LENGTH })
    : crypto.createDecipheriv(aead, key, nonce, { authTagLength: TAG_LENGTH });
}

/** A view, not a Buffer: see open(). */
const inBlocks = (cipher: crypto.Cipher | crypto.Decipher, blocks: Uint8Array): Uint8Array => {
  const done = cipher.setAutoPadding(false).update(blocks);
  return new Uint8Array(Buffer.concat([done, cipher.final()]));
};

/** Keys last used, by their SubjectPublicKeyInfo: reading one costs more than checking a signature by it. */
const publicKeys = new Map<string, KeyObject>();
const MOST_KEYS = 16;

function publicKeyOf(spki: Uint8Array): KeyObject {
  const name = Buffer.from(spki).toString('latin1');
  const known = publicKeys.get(name);
  if (known) return known;
  const key = crypto.createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  const [oldest] = publicKeys.keys();
  if (oldest !== undefined && publicKeys.size >= MOST_KEYS) publicKeys.delete(oldest);
  publicKeys.set(name, key);
  return key;
}

const PKCS1 = crypto.constants.RSA_PKCS1_PADDING;
/** Both digests bare, without saying which they are (RFC 2246 7.4.3). */
const md5AndSha1 = (data: Uint8Array): Buffer =>
  Buffer.concat(['md5', 'sha1'].map((hash) => crypto.createHash(hash).update(data).digest()));

function signingKey(key: KeyObject): SigningKey {
  return {
    kind: kindOf(key),
    spki: crypto.createPublicKey(key).export({ type: 'spki', format: 'der' }),
    sign: async (scheme, data) =>
      scheme === RSA_MD5_SHA1
        ? crypto.privateEncrypt({ key, padding: PKCS1 }, md5AndSha1(data))
        : crypto.sign(schemeHash(scheme), data, { key, ...schemePadding(scheme) }),
  };
}

function kindOf(key: KeyObject): SigningKey['kind'] {
  const type = key.asymmetricKeyType;
  if (type === 'rsa' || type === 'rsa-pss' || type === 'ec' || type === 'ed25519' || type === 'ed448')
    return type;
  return 'other';
}

/** Stands for what TLS 1.0 and 1.1 sign without a number (IANA: private use). */
const RSA_MD5_SHA1 = 0xff01;
const PURE_SCHEMES = [0x0807, 0x0808];
/** Hash by the high byte (RFC 5246 7.4.1.4.1), and of rsa_pss_rsae_* and rsa_pss_pss_* by the whole number. */
const SCHEME_HASH: Readonly<Record<number, HashName>> = {
  1: 'md5',
  2: 'sha1',
  4: 'sha256',
  5: 'sha384',
  6: 'sha512',
  2052: 'sha256',
  2053: 'sha384',
  2054: 'sha512',
  2057: 'sha256',
  2058: 'sha384',
  2059: 'sha512',
};

/** Hash of a SignatureScheme (RFC 8446 4.2.3); null: the scheme hashes by itself. Throws for an unknown one. */
function schemeHash(scheme: number): HashName | null {
  if (PURE_SCHEMES.includes(scheme)) return null;
  const hash = SCHEME_HASH[scheme] ?? SCHEME_HASH[scheme >> 8];
  if (!hash) throw new Error(`unknown signature scheme 0x${scheme.toString(16).padStart(4, '0')}`);
  return hash;
}

function schemePadding(scheme: number): { padding?: number; saltLength?: number } {
  if (scheme >> 8 !== 8 || PURE_SCHEMES.includes(scheme)) return {};
  return {
    padding: crypto.constants.RSA_PKCS1_PSS_PADDING,
    saltLength: crypto.constants.RSA_PSS_SALTLEN_DIGEST,
  };
}
