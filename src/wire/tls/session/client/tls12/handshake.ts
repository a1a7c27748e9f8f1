import type { Certificate } from '../../../../x509/certificate.ts';
import type { CertificateRequest } from '../../../handshake/certificate-request.ts';
import type { Hashing } from '../../hkdf.ts';
import type { Suite } from '../../suite.ts';

/** What a TLS 1.2 handshake has settled so far. */
export interface Handshake12 {
  readonly suite: Suite;
  readonly hashing: Hashing;
  readonly randoms: { readonly client: Uint8Array; readonly server: Uint8Array };
  readonly extendedMasterSecret: boolean;
  readonly groups: readonly number[];
  /** The server's, if it could be read. */
  readonly leaf: Certificate | null;
  /** renegotiation_info was there and fits: this connection may be renegotiated (RFC 5746). */
  readonly isBound: boolean;
}

/** The same after ServerKeyExchange and, perhaps, CertificateRequest. */
export interface Agreed12 extends Handshake12 {
  readonly peer: { readonly group: number; readonly key: Uint8Array };
  readonly request: CertificateRequest | null;
}
