import crypto from 'node:crypto';
import type { GroupName, KeyPair, KeyShare } from '../base/ports.ts';

/** Key exchanges of TLS on node:crypto. */
export async function keyShare(group: GroupName): Promise<KeyShare> {
  switch (group) {
    case 'x25519':
      return x25519Share();
    case 'secp256r1':
    case 'secp384r1':
    case 'secp521r1':
      return curveShare(group);
    case 'ffdhe2048':
    case 'ffdhe3072':
    case 'ffdhe4096':
      return ffdheShare(group);
    case 'x25519mlkem768':
      return hybridShare();
  }
}

/** By JSON Web Keys (RFC 8037): OpenSSL takes seven times as long to read a SubjectPublicKeyInfo. */
function x25519Share(): KeyShare {
  const pair = crypto.generateKeyPairSync('x25519');
  const { x } = pair.publicKey.export({ format: 'jwk' });
  return {
    group: 'x25519',
    publicKey: Buffer.from(x!, 'base64url'),
    agree: async (peer) => {
      const key = { kty: 'OKP', crv: 'X25519', x: Buffer.from(peer).toString('base64url') };
      const other = crypto.createPublicKey({ key, format: 'jwk' });
      return crypto.diffieHellman({ privateKey: pair.privateKey, publicKey: other });
    },
  };
}

function curveShare(group: 'secp256r1' | 'secp384r1' | 'secp521r1'): KeyShare {
  const ecdh = crypto.createECDH(group === 'secp256r1' ? 'prime256v1' : group);
  const publicKey = ecdh.generateKeys();
  return { group, publicKey, agree: async (peer) => ecdh.computeSecret(peer) };
}

/** Node's ML-KEM, from version 24.7 on; our types are those of Node 20. */
interface Kem {
  generateKeyPairSync(type: 'ml-kem-768'): crypto.KeyPairKeyObjectResult;
  decapsulate(key: crypto.KeyObject, ciphertext: Uint8Array): Buffer;
}
const kem: Kem | null = 'decapsulate' in crypto ? (crypto as unknown as Kem) : null;

/** Bytes of an encapsulation key and of a ciphertext of ML-KEM-768 (FIPS 203 8). */
const [KEM_KEY, KEM_CIPHERTEXT] = [1184, 1088];

/** X25519MLKEM768: both keys one after the other, and both secrets (draft-ietf-tls-ecdhe-mlkem 4). */
function hybridShare(): KeyShare {
  if (!kem) throw new Error('this Node has no ML-KEM');
  const { publicKey, privateKey } = kem.generateKeyPairSync('ml-kem-768');
  const classic = x25519Share();
  // The key ends its SubjectPublicKeyInfo.
  const encapsulation = publicKey.export({ type: 'spki', format: 'der' }).subarray(-KEM_KEY);
  return {
    group: 'x25519mlkem768',
    publicKey: Buffer.concat([encapsulation, classic.publicKey]),
    agree: async (peer) => {
      const [ciphertext, point] = [peer.subarray(0, KEM_CIPHERTEXT), peer.subarray(KEM_CIPHERTEXT)];
      return Buffer.concat([kem.decapsulate(privateKey, ciphertext), await classic.agree(point)]);
    },
  };
}

export const groups: readonly GroupName[] = [
  'x25519',
  'secp256r1',
  'secp384r1',
  'secp521r1',
  'ffdhe2048',
  'ffdhe3072',
  'ffdhe4096',
  ...(kem ? (['x25519mlkem768'] as const) : []),
];

const MIN_PRIME_BITS = 256;
const MAX_PRIME_BITS = 8192;
/** Twice the strength of any group up to the largest (RFC 7919 appendix A). */
const EXPONENT_BYTES = 50;

/**
 * In whole numbers of our own: node:crypto tests a foreign prime for seconds, and OpenSSL turns small ones away,
 * where we want to hear what such a server asks for.
 */
export async function dhPair(prime: Uint8Array, generator: Uint8Array): Promise<KeyPair> {
  const [p, g] = [toNumber(prime), toNumber(generator)];
  const bits = p.toString(2).length;
  if (bits < MIN_PRIME_BITS || bits > MAX_PRIME_BITS || p % 2n === 0n || g < 2n || g > p - 2n)
    throw new Error(`no group for Diffie-Hellman, or one of ${bits} bits`);
  return pairIn(p, g);
}

function pairIn(p: bigint, g: bigint): KeyPair {
  const length = Math.ceil(p.toString(16).length / 2);
  const secret = toNumber(crypto.randomBytes(EXPONENT_BYTES));
  return {
    publicKey: toBytes(power(g, secret, p), length),
    agree: async (peer) => {
      const other = toNumber(peer);
      // RFC 7919 5.1.
      if (other < 2n || other > p - 2n) throw new Error('a public key out of range');
      return toBytes(power(other, secret, p), length);
    },
  };
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let square = base % modulus, left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** What is added to the binary digits of e to reach a safe prime (RFC 7919 appendix A). */
const FFDHE: Readonly<
  Record<'ffdhe2048' | 'ffdhe3072' | 'ffdhe4096', readonly [bits: bigint, plus: bigint]>
> = {
  ffdhe2048: [2048n, 560_316n],
  ffdhe3072: [3072n, 2_625_351n],
  ffdhe4096: [4096n, 5_736_041n],
};

/** Keys are padded to the length of the prime (RFC 8446 4.2.8.1). */
function ffdheShare(group: keyof typeof FFDHE): KeyShare {
  const { publicKey, agree } = pairIn(ffdhePrime(group), 2n);
  return {
    group,
    publicKey,
    agree: async (peer) => {
      if (peer.length !== publicKey.length) throw new Error(`a key of ${peer.length} bytes`);
      return agree(peer);
    },
  };
}

function ffdhePrime(group: keyof typeof FFDHE): bigint {
  const [bits, plus] = FFDHE[group];
  return (1n << bits) - (1n << (bits - 64n)) + ((digitsOfE(bits - 130n) + plus) << 64n) - 1n;
}

/** The whole part of e times a power of two. */
function digitsOfE(bits: bigint): bigint {
  const guard = 64n;
  let sum = 0n;
  for (let term = 1n << (bits + guard), k = 1n; term > 0n; term /= k++) sum += term;
  return sum >> guard;
}

const toNumber = (bytes: Uint8Array): bigint => BigInt(`0x0${Buffer.from(bytes).toString('hex')}`);

const toBytes = (value: bigint, length: number): Uint8Array =>
  new Uint8Array(Buffer.from(value.toString(16).padStart(2 * length, '0'), 'hex'));
