import type { AeadName, CbcName } from './ports.ts';

/** What was spoken when it was recorded, and what we would not speak. */
export type AeadSeen = AeadName | 'aes-128-ccm' | 'aes-256-ccm';
export type BlockCipherSeen = CbcName | 'camellia-128-cbc' | 'camellia-256-cbc';

/**
 * What reading a recorded conversation needs of ciphers, synchronous as readers are. It is a port of its own, and
 * optional: readers are pure push machines that a driver must not have to wait for, so the asynchronous Crypto does
 * not serve them. Node has these calls; a browser's WebCrypto has not, and there an encrypted handshake is noted as
 * unread. Holding ciphertext back for a driver to open later would need memory without bound in a long capture.
 */
export interface Decipher {
  /** The tag is the end of `sealed`. null when it does not fit. */
  open(
    aead: AeadSeen,
    key: Uint8Array,
    nonce: Uint8Array,
    aad: Uint8Array,
    sealed: Uint8Array,
    tagLength: number,
  ): Uint8Array | null;
  /** CBC as it stands: padding and MAC are left on. null when the length is no multiple of the block. */
  decryptBlocks(
    cipher: BlockCipherSeen,
    key: Uint8Array,
    iv: Uint8Array,
    data: Uint8Array,
  ): Uint8Array | null;
}
