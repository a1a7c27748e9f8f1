import crypto from 'node:crypto';
import type { AeadSeen, Decipher } from '../base/decipher.ts';

/** The Decipher port on node:crypto. What it returns are views that are no Buffer, for pure code knows none. */
export const nodeDecipher: Decipher = {
  open: (aead, key, nonce, aad, sealed, tagLength) => {
    const split = sealed.length - tagLength;
    if (split < 0) return null;
    const cipher = aeadDecipher(aead, key, nonce, tagLength);
    cipher.setAAD(aad, { plaintextLength: split });
    cipher.setAuthTag(sealed.subarray(split));
    try {
      return new Uint8Array(Buffer.concat([cipher.update(sealed.subarray(0, split)), cipher.final()]));
    } catch {
      return null;
    }
  },
  decryptBlocks: (name, key, iv, data) => {
    if (data.length % iv.length !== 0) return null;
    const cipher = crypto.createDecipheriv(name, key, iv).setAutoPadding(false);
    return new Uint8Array(Buffer.concat([cipher.update(data), cipher.final()]));
  },
};

// The overloads of createDecipheriv part GCM, CCM and ChaCha20-Poly1305, so each is named.
function aeadDecipher(aead: AeadSeen, key: Uint8Array, nonce: Uint8Array, authTagLength: number) {
  switch (aead) {
    case 'chacha20-poly1305':
      return crypto.createDecipheriv(aead, key, nonce, { authTagLength });
    case 'aes-128-ccm':
    case 'aes-256-ccm':
      return crypto.createDecipheriv(aead, key, nonce, { authTagLength });
    default:
      return crypto.createDecipheriv(aead, key, nonce, { authTagLength });
  }
}
