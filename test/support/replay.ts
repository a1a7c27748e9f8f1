import type { Crypto, SigningKey } from '../../src/base/ports.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';

export interface Remembered {
  readonly crypto: Crypto;
  /** ECDSA signatures differ each time, so a key's are remembered as well. */
  remember(key: SigningKey): SigningKey;
  rewind(): void;
}

/**
 * Cryptography whose chance is remembered: what was drawn once is drawn again, in order, after `rewind`. So a session
 * can be run a second time on the bytes that a real server sent to the first.
 */
export function rememberedCrypto(): Remembered {
  const drawn: unknown[] = [];
  let at = 0;
  const draw = <T>(make: () => T): T => {
    if (at === drawn.length) drawn.push(make());
    return drawn[at++] as T;
  };
  return {
    crypto: {
      ...nodeCrypto,
      random: (length) => draw(() => nodeCrypto.random(length)),
      keyShare: (group) => draw(() => nodeCrypto.keyShare(group)),
      dhPair: (prime, generator) => draw(() => nodeCrypto.dhPair(prime, generator)),
      rsaEncrypt: (spki, data) => draw(() => nodeCrypto.rsaEncrypt(spki, data)),
    },
    remember: (key) => ({ ...key, sign: (scheme, data) => draw(() => key.sign(scheme, data)) }),
    rewind: () => {
      at = 0;
    },
  };
}
