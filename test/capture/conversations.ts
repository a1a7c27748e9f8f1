import { observe } from '../../src/evidence/capture/observe.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { nodeDecipher } from '../../src/platform/decipher.ts';
import { KeyLog } from '../../src/wire/tls/passive/key-log.ts';
import type { SeenConversation } from '../../src/wire/tls/passive/seen.ts';

/** The conversations of a capture as they are seen below the claims. */
export function conversationsOf(capture: Uint8Array, keyLog: string): SeenConversation[] {
  const secrets = new KeyLog();
  secrets.add(keyLog);
  const all: SeenConversation[] = [];
  const sink = { tls: (seen: SeenConversation) => void all.push(seen), dtls() {}, note() {} };
  const opening = { digest: nodeCrypto, decipher: nodeDecipher };
  const open = observe(capture, sink, { keyLog: secrets, opening });
  open?.push(capture);
  open?.end();
  return all;
}
