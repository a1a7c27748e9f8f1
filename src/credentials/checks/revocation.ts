import type { Certificate } from '../../wire/x509/certificate.ts';
import { isSelfIssued, some, subjectOf } from '../facts.ts';
import { type CredentialCheck, type Remark, remark } from '../remark.ts';

/** Whether a server can find out that the certificate is not revoked: http.sys asks, unless told not to. */
export const revocation: CredentialCheck = ({ leaf, held }) =>
  [leaf, ...held].filter((one) => !isSelfIssued(one)).flatMap(whereToAsk);

const CITES = ['RFC 5280 4.2.1.13', 'RFC 5280 4.2.2.1'];
const IIS = 'IIS 403.13';

function whereToAsk(one: Certificate): Remark[] {
  const subject = subjectOf(one);
  const places = [...one.crlUrls, ...one.ocspUrls].filter((url) => url !== '');
  if (places.length === 0) return [remark('risks', 'revocation-nowhere', { subject }, ...CITES, IIS)];
  const open = places.filter((url) => /^https?:/i.test(url));
  if (open.length > 0) return [];
  return [remark('risks', 'revocation-ldap-only', { subject, urls: some(places, 2) }, ...CITES, IIS)];
}
