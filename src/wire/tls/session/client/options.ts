import type { SigningKey } from '../../../../base/ports.ts';
import type { CertificateRequest } from '../../handshake/certificate-request.ts';

/** What a client can show: its chain, leaf first, DER, and the leaf's key. */
export interface ClientIdentity {
  readonly chain: readonly Uint8Array[];
  readonly key: SigningKey;
}

export interface ClientOptions {
  /** Versions to offer: 0x0301 to 0x0304. */
  readonly versions: readonly number[];
  /** server_name to send; null: none. */
  readonly serverName: string | null;
  /** What to answer a CertificateRequest with; null or absent: an empty Certificate. */
  readonly choose?: (request: CertificateRequest) => ClientIdentity | null;
  /** NamedGroups to offer, best first, and those of them to send a TLS 1.3 key share for at once. */
  readonly groups?: readonly number[];
  readonly shares?: readonly number[];
  readonly cipherSuites?: readonly number[];
  /** Offer post_handshake_auth (RFC 8446 4.2.6). Servers behave otherwise when it is offered; default no. */
  readonly postHandshakeAuth?: boolean;
  /** Answer a HelloRequest of TLS 1.2 with a new handshake, or refuse with no_renegotiation. Default yes. */
  readonly renegotiate?: boolean;
}
