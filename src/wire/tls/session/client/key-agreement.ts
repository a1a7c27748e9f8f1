import type { KeyPair } from '../../../../base/ports.ts';
import { ALERT } from '../../registry/alert.ts';
import { Violation } from '../violation.ts';

/** The shared secret; a peer's key that is no point of the group is the peer's fault. */
export async function agree(pair: KeyPair, peer: Uint8Array, group: string): Promise<Uint8Array> {
  try {
    return await pair.agree(peer);
  } catch {
    throw new Violation(ALERT.illegalParameter, `a key exchange that is no valid ${group} key`);
  }
}
