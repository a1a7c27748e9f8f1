import crypto, { type KeyObject } from 'node:crypto';
import type { AeadName, CbcName, Crypto, GroupName, HashName, KeyShare, SigningKey } from '../base/ports.ts';

const TAG_LENGTH = 16;

/** The Crypto port on node:crypto. */
export const nodeCrypto: Crypto = {
  digest: (hash, data) => crypto.createHash(hash).update(data).digest(),
  random: (length) => crypto.randomBytes(length),
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
    return Buffer.concat([cipher.update(sealed.subarray(0, split)), cipher.final()]);
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

/** rsa_pss_rsae_* 4-6 and rsa_pss_pss_* 9-11 by the low byte. */
const PSS_HASH: Readonly<Record<number, HashName>> = {
  4: 'sha256',
  5: 'sha384',
  6: 'sha512',
  9: 'sha256',
  10: 'sha384',
  11: 'sha512',
};

/** Hash of a SignatureScheme (RFC 8446 4.2.3): its high byte up to TLS 1.2's code points, else by scheme. */
function schemeHash(scheme: number): HashName | null {
  if (scheme === 0x0807 || scheme === 0x0808) return null;
  if (scheme >> 8 === 8) return PSS_HASH[scheme & 15] ?? 'sha256';
  const byHigh: Record<number, HashName> = { 1: 'md5', 2: 'sha1', 4: 'sha256', 5: 'sha384', 6: 'sha512' };
  return byHigh[scheme >> 8] ?? 'sha256';
}

function schemePadding(scheme: number): { padding?: number; saltLength?: number } {
  if (scheme >> 8 !== 8 || scheme === 0x0807 || scheme === 0x0808) return {};
  return {
    padding: crypto.constants.RSA_PKCS1_PSS_PADDING,
    saltLength: crypto.constants.RSA_PSS_SALTLEN_DIGEST,
  };
}
