import { concat, fromHex } from '../../base/bytes.ts';
import { answerOf } from '../../base/known.ts';
import type { Host } from '../host.ts';
import { BINDING_FIELDS, type BindingField, type BindingKey, type SslBinding } from '../http-sys/binding.ts';
import { fieldOf } from '../http-sys/fields.ts';
import type { RegistryKey, RegistryValue } from './registry.ts';

/** The records of http.sys as the registry shows them (domain 3). A view: what is written there is not read. */

export const HTTP_PARAMETERS = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters';

const GROUPS: Readonly<Record<BindingKey['kind'], string>> = {
  ipport: 'SslBindingInfo',
  hostnameport: 'SslSniBindingInfo',
  ccs: 'SslCcsBindingInfo',
  /** *unverified*: where the records of the scoped central store lie is not told anywhere. */
  scopedccs: 'SslScopedCcsBindingInfo',
};

/** The groups that hold records, and the records; none is there that nobody made. */
export function recordKeys(host: Host): RegistryKey[] {
  const records = answerOf(host.bindings);
  const groups = new Set(records.map(({ key }) => GROUPS[key.kind]));
  return [
    { path: HTTP_PARAMETERS, values: [] },
    ...[...groups].map((group) => ({ path: `${HTTP_PARAMETERS}\\${group}`, values: [] })),
    ...records.map(recordKey),
  ];
}

/** SNI records lie under GUIDs and tell their key in a value. */
function recordKey(record: SslBinding): RegistryKey {
  const { kind, value } = record.key;
  const isNamed = kind === 'hostnameport' || kind === 'scopedccs';
  return {
    path: `${HTTP_PARAMETERS}\\${GROUPS[kind]}\\${isNamed ? inventedGuid(value.toLowerCase()) : value}`,
    values: [...(isNamed ? [text('HostnamePort', value)] : []), ...fieldValues(record)],
  };
}

function fieldValues(record: SslBinding): RegistryValue[] {
  const value = <F extends BindingField>(name: F) => answerOf(fieldOf(record, name));
  const store = value('certstorename');
  const hash = value('certhash');
  const identifier = value('sslctlidentifier');
  const ctlStore = value('sslctlstorename');
  return [
    bytes('AppId', guidBytes(value('appid'))),
    ...(hash === undefined ? [] : [bytes('SslCertHash', fromHex(hash))]),
    ...(store === undefined ? [] : [text('SslCertStoreName', store)]),
    dword('DefaultSslCertCheckMode', checkMode(record)),
    dword('DefaultSslRevocationFreshnessTime', value('revocationfreshnesstime')),
    dword('DefaultSslRevocationUrlRetrievalTimeout', value('urlretrievaltimeout')),
    // *unverified*: the names of these two follow the pattern of the others (domain 3).
    ...(identifier === undefined ? [] : [text('DefaultSslCtlIdentifier', identifier)]),
    ...(ctlStore === undefined ? [] : [text('DefaultSslCtlStoreName', ctlStore)]),
    dword('DefaultFlags', flags(record)),
  ];
}

/** DefaultSslCertCheckMode: bits that switch checks off, and one that netsh sets with a freshness time. */
function checkMode(record: SslBinding): number {
  const value = <F extends BindingField>(name: F) => answerOf(fieldOf(record, name));
  return (
    (value('verifyclientcertrevocation') ? 0 : 0x1) +
    (value('verifyrevocationwithcachedclientcertonly') ? 0x2 : 0) +
    (value('revocationfreshnesstime') !== 0 ? 0x4 : 0) +
    (value('usagecheck') ? 0 : 0x1_0000)
  );
}

function flags({ fields }: SslBinding): number {
  return BINDING_FIELDS.reduce((sum, { name, flag }) => {
    const leaf = fields[name];
    return flag !== undefined && leaf && answerOf<unknown>(leaf) === true ? sum + flag : sum;
  }, 0);
}

const dword = (name: string, value: number): RegistryValue => ({ name, data: { is: 'dword', value } });
const text = (name: string, value: string): RegistryValue => ({ name, data: { is: 'text', value } });
const bytes = (name: string, value: Uint8Array): RegistryValue => ({
  name,
  data: { is: 'bytes', type: 3, value },
});

/** The first three groups little-endian. */
function guidBytes(guid: string): Uint8Array {
  const [a = '', b = '', c = '', ...rest] = guid.replace(/[{}]/g, '').split('-');
  return concat([...[a, b, c].map((group) => fromHex(group).reverse()), ...rest.map(fromHex)]);
}

/** Windows takes a random one; here it is made from the key, so that it stays the same (FNV-1a, four times). */
function inventedGuid(key: string): string {
  const words = [0, 1, 2, 3].map((seed) => {
    let hash = 0x811c9dc5 ^ seed;
    for (const char of key) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193);
    return (hash >>> 0).toString(16).padStart(8, '0');
  });
  const hex = words.join('');
  return `{${[hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')}}`;
}
