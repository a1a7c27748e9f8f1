import type { AeadSeen, BlockCipherSeen } from '../../../base/decipher.ts';
import type { HashName } from '../../../base/ports.ts';
import { cipherSuite } from '../registry/cipher-suite.ts';

/** How records of a recorded conversation were protected: with more than what we would speak ourselves. */
export type SeenCipher =
  | {
      readonly is: 'aead';
      readonly name: AeadSeen;
      readonly keyLength: number;
      /** Bytes of the nonce that come from the key block; the rest, 8, stands in each record (RFC 5288 3). */
      readonly ivLength: 4 | 12;
      readonly tagLength: 8 | 16;
    }
  | {
      readonly is: 'cbc';
      readonly name: BlockCipherSeen;
      readonly keyLength: number;
      readonly blockLength: 8 | 16;
      readonly mac: HashName;
    }
  /** 'null': a MAC without encryption. */
  | {
      readonly is: 'stream';
      readonly name: 'rc4' | 'null';
      readonly keyLength: number;
      readonly mac: HashName;
    };

export interface SeenSuite {
  readonly cipher: SeenCipher;
  /** Of the key schedule of TLS 1.3 and the PRF of TLS 1.2. */
  readonly hash: HashName;
}

const known = new Map<number, SeenSuite | null>();

/** By the suite's name, which says all of it; how the parties came to a secret does not matter. null: none of ours. */
export function seenSuite(code: number): SeenSuite | null {
  const before = known.get(code);
  if (before !== undefined) return before;
  const suite = suiteNamed(cipherSuite.name(code));
  known.set(code, suite);
  return suite;
}

function suiteNamed(name: string): SeenSuite | null {
  const [, exchange, cipher = '', hash = ''] =
    /^TLS_(?:(\w+)_WITH_)?(\w*?(?:_CCM_8|_CCM|_GCM|_CBC|_POLY1305|RC4_128|NULL))(?:_(MD5|SHA\d*))?$/.exec(
      name,
    ) ?? [];
  const isNew = exchange === undefined;
  const found = aeadNamed(cipher, isNew) ?? (isNew ? null : macNamed(cipher, hash));
  return found && { cipher: found, hash: hash === 'SHA384' ? 'sha384' : 'sha256' };
}

function aeadNamed(name: string, isNew: boolean): SeenCipher | null {
  if (name === 'CHACHA20_POLY1305')
    return { is: 'aead', name: 'chacha20-poly1305', keyLength: 32, ivLength: 12, tagLength: 16 };
  const [, bits, mode, short] = /^AES_(128|256)_(GCM|CCM)(_8)?$/.exec(name) ?? [];
  if (!bits || !mode) return null;
  return {
    is: 'aead',
    name: `aes-${bits === '128' ? '128' : '256'}-${mode === 'GCM' ? 'gcm' : 'ccm'}`,
    keyLength: Number(bits) / 8,
    ivLength: isNew ? 12 : 4,
    tagLength: short ? 8 : 16,
  };
}

function macNamed(name: string, hash: string): SeenCipher | null {
  const mac = ({ MD5: 'md5', SHA: 'sha1', SHA256: 'sha256', SHA384: 'sha384' } as const)[hash];
  if (!mac) return null;
  if (name === 'RC4_128') return { is: 'stream', name: 'rc4', keyLength: 16, mac };
  if (name === 'NULL') return { is: 'stream', name: 'null', keyLength: 0, mac };
  if (name === '3DES_EDE_CBC') return { is: 'cbc', name: 'des-ede3-cbc', keyLength: 24, blockLength: 8, mac };
  const [, family, bits] = /^(AES|CAMELLIA)_(128|256)_CBC$/.exec(name) ?? [];
  if (!family) return null;
  const [cipher, size] = [family === 'AES' ? 'aes' : 'camellia', bits === '128' ? '128' : '256'] as const;
  return { is: 'cbc', name: `${cipher}-${size}-cbc`, keyLength: Number(size) / 8, blockLength: 16, mac };
}
