/** LocalMachine stores as Windows spells them (domain 8.1); names compare without case. */
const SPELLED = [
  'My',
  'Root',
  'CA',
  'AuthRoot',
  'ClientAuthIssuer',
  'Trust',
  'TrustedPublisher',
  'Disallowed',
  'TrustedPeople',
  'WebHosting',
  'SmartCardRoot',
  'FlightRoot',
  'TrustedDevices',
  'AdfsTrustedDevices',
];

/**
 * In the order in which Windows 10 and servers list them (domain 8.1, public listings). The others of SPELLED come
 * with other software.
 */
export const STANDARD_STORES: readonly string[] = [
  'TrustedPublisher',
  'ClientAuthIssuer',
  'Remote Desktop',
  'Root',
  'TrustedDevices',
  'WebHosting',
  'CA',
  'REQUEST',
  'AuthRoot',
  'FlightRoot',
  'TrustedPeople',
  'My',
  'SmartCardRoot',
  'Trust',
  'Disallowed',
];

/** Names on screen, English (domain 8.1). German: only that of My has a sample. */
const DISPLAY: Readonly<Record<string, string>> = {
  my: 'Personal',
  root: 'Trusted Root Certification Authorities',
  ca: 'Intermediate Certification Authorities',
  authroot: 'Third-Party Root Certification Authorities',
  clientauthissuer: 'Client Authentication Issuers',
  trust: 'Enterprise Trust',
  trustedpublisher: 'Trusted Publishers',
  disallowed: 'Untrusted Certificates',
  trustedpeople: 'Trusted People',
  webhosting: 'Web Hosting',
  smartcardroot: 'Smart Card Trusted Roots',
  request: 'Certificate Enrollment Requests',
  flightroot: 'Preview Build Roots',
  trusteddevices: 'Trusted Devices',
  'remote desktop': 'Remote Desktop',
};

export function displayName(name: string, language: 'en' | 'de' = 'en'): string | undefined {
  if (language === 'de' && storeKey(name) === 'my') return 'Eigene Zertifikate';
  return DISPLAY[storeKey(name)];
}

/** Key of a store in Host.stores. */
export const storeKey = (name: string): string => name.toLowerCase();

/** 'clientauthissuer' -> 'ClientAuthIssuer'; a name that Windows does not bring along stays as it is. */
export const spelledStore = (name: string): string => knownStore(name) ?? name;

/** As Windows spells it; undefined for a name that Windows does not bring along. */
export const knownStore = (name: string): string | undefined =>
  [...SPELLED, ...STANDARD_STORES].find((one) => storeKey(one) === storeKey(name));

/** A record without Certificate Store Name uses My (domain 1.3 [SDK]). */
export const DEFAULT_CERTIFICATE_STORE = 'MY';
