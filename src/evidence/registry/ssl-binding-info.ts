import { toHex } from '../../base/bytes.ts';
import { type Known, known, unknown } from '../../base/known.ts';
import { BINDING_FIELDS, type BindingField, type BindingKey } from '../../windows/http-sys/binding.ts';
import { fieldRow } from '../../windows/http-sys/fields.ts';
import { printKey } from '../../windows/http-sys/key.ts';
import { regBinary, regNumber, regText } from '../../windows/registry/reg-data.ts';
import type { RegValue } from '../../windows/registry/reg-file.ts';
import type { ReadContext } from '../reader.ts';
import { type Area, locusOf, type Section, valueIn } from './section.ts';

type FieldValue = string | number | boolean | undefined;

/** Records of http.sys as the registry keeps them (domain 3). */
export const sslBindingInfo: Area = {
  path: /^SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters\\Ssl(Sni|Ccs)?BindingInfo\\([^\\]+)$/i,
  read(section, [, group = '', subkey = ''], context) {
    const key = keyOf(group.toLowerCase(), subkey, section);
    const at = locusOf(context, section.key);
    if (!key) {
      context.note({ at, message: `the key of a record could not be read ("${subkey}"): it is left out` });
      return;
    }
    context.claim({ says: 'binding', key, at });
    const record: BindingRecord = { section, key, context };
    claimText(record, 'certstorename', 'SslCertStoreName');
    claimNumber(record, 'revocationfreshnesstime', 'DefaultSslRevocationFreshnessTime');
    claimNumber(record, 'urlretrievaltimeout', 'DefaultSslRevocationUrlRetrievalTimeout');
    claimHash(record);
    claimApplication(record);
    claimCheckMode(record);
    claimFlags(record);
    claimCtl(record, 'sslctlstorename', /ctl.*store/i);
    claimCtl(record, 'sslctlidentifier', /ctl.*ident/i);
  },
};

interface BindingRecord {
  readonly section: Section;
  readonly key: BindingKey;
  readonly context: ReadContext;
}

/** SNI records lie under GUIDs and tell their key in a value; where no such value is, the name may be the key. */
function keyOf(group: string, subkey: string, section: Section): BindingKey | null {
  if (group === '') return /^(?:\[[^\]]+\]|[\d.]+):\d{1,5}$/.test(subkey) ? of('ipport', subkey) : null;
  if (group === 'ccs') return /^\d{1,5}$/.test(subkey) ? of('ccs', subkey) : null;
  const named = valueIn(section, 'HostnamePort');
  const text = named ? regText(named.data, section.regedit4) : subkey;
  return text && /^[^\s:{}]+:\d{1,5}$/.test(text) ? of('hostnameport', text) : null;
}

const of = (kind: BindingKey['kind'], value: string): BindingKey => ({ kind, value });

function claim(
  { key, context }: BindingRecord,
  field: BindingField,
  from: RegValue | Section['key'],
  value: FieldValue,
): void {
  const at = locusOf(context, from);
  context.claim({ says: 'binding-field', key, field, value: known(value, [at]), at });
}

/** Claims the field as unknown: what netsh shows would tell. */
function claimUnread({ key, context, section }: BindingRecord, field: BindingField, why: string): void {
  const wants = `netsh http show sslcert: field ${fieldRow(field).label} of record ${printKey(key)} ${why}`;
  const value: Known<FieldValue> = unknown(wants);
  context.claim({ says: 'binding-field', key, field, value, at: locusOf(context, section.key) });
}

/** A value, or its default where the record is whole and lacks it ("missing value = default", domain 3). */
function claimValue(
  record: BindingRecord,
  field: BindingField,
  name: string,
  read: (value: RegValue) => FieldValue | null,
  absent: FieldValue,
): void {
  const value = valueIn(record.section, name);
  if (!value && record.section.whole) claim(record, field, record.section.key, absent);
  else if (!value) claimUnread(record, field, 'is missing in an export that may be cut there');
  else {
    const found = read(value);
    if (found === null) claimUnread(record, field, `was unreadable in the registry value ${name}`);
    else claim(record, field, value, found);
  }
}

function claimText(record: BindingRecord, field: BindingField, name: string): void {
  claimValue(record, field, name, (value) => regText(value.data, record.section.regedit4), undefined);
}

function claimNumber(record: BindingRecord, field: BindingField, name: string): void {
  claimValue(record, field, name, (value) => regNumber(value.data), 0);
}

function claimHash(record: BindingRecord): void {
  const read = ({ data }: RegValue) => {
    const bytes = regBinary(data);
    return bytes?.length === 20 ? toHex(bytes) : null;
  };
  claimValue(record, 'certhash', 'SslCertHash', read, undefined);
}

function claimApplication(record: BindingRecord): void {
  const value = valueIn(record.section, 'AppId');
  const bytes = value ? regBinary(value.data) : null;
  if (!value || bytes?.length !== 16) claimUnread(record, 'appid', 'was not in the registry as a GUID');
  else claim(record, 'appid', value, guidText(bytes));
}

/** The first three groups are little-endian. */
function guidText(bytes: Uint8Array): string {
  const hex = (from: number, to: number, reversed: boolean): string => {
    const group = bytes.slice(from, to);
    return toHex(reversed ? group.reverse() : group);
  };
  const groups = [hex(0, 4, true), hex(4, 6, true), hex(6, 8, true), hex(8, 10, false), hex(10, 16, false)];
  return `{${groups.join('-')}}`;
}

/** DefaultSslCertCheckMode: bits that switch checks off, and one that limits them to what is cached. */
const CHECK_MODE: readonly (readonly [BindingField, number, boolean])[] = [
  ['verifyclientcertrevocation', 0x1, false],
  ['verifyrevocationwithcachedclientcertonly', 0x2, true],
  ['usagecheck', 0x10000, false],
];

function claimCheckMode(record: BindingRecord): void {
  for (const [field, bit, whenSet] of CHECK_MODE) {
    const read = ({ data }: RegValue) => {
      const mode = regNumber(data);
      return mode === null ? null : isSet(mode, bit) === whenSet;
    };
    claimValue(record, field, 'DefaultSslCertCheckMode', read, !whenSet);
  }
}

/**
 * DefaultFlags. A zero bit of a switch that came after Windows 2012 R2 does not tell whether this build knows the
 * switch, so only bits that are set speak for those.
 */
function claimFlags(record: BindingRecord): void {
  const value = valueIn(record.section, 'DefaultFlags');
  const flags = value ? regNumber(value.data) : null;
  for (const { name, flag, since } of BINDING_FIELDS) {
    if (flag === undefined) continue;
    const isOld = since === 'A';
    if (isOld) {
      const read = ({ data }: RegValue) => (regNumber(data) === null ? null : isSet(flags ?? 0, flag));
      claimValue(record, name, 'DefaultFlags', read, false);
    } else if (value && flags !== null) {
      if (isSet(flags, flag)) claim(record, name, value, true);
    } else if (value || !record.section.whole) claimUnread(record, name, 'was unreadable in the registry');
  }
}

const isSet = (flags: number, bit: number): boolean => Math.floor(flags / bit) % 2 === 1;

/**
 * The names of the two CTL values are unverified (domain 3): any text value that looks like one is taken. Where none
 * does the registry says nothing, least of all "not set": netsh has to tell.
 */
function claimCtl(record: BindingRecord, field: BindingField, name: RegExp): void {
  const value = record.section.values.find((one) => name.test(one.name));
  const text = value ? regText(value.data, record.section.regedit4) : null;
  if (value && text) claim(record, field, value, text);
  else if (value) claimUnread(record, field, `was unreadable in the registry value ${value.name}`);
}
