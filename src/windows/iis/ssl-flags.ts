import type { SiteBinding } from '../host.ts';
import type { BindingField, BindingKey, NetshColumn } from '../http-sys/binding.ts';
import { parseInformation } from './access.ts';

/** `sslFlags` of an IIS https binding and the http.sys record that stands behind it (domain 1.2, 5.3). */

export const SNI = 1;
export const CENTRAL_STORE = 2;

/** Bits that IIS writes into the record, each with the generation whose IIS knows it (domain 5.3 [SACME]). */
export const FLAG_FIELDS: readonly {
  readonly bit: number;
  readonly field: BindingField;
  readonly since: NetshColumn;
}[] = [
  { bit: 4, field: 'disablehttp2', since: 'B' },
  { bit: 8, field: 'disableocspstapling', since: 'B' },
  { bit: 16, field: 'disablequic', since: 'C' },
  { bit: 32, field: 'disabletls13', since: 'C' },
  { bit: 64, field: 'disablelegacytls', since: 'C' },
  { bit: 128, field: 'clientcertnegotiation', since: 'E' },
];

/** Key of the record that an https binding uses; null for another protocol or form. */
export function keyOfSiteBinding({ protocol, information, sslFlags }: SiteBinding): BindingKey | null {
  const parts = protocol.toLowerCase() === 'https' ? parseInformation(information) : null;
  if (!parts) return null;
  if (sslFlags & CENTRAL_STORE) return { kind: 'ccs', value: String(parts.port) };
  if (sslFlags & SNI) return { kind: 'hostnameport', value: `${parts.host}:${parts.port}` };
  const { address } = parts;
  const bound = address === '*' ? '0.0.0.0' : address.family === 6 ? `[${address.text}]` : address.text;
  return { kind: 'ipport', value: `${bound}:${parts.port}` };
}
