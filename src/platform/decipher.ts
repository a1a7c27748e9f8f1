import crypto from 'node:crypto';
import type { Decipher } from '../base/decipher.ts';
import type { AeadName } from '../base/ports.ts';

const TAG_LENGTH = 16;

/** The Decipher port on node:crypto. What it returns are views that are no Buffer, for pure code knows none. */
export const nodeDecipher: Decipher = {
  open: (aead, key, nonce, aad, sealed) => {
    const split = sealed.length - TAG_LENGTH;
    if (split < 0) return null;
    const cipher = aeadDecipher(aead, key, nonce);
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

// The overloads of createDecipheriv part GCM from ChaCha20-Poly1305, so each is named.
function aeadDecipher(aead: AeadName, key: Uint8Array, nonce: Uint8Array) {
  return aead === 'chacha20-poly1305'
    ? crypto.createDecipheriv(aead, key, nonce, { authTagLength: TAG_LENGTH })
    : crypto.createDecipheriv(aead, key, nonce, { authTagLength: TAG_LENGTH });
}
