import type { Note } from '../base/locus.ts';
import type { HandshakeSeen, Logons, LooseCertificate } from '../evidence/claims.ts';
import type { Host } from '../windows/host.ts';

/**
 * Everything that was seen, grouped: hosts as the model's own state type, and what happened.
 * Hosts may be absent (nginx, HAProxy: only handshakes). Never learns what kind of file a claim came from.
 */
export interface Picture {
  readonly hosts: readonly Host[];
  readonly logons: readonly Logons[];
  readonly handshakes: readonly HandshakeSeen[];
  readonly certificates: readonly LooseCertificate[];
  readonly sources: readonly { readonly name: string; readonly kind: string; readonly claims: number }[];
  readonly notes: readonly Note[];
}
