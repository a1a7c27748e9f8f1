import type { Certificate } from '../../../../x509/certificate.ts';
import type { CertificateRequest } from '../../../handshake/certificate-request.ts';
import type { DheParams, EcdheParams } from '../../../handshake/server-key-exchange.ts';
import type { PrfHashing } from '../../prf.ts';
import type { Suite } from '../../suite.ts';

/** What a handshake of TLS 1.0 to 1.2 has settled so far. */
export interface ClassicHandshake {
  readonly version: number;
  readonly suite: Suite;
  readonly hashing: PrfHashing;
  readonly randoms: { readonly client: Uint8Array; readonly server: Uint8Array };
  readonly extendedMasterSecret: boolean;
  readonly encryptThenMac: boolean;
  readonly groups: readonly number[];
  /** client_version of our hello, which goes into an RSA premaster secret (RFC 5246 7.4.7.1). */
  readonly offeredVersion: number;
  /** The server's, if it could be read. */
  readonly leaf: Certificate | null;
  /** renegotiation_info was there and fits: this connection may be renegotiated (RFC 5746). */
  readonly isBound: boolean;
  /** The server's, by which it may know the session later. */
  readonly sessionId: Uint8Array;
}

/** The server's part of the key exchange; for RSA its certificate is all of it. */
export type ServerExchange =
  | ({ readonly is: 'ecdhe' } & Pick<EcdheParams, 'group' | 'key'>)
  | ({ readonly is: 'dhe' } & Pick<DheParams, 'prime' | 'generator' | 'key'>)
  | { readonly is: 'rsa' };

/** The same after ServerKeyExchange and, perhaps, CertificateRequest. */
export interface AgreedHandshake extends ClassicHandshake {
  readonly exchange: ServerExchange;
  readonly request: CertificateRequest | null;
}
