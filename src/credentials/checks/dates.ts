import type { Certificate } from '../../wire/x509/certificate.ts';
import { day, subjectOf } from '../facts.ts';
import { type CredentialCheck, type Remark, remark } from '../remark.ts';

const DAY = 86_400_000;
/** Within this many days a certificate is about to end. */
const SOON = 30;
const CITES = 'RFC 5280 4.1.2.5';

/** The validity of the leaf and of every CA certificate held above it. */
export const validity: CredentialCheck = ({ leaf, held, at }) => [
  ...datesOf(leaf, at, ''),
  ...held.flatMap((one) => datesOf(one, at, 'issuer-')),
];

function datesOf(one: Certificate, at: number, prefix: '' | 'issuer-'): Remark[] {
  const own = prefix === '';
  const facts = { subject: subjectOf(one), from: day(one.notBefore), until: day(one.notAfter) };
  if (at > one.notAfter) return [remark(own ? 'stops' : 'risks', `${prefix}expired`, facts, CITES)];
  if (at < one.notBefore) return [remark(own ? 'stops' : 'risks', `${prefix}not-yet-valid`, facts, CITES)];
  const count = Math.floor((one.notAfter - at) / DAY);
  return count > SOON ? [] : [remark('risks', `${prefix}expires-soon`, { ...facts, count }, CITES)];
}
