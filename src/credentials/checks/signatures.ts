import { schemesOnCertificate } from '../../clients/rules/schemes.ts';
import type { CertificateRequest } from '../../wire/tls/handshake/certificate-request.ts';
import { version } from '../../wire/tls/registry/index.ts';
import type { Certificate } from '../../wire/x509/certificate.ts';
import { isSelfIssued, some, subjectOf } from '../facts.ts';
import { type CredentialCheck, type Remark, remark } from '../remark.ts';

/** The algorithms of the signatures on the chain. Nobody looks at the one on a root. */
export const signatures: CredentialCheck = ({ leaf, held, requests }) => {
  const signed = [leaf, ...held].filter((one) => !isSelfIssued(one));
  return [...signed.flatMap(weak), ...requests.flatMap((request) => notListed(signed, request))];
};

const WEAK: Readonly<Record<string, { readonly hash: string; readonly severity: 'stops' | 'risks' }>> = {
  '1.2.840.113549.1.1.2': { hash: 'MD2', severity: 'stops' },
  '1.2.840.113549.1.1.3': { hash: 'MD4', severity: 'stops' },
  '1.2.840.113549.1.1.4': { hash: 'MD5', severity: 'stops' },
  '1.2.840.113549.1.1.5': { hash: 'SHA-1', severity: 'risks' },
  '1.3.14.3.2.29': { hash: 'SHA-1', severity: 'risks' },
  '1.2.840.10040.4.3': { hash: 'SHA-1', severity: 'risks' },
  '1.2.840.10045.4.1': { hash: 'SHA-1', severity: 'risks' },
};

function weak(one: Certificate): Remark[] {
  const pss = one.signaturePssHash === 'sha1' ? WEAK['1.2.840.113549.1.1.5'] : undefined;
  const found = WEAK[one.signatureOid] ?? pss;
  if (!found) return [];
  return [
    remark(
      found.severity,
      'weak-signature',
      { subject: subjectOf(one), hash: found.hash },
      'RFC 9155',
      'RFC 6151',
    ),
  ];
}

/** signature_algorithms_cert, or without it signature_algorithms, holds for the chain, too. Java (PKIX) insists. */
function notListed(signed: readonly Certificate[], request: CertificateRequest): Remark[] {
  const listed = request.signatureAlgorithmsCert ?? request.signatureAlgorithms;
  if (!listed || listed.length === 0) return [];
  const odd = signed.filter((one) => {
    const schemes = schemesOnCertificate(one);
    return schemes.length > 0 && !schemes.some((id) => listed.includes(id));
  });
  if (odd.length === 0) return [];
  const facts = { version: version.name(request.version), subjects: some(odd.map(subjectOf)) };
  return [remark('risks', 'chain-signature-not-listed', facts, 'RFC 8446 4.2.3', 'RFC 5246 7.4.4')];
}
