import type { Name } from '../../x509/name.ts';

/** A CertificateRequest decoded whole (RFC 5246 7.4.4, RFC 8446 4.3.2). */
export interface CertificateRequest {
  /** Protocol version it came under: 0x0301 … 0x0304. */
  readonly version: number;
  /** certificate_request_context; empty except in post-handshake authentication. */
  readonly context: Uint8Array;
  /** ClientCertificateType numbers (rsa_sign 1, dss_sign 2, ecdsa_sign 64); undefined in TLS 1.3. */
  readonly certificateTypes?: readonly number[];
  /** SignatureScheme numbers in the server's order; undefined before TLS 1.2. */
  readonly signatureAlgorithms?: readonly number[];
  /** signature_algorithms_cert (50), TLS 1.3 only. */
  readonly signatureAlgorithmsCert?: readonly number[];
  /** certificate_authorities in wire order. Empty: any issuer. */
  readonly authorities: readonly Name[];
  /** Whether a list was on the wire at all: in TLS 1.3 the extension may be absent. */
  readonly authoritiesPresent: boolean;
  /** Extensions of a TLS 1.3 request by number, all of them, undecoded. */
  readonly extensions: readonly { readonly type: number; readonly data: Uint8Array }[];
  /** Length of the list of authorities on the wire, in bytes (what Schannel limits). */
  readonly authoritiesLength: number;
}
