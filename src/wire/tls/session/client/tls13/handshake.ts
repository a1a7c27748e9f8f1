import type { CertificateRequest } from '../../../handshake/certificate-request.ts';
import type { Hashing } from '../../hkdf.ts';
import type { HandshakeSecrets, TrafficSecrets } from '../../key-schedule.ts';
import type { Suite } from '../../suite.ts';

/** What a TLS 1.3 handshake has settled so far. */
export interface Handshake13 {
  readonly suite: Suite;
  readonly hashing: Hashing;
  readonly secrets: HandshakeSecrets;
  readonly request: CertificateRequest | null;
  readonly resumed: boolean;
}

/** What remains of it once it is over. */
export interface Secured13 {
  readonly traffic: TrafficSecrets;
  /** What tickets turn into keys. */
  readonly resumption: Uint8Array;
}
