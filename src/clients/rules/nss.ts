import type { IssuerRule } from './issuer-list.ts';
import type { Abilities } from './schemes.ts';
import { forClientAuth, mayDigitallySign, notACa, valid } from './usage.ts';
import type { Check } from './verdict.ts';

/** What the browsers on NSS share: CERT_FilterCertListByUsage(certUsageSSLClient) and the dates. */
export const NSS_USAGE: readonly Check[] = [
  mayDigitallySign('withheld'),
  notACa,
  forClientAuth('does not count'),
  valid('both ends'),
];

/** SHA-1 is used under TLS 1.2 when nothing better is offered (observed). */
export const NSS_ABILITIES: Abilities = { sha1: true, pssKeys: true };

/** The database holds what came with the identity; of whatever else lies there the file decides nothing. */
export const NSS_DATABASE: IssuerRule = {
  comparison: 'der',
  parents: 'store',
  place: 'nss-database',
  unknownStore: 'file decides',
};
