import type { Message } from '../base/message.ts';
import type { CertificateRequest } from '../wire/tls/handshake/certificate-request.ts';
import type { Certificate } from '../wire/x509/certificate.ts';
import type { Credential } from './credential.ts';

/** Something about a certificate that its user should know. The words are in words/<language>.ts, by `id`. */
export interface Remark {
  readonly id: string;
  readonly severity: Severity;
  readonly message: Message;
  /** Documents: 'RFC 5280 4.2.1.12', 'KB5014754'. */
  readonly cites: readonly string[];
}

/** stops: no logon as it is; risks: fails with some clients or servers; note: good to know. */
export type Severity = 'stops' | 'risks' | 'note';

export interface Question {
  readonly credential: Credential;
  readonly leaf: Certificate;
  /** Issuers of the leaf in its own file, nearest first. */
  readonly held: readonly Certificate[];
  readonly requests: readonly CertificateRequest[];
  readonly at: number;
}

export type CredentialCheck = (question: Question) => readonly Remark[];

/** `what` is the id without its prefix: the words of all remarks share one catalog with the rest of the report. */
export function remark(
  severity: Severity,
  what: string,
  facts: Message['facts'],
  ...cites: readonly string[]
): Remark {
  const id = `certificate-${what}`;
  return { id, severity, message: { id, facts }, cites };
}
