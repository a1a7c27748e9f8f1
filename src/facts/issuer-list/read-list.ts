import type { Message } from '../../base/message.ts';
import type { CertificateRequest } from '../../wire/tls/handshake/certificate-request.ts';
import type { Certificate } from '../../wire/x509/certificate.ts';
import type { Name } from '../../wire/x509/name.ts';
import { defectRemarks } from './defects.ts';
import { type Kind, kindRemarks, kindsOf } from './kinds.ts';
import { leafRemarks } from './leaf.ts';
import { sizeRemarks } from './sizes.ts';

/** What can be said of a list of issuers as it stood on the wire. Words: report/lang. */
export interface ListRemarks {
  readonly count: number;
  /** On the wire, without the two bytes of the list's own length. */
  readonly bytes: number;
  /** In wire order. */
  readonly names: readonly ListedName[];
  readonly remarks: readonly Message[];
}

export interface ListedName {
  readonly name: Name;
  readonly kind: Kind;
  /** A word in the name that speaks for a kind: a hint, never a finding. */
  readonly hint: 'root' | 'issuing' | null;
}

export interface AtHand {
  /** The certificate whose fate is asked. */
  readonly leaf?: Certificate;
  /** Certificates from anywhere: beside the leaf, given stores, the server's own chain. */
  readonly known?: readonly Certificate[];
}

/** Remarks on the list of one request, the weightiest first. Reads only what is given. */
export function readList(request: CertificateRequest, { leaf, known = [] }: AtHand = {}): ListRemarks {
  const { authorities, authoritiesLength } = request;
  const names = kindsOf(authorities, known);
  return {
    count: authorities.length,
    bytes: authoritiesLength,
    names,
    remarks: [
      ...(leaf ? leafRemarks(authorities, leaf, known) : []),
      ...sizeRemarks(authorities, authoritiesLength),
      ...defectRemarks(authorities),
      ...kindRemarks(names),
    ],
  };
}
