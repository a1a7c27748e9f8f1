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

/** Key of a store in Host.stores. */
export const storeKey = (name: string): string => name.toLowerCase();

/** 'clientauthissuer' -> 'ClientAuthIssuer'; a name that Windows does not bring along stays as it is. */
export const spelledStore = (name: string): string => knownStore(name) ?? name;

/** As Windows spells it; undefined for a name that Windows does not bring along. */
export const knownStore = (name: string): string | undefined =>
  SPELLED.find((one) => storeKey(one) === storeKey(name));

/** A record without Certificate Store Name uses My (domain 1.3 [SDK]). */
export const DEFAULT_CERTIFICATE_STORE = 'MY';
