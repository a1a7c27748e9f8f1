import type { Certificate } from '../../../x509/certificate.ts';
import type { Alert } from '../../alert.ts';
import type { CertificateRequest } from '../../handshake/certificate-request.ts';
import type { Resumption } from '../resumption.ts';

/** When a server asked for a certificate. */
export type Asked = 'handshake' | 'renegotiation' | 'post-handshake';

/** What a session saw or did, in order. */
export type SessionEvent =
  | {
      readonly is: 'server-hello';
      readonly version: number;
      readonly cipherSuite: number;
      /** It goes on from an earlier session: no certificate is shown or asked for. */
      readonly resumed: boolean;
    }
  /** ALPN: what the server chose. */
  | { readonly is: 'protocol'; readonly protocol: string }
  /** A later connection may go on from here. */
  | { readonly is: 'resumption'; readonly resumption: Resumption }
  | { readonly is: 'server-certificate'; readonly chain: readonly Certificate[] }
  | { readonly is: 'server-signature'; readonly verdict: 'good' | 'bad' | 'unchecked' }
  | { readonly is: 'certificate-request'; readonly request: CertificateRequest; readonly asked: Asked }
  /** `sent`: certificates in the message; `scheme`: what CertificateVerify was signed with. */
  | { readonly is: 'client-certificate'; readonly sent: number; readonly scheme: number | null }
  /** Our side has finished; `confirmed`: the server has accepted it, too (TLS 1.3 does not say). */
  | { readonly is: 'connected'; readonly confirmed: boolean }
  /** A message after the handshake that a server sends only to a client it accepted. */
  | { readonly is: 'post-handshake'; readonly message: string }
  | { readonly is: 'hello-request'; readonly answered: boolean }
  | { readonly is: 'data'; readonly bytes: Uint8Array }
  /** Fatal: the peer is done with us. */
  | { readonly is: 'alert'; readonly alert: Alert }
  | { readonly is: 'closed' }
  /** The first bytes are no TLS record. */
  | { readonly is: 'not-tls'; readonly saw: Uint8Array }
  | { readonly is: 'malformed'; readonly why: string }
  | { readonly is: 'note'; readonly message: string };
