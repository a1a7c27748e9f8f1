import type { IssuerRule } from './issuer-list.ts';
import type { Abilities } from './schemes.ts';
import { forClientAuth, mayDigitallySign, notACa, valid } from './usage.ts';
import { type Check, message, PASS, type Question } from './verdict.ts';

const NETSCAPE_CERT_TYPE = '2.16.840.1.113730.1.1';
const SSL_CLIENT = 0x80;

/** First byte of the bits of nsCertType; undefined when the extension is absent. */
function netscapeType({ identity: { leaf } }: Question): number | undefined {
  const found = leaf.extensions.find((one) => one.oid === NETSCAPE_CERT_TYPE);
  if (!found) return undefined;
  const { value } = found;
  // BIT STRING: tag, length, count of unused bits, bits.
  return value[0] === 3 ? (value[3] ?? 0) : 0;
}

/**
 * nsCertType and the extended key usage are added up: either of them may make the certificate an "SSL client", and
 * CA:TRUE stands in the way of the latter alone (certdb.c cert_ComputeCertType).
 */
const sslClient: Check = (question) => {
  const type = netscapeType(question);
  if (type !== undefined && (type & SSL_CLIENT) !== 0) return PASS;
  if (type !== undefined && !question.identity.leaf.extendedKeyUsage) {
    return {
      is: 'stop',
      offer: 'withheld',
      rule: 'netscape-cert-type',
      reason: message('netscape-cert-type'),
      changes: [message('use-netscape-client')],
    };
  }
  const asCa = notACa(question);
  return asCa.is === 'stop' ? asCa : forClientAuth('does not count')(question);
};

/** What the browsers on NSS share: CERT_FilterCertListByUsage(certUsageSSLClient) and the dates. */
export const NSS_USAGE: readonly Check[] = [mayDigitallySign('withheld'), sslClient, valid('both ends')];

/** SHA-1 is used under TLS 1.2 when nothing better is offered (observed). */
export const NSS_ABILITIES: Abilities = { sha1: true, pssKeys: true };

/** The database holds what came with the identity; of whatever else lies there the file decides nothing. */
export const NSS_DATABASE: IssuerRule = {
  comparison: 'der',
  parents: 'store',
  place: 'nss-database',
  unknownStore: 'file decides',
};
