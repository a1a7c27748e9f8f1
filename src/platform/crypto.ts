import crypto, { type KeyObject } from 'node:crypto';
import type { AeadName, CbcName, Crypto, GroupName, HashName, KeyShare, SigningKey } from '../base/ports.ts';

const TAG_LENGTH = 16;

/** The Crypto port on node:crypto. */
export const nodeCrypto: Crypto = {
  digest: (hash, data) => crypto.createHash(hash).update(data).digest(),
  random: (length) => crypto.randomBytes(length),
  digestRepeatedly: (hash, data, times) => {
    // From round to round as a string of one character a byte: Node makes these twice as fast as Buffers.
    let text = Buffer.from(data).toString('latin1');
    for (let i = 0; i < times; i++) text = crypto.createHash(hash).update(text, 'latin1').digest('binary');
    return Buffer.from(text, 'latin1');
  },
  hmac: async (hash, key, data) => crypto.createHmac(hash, key).update(data).digest(),
  keyShare: async (group) => (group === 'x25519' ? x25519Share() : curveShare(group)),
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
  verify: async (scheme, spki, data, signature) => {
    try {
      const key = crypto.createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
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

/** SubjectPublicKeyInfo of an X25519 key before its 32 bytes (RFC 8410 4). */
const X25519_SPKI = Buffer.from('302a300506032b656e032100', 'hex');

function x25519Share(): KeyShare {
  const pair = crypto.generateKeyPairSync('x25519');
  const publicKey = pair.publicKey.export({ type: 'spki', format: 'der' }).subarray(X25519_SPKI.length);
  return {
    group: 'x25519',
    publicKey,
    agree: async (peer) => {
      const key = Buffer.concat([X25519_SPKI, peer]);
      const other = crypto.createPublicKey({ key, format: 'der', type: 'spki' });
      return crypto.diffieHellman({ privateKey: pair.privateKey, publicKey: other });
    },
  };
}

function curveShare(group: Exclude<GroupName, 'x25519'>): KeyShare {
  const ecdh = crypto.createECDH(group === 'secp256r1' ? 'prime256v1' : group);
  const publicKey = ecdh.generateKeys();
  return { group, publicKey, agree: async (peer) => ecdh.computeSecret(peer) };
}

function signingKey(key: KeyObject): SigningKey {
  return {
    kind: kindOf(key),
    spki: crypto.createPublicKey(key).export({ type: 'spki', format: 'der' }),
    sign: async (scheme, data) => crypto.sign(schemeHash(scheme), data, { key, ...schemePadding(scheme) }),
  };
}

function kindOf(key: KeyObject): SigningKey['kind'] {
  const type = key.asymmetricKeyType;
  if (type === 'rsa' || type === 'rsa-pss' || type === 'ec' || type === 'ed25519' || type === 'ed448')
    return type;
  return 'other';
}

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
