import { concat, fromHex } from '../../base/bytes.ts';
import type { CbcName, Crypto } from '../../base/ports.ts';
import { utf8Bytes } from '../../base/text.ts';
import { decryptDes } from './pbe.ts';

/** Traditional PEM encryption: `Proc-Type: 4,ENCRYPTED` and `DEK-Info` in the headers of a key (RFC 1421 4.6.1). */

/** Whether the headers of a PEM block say that its body is encrypted. */
export function isEncryptedPem(headers: string): boolean {
  return /^Proc-Type:\s*4\s*,\s*ENCRYPTED/im.test(headers);
}

const CIPHERS: Readonly<Record<string, { readonly name: CbcName | 'des-cbc'; readonly keyLength: number }>> =
  {
    'DES-CBC': { name: 'des-cbc', keyLength: 8 },
    'DES-EDE3-CBC': { name: 'des-ede3-cbc', keyLength: 24 },
    'AES-128-CBC': { name: 'aes-128-cbc', keyLength: 16 },
    'AES-192-CBC': { name: 'aes-192-cbc', keyLength: 24 },
    'AES-256-CBC': { name: 'aes-256-cbc', keyLength: 32 },
  };

export type OpenedPem =
  | { readonly is: 'opened'; readonly plain: Uint8Array }
  | { readonly is: 'wrong-password' }
  | { readonly is: 'unsupported'; readonly what: string };

/** Decrypts the body of such a block. */
export async function openPem(
  headers: string,
  body: Uint8Array,
  password: string,
  crypto: Crypto,
): Promise<OpenedPem> {
  const [, name = '', hex = ''] = /^DEK-Info:\s*([\w-]+)\s*,\s*([0-9A-Fa-f]+)/im.exec(headers) ?? [];
  const cipher = CIPHERS[name.toUpperCase()];
  if (!cipher || hex.length % 2 !== 0 || hex.length < 16) {
    return { is: 'unsupported', what: `PEM encryption ${name || 'without DEK-Info'}` };
  }
  const iv = fromHex(hex);
  const key = keyFor(utf8Bytes(password), iv.subarray(0, 8), cipher.keyLength, crypto);
  try {
    const plain =
      cipher.name === 'des-cbc'
        ? await decryptDes(key, iv, body, crypto)
        : await crypto.decryptCbc(cipher.name, key, iv, body);
    return { is: 'opened', plain };
  } catch {
    return { is: 'wrong-password' };
  }
}

/** EVP_BytesToKey with MD5 and one round, the only derivation these files know (OpenSSL's PEM_do_header). */
function keyFor(password: Uint8Array, salt: Uint8Array, length: number, crypto: Crypto): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let made = 0; made < length; made += 16) {
    parts.push(crypto.digest('md5', concat([...parts.slice(-1), password, salt])));
  }
  return concat(parts).subarray(0, length);
}
