import { concat, equalBytes, Writer } from '../../../base/bytes.ts';
import type { Crypto } from '../../../base/ports.ts';
import { encodeRecord, MAX_PLAINTEXT } from '../record.ts';
import { ALERT } from '../registry/alert.ts';
import { TLS10 } from '../registry/version.ts';
import { hashLength } from './hkdf.ts';
import type { Keys } from './prf.ts';
import { type Content, counter, type Protection, within } from './protection.ts';
import type { Cipher } from './suite.ts';
import { Violation } from './violation.ts';

export interface CbcTerms {
  readonly cipher: Cipher & { is: 'cbc' };
  readonly version: number;
  /** The MAC covers what is encrypted (RFC 7366), instead of being encrypted itself (RFC 5246 6.2.3.2). */
  readonly encryptThenMac: boolean;
}

/**
 * CBC of TLS 1.0 to 1.2. Paddings and MACs are not compared in constant time: a probe holds nothing that an oracle
 * could draw out of it, record by record.
 */
export function cbcProtection(crypto: Crypto, terms: CbcTerms, keys: Keys): Protection {
  const blocks =
    terms.version === TLS10 ? chainedBlocks(crypto, terms, keys) : freshBlocks(crypto, terms, keys);
  const macLength = hashLength(terms.cipher.mac);
  const mac = macOf(crypto, terms, keys);
  let [sent, received] = [0, 0];
  return {
    seal: async ({ type, fragment }) => {
      const count = sent++;
      if (terms.encryptThenMac) {
        const sealed = await blocks.encrypt(pad(fragment, terms));
        return encodeRecord(type, terms.version, concat([sealed, await mac(count, type, sealed)]));
      }
      const plain = concat([fragment, await mac(count, type, fragment)]);
      return encodeRecord(type, terms.version, await blocks.encrypt(pad(plain, terms)));
    },
    open: async ({ type, fragment }) => {
      const count = received++;
      const split = fragment.length - macLength;
      if (split < 0) throw bad('a record shorter than its MAC');
      if (terms.encryptThenMac) {
        const sealed = fragment.subarray(0, split);
        if (!equalBytes(await mac(count, type, sealed), fragment.subarray(split)))
          throw bad('its MAC does not fit');
        return contentOf(type, withoutPadding(await blocks.decrypt(sealed)));
      }
      const plain = withoutPadding(await blocks.decrypt(fragment));
      const end = plain.length - macLength;
      if (end < 0) throw bad('it is shorter than its MAC');
      const content = plain.subarray(0, end);
      if (!equalBytes(await mac(count, type, content), plain.subarray(end)))
        throw bad('its MAC does not fit');
      return contentOf(type, content);
    },
  };
}

const contentOf = (type: number, fragment: Uint8Array): Content => within(MAX_PLAINTEXT, { type, fragment });

const bad = (why: string): Violation =>
  new Violation(ALERT.badRecordMac, `a record that does not open with the agreed key: ${why}`);

type Mac = (count: number, type: number, covered: Uint8Array) => Promise<Uint8Array>;

const macOf =
  (crypto: Crypto, { cipher, version }: CbcTerms, { macKey }: Keys): Mac =>
  (count, type, covered) => {
    const header = new Writer().u8(type).u16(version).u16(covered.length).done();
    return crypto.hmac(cipher.mac, macKey, concat([counter(count), header, covered]));
  };

/** Whole blocks to what stands in the record, and back. */
interface Blocks {
  encrypt(padded: Uint8Array): Promise<Uint8Array>;
  decrypt(sealed: Uint8Array): Promise<Uint8Array>;
}

/** The last block of a record is the IV of the next (RFC 2246 6.2.3.2). */
function chainedBlocks(crypto: Crypto, { cipher }: CbcTerms, { key, iv }: Keys): Blocks {
  let [sent, received] = [iv, iv];
  return {
    encrypt: async (padded) => {
      const sealed = await crypto.encryptBlocks(cipher.name, key, sent, padded);
      sent = sealed.subarray(-cipher.blockLength);
      return sealed;
    },
    decrypt: async (sealed) => {
      checkBlocks(sealed, cipher.blockLength, 1);
      const iv = received;
      received = sealed.slice(-cipher.blockLength);
      return crypto.decryptBlocks(cipher.name, key, iv, sealed);
    },
  };
}

/** Each record begins with its IV (RFC 4346 6.2.3.2). */
function freshBlocks(crypto: Crypto, { cipher }: CbcTerms, { key }: Keys): Blocks {
  const { blockLength } = cipher;
  return {
    encrypt: async (padded) => {
      const iv = crypto.random(blockLength);
      return concat([iv, await crypto.encryptBlocks(cipher.name, key, iv, padded)]);
    },
    decrypt: async (sealed) => {
      checkBlocks(sealed, blockLength, 2);
      const [iv, blocks] = [sealed.subarray(0, blockLength), sealed.subarray(blockLength)];
      return crypto.decryptBlocks(cipher.name, key, iv, blocks);
    },
  };
}

function checkBlocks(sealed: Uint8Array, blockLength: number, least: number): void {
  if (sealed.length % blockLength === 0 && sealed.length >= least * blockLength) return;
  throw bad(`${sealed.length} bytes are not ${least} or more whole blocks`);
}

/** Each byte of padding says how many precede it (RFC 5246 6.2.3.2). */
function pad(bytes: Uint8Array, { cipher }: CbcTerms): Uint8Array {
  const count = cipher.blockLength - (bytes.length % cipher.blockLength);
  return concat([bytes, new Uint8Array(count).fill(count - 1)]);
}

function withoutPadding(padded: Uint8Array): Uint8Array {
  const last = padded.at(-1)!;
  const end = padded.length - last - 1;
  if (end < 0 || padded.subarray(end).some((byte) => byte !== last)) throw bad('its padding is broken');
  return padded.subarray(0, end);
}
