import type { SigningKey } from '../../../../base/ports.ts';
import type { CertificateRequest } from '../../handshake/certificate-request.ts';
import type { RecordListener } from '../record-layer.ts';
import type { Resumption } from '../resumption.ts';

/** What a client can show: its chain, leaf first, DER, and the leaf's key. */
export interface ClientIdentity {
  readonly chain: readonly Uint8Array[];
  readonly key: SigningKey;
}

/** An earlier session, and the milliseconds since its ticket came: the session itself has no clock. */
export interface ResumeOptions {
  readonly from: Resumption;
  readonly age: number;
}

/** Labels of NSS's key log (draft-ietf-tls-keylogfile). */
export type SecretLabel =
  | 'CLIENT_RANDOM'
  | 'CLIENT_HANDSHAKE_TRAFFIC_SECRET'
  | 'SERVER_HANDSHAKE_TRAFFIC_SECRET'
  | 'CLIENT_TRAFFIC_SECRET_0'
  | 'SERVER_TRAFFIC_SECRET_0';

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
  /** Take nothing more once a CertificateRequest was read, and answer nothing: for who wants to know no more. */
  readonly untilRequest?: boolean;
  /** ALPN names to offer, best first. */
  readonly protocols?: readonly string[];
  /** Go on from an earlier session, if the server will. */
  readonly resume?: ResumeOptions;
  /** Sees each record, protected and open, as it passes. */
  readonly onRecord?: RecordListener;
  /** Sees what a line of NSS's key log holds: label, client random and secret. Whoever has it reads the connection. */
  readonly onSecret?: (label: SecretLabel, clientRandom: Uint8Array, secret: Uint8Array) => void;
}
