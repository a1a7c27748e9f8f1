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
  'AdfsTrustedDevices',
];

/** Key of a store in Host.stores. */
export const storeKey = (name: string): string => name.toLowerCase();

/** 'clientauthissuer' -> 'ClientAuthIssuer'; a name that Windows does not bring along stays as it is. */
export function spelledStore(name: string): string {
  return SPELLED.find((one) => storeKey(one) === storeKey(name)) ?? name;
}

/** A record without Certificate Store Name uses My (domain 1.3 [SDK]). */
export const DEFAULT_CERTIFICATE_STORE = 'MY';
