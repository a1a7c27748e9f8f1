/** The shell's services that pure layers may ask for, as interfaces. Implemented in platform/. */

export type HashName = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** Digests are synchronous everywhere; they are all that readers and models ever need of cryptography. */
export interface Digest {
  digest(hash: HashName, data: Uint8Array): Uint8Array;
}

export type AeadName = 'aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305';
export type CbcName = 'aes-128-cbc' | 'aes-192-cbc' | 'aes-256-cbc' | 'des-ede3-cbc';
export type GroupName =
  | 'x25519'
  | 'secp256r1'
  | 'secp384r1'
  | 'secp521r1'
  | 'ffdhe2048'
  | 'ffdhe3072'
  | 'ffdhe4096'
  | 'x25519mlkem768';

/** A key pair of a key exchange whose private half stays with the port. */
export interface KeyPair {
  readonly publicKey: Uint8Array;
  /** Rejects when the peer's is no key of the same group. */
  agree(peer: Uint8Array): Promise<Uint8Array>;
}

export interface KeyShare extends KeyPair {
  readonly group: GroupName;
}

/** A private key that signs inside the port; never exported. */
export interface SigningKey {
  readonly kind: 'rsa' | 'rsa-pss' | 'ec' | 'ed25519' | 'ed448' | 'other';
  /** SubjectPublicKeyInfo DER of its public half: tells which certificate it belongs to. */
  readonly spki: Uint8Array;
  /** Signs `data` under a TLS SignatureScheme number (RFC 8446 4.2.3), or 0xff01: RSA over MD5 and SHA-1 (RFC 2246 7.4.8). */
  sign(scheme: number, data: Uint8Array): Promise<Uint8Array>;
}

/** Cryptography for TLS and PKCS#12, called only by the shell's drivers. */
export interface Crypto extends Digest {
  random(length: number): Uint8Array;
  /** The digest of the digest of …, `times` in all: the inner loop of PBKDF1 and PKCS#12, up to millions of rounds. */
  digestRepeatedly(hash: HashName, data: Uint8Array, times: number): Uint8Array;
  hmac(hash: HashName, key: Uint8Array, data: Uint8Array): Promise<Uint8Array>;
  /** What keyShare can do here. */
  readonly groups: readonly GroupName[];
  keyShare(group: GroupName): Promise<KeyShare>;
  /**
   * Diffie-Hellman in a group of the peer's choice, numbers big-endian; keys and secrets are as long as the prime.
   * Rejects for a group that is none, or larger than 8192 bits.
   */
  dhPair(prime: Uint8Array, generator: Uint8Array): Promise<KeyPair>;
  /** RSAES-PKCS1-v1_5 (RFC 8017 7.2.1) to an RSA SubjectPublicKeyInfo; rejects for another key. */
  rsaEncrypt(spki: Uint8Array, data: Uint8Array): Promise<Uint8Array>;
  seal(
    aead: AeadName,
    key: Uint8Array,
    nonce: Uint8Array,
    aad: Uint8Array,
    plain: Uint8Array,
  ): Promise<Uint8Array>;
  /** Rejects when the tag does not fit. */
  open(
    aead: AeadName,
    key: Uint8Array,
    nonce: Uint8Array,
    aad: Uint8Array,
    sealed: Uint8Array,
  ): Promise<Uint8Array>;
  /** RFC 8018 5.2. */
  pbkdf2(
    hash: HashName,
    password: Uint8Array,
    salt: Uint8Array,
    iterations: number,
    length: number,
  ): Promise<Uint8Array>;
  /** CBC with PKCS#7 padding, for password-protected key files. Rejects when the padding does not fit. */
  decryptCbc(cipher: CbcName, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Promise<Uint8Array>;
  /** CBC over whole blocks, without padding: the records of TLS 1.0 to 1.2. */
  encryptBlocks(cipher: CbcName, key: Uint8Array, iv: Uint8Array, blocks: Uint8Array): Promise<Uint8Array>;
  decryptBlocks(cipher: CbcName, key: Uint8Array, iv: Uint8Array, blocks: Uint8Array): Promise<Uint8Array>;
  /** Whether `signature` over `data` under a TLS SignatureScheme number is by the key of `spki`. */
  verify(scheme: number, spki: Uint8Array, data: Uint8Array, signature: Uint8Array): Promise<boolean>;
  /** PKCS#8 DER, or null for a key this platform cannot use. */
  signingKey(pkcs8: Uint8Array): Promise<SigningKey | null>;
}

export interface Clock {
  /** Milliseconds since 1970 UTC. */
  now(): number;
}
