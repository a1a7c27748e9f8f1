import type { CertificateRequest } from '../wire/tls/handshake/certificate-request.ts';
import type { Certificate } from '../wire/x509/certificate.ts';

/** A user's certificate with all that lies beside it. */
export interface Credential {
  readonly leaf: Certificate;
  /** Everything else in its file, chain or not. */
  readonly beside: readonly Certificate[];
  /** Certificates that stand one after another in the file, the leaf too; none where a container keeps them. */
  readonly inFileOrder?: readonly Certificate[];
  /** It lies in a store of the system, where no chain has to lie beside it. */
  readonly isStored?: boolean;
  /** CA certificates known from elsewhere: the user's stores, a file given for comparison. */
  readonly elsewhere?: readonly Certificate[];
  /** Where the private key lives, in Windows' words: 'Microsoft Base Smart Card Crypto Provider'. */
  readonly provider?: string;
  /** What the platform's cryptography says of signatures on the chain, as far as it was asked. */
  readonly signatures?: readonly SignatureVerdict[];
}

export interface SignatureVerdict {
  readonly on: Certificate;
  readonly by: Certificate;
  /** unknown: an algorithm that the platform lacks. */
  readonly is: 'good' | 'bad' | 'unknown';
}

/** What the certificate is to be used for. */
export interface Use {
  /** What servers asked for, one for each TLS version seen. */
  readonly requests?: readonly CertificateRequest[];
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
}
