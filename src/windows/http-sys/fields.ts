import type { Known } from '../../base/known.ts';
import { BUILDS, type BuildId } from '../builds.ts';
import { WANTED } from '../wanted.ts';
import {
  BINDING_FIELDS,
  type BindingField,
  type BindingValues,
  type FieldRow,
  type NetshColumn,
  type SslBinding,
} from './binding.ts';

/** Which fields a generation of Windows has, and what they are when nobody set them (domain 1.3, 2.3). */

export const COLUMNS: readonly NetshColumn[] = ['A', 'B', 'C', 'D', 'E'];

/** Values of a record that was added with its key and appid alone (domain 1.3). */
export const FIELD_DEFAULTS: Readonly<Omit<BindingValues, 'appid'>> = {
  certhash: undefined,
  certstorename: undefined,
  verifyclientcertrevocation: true,
  verifyrevocationwithcachedclientcertonly: false,
  usagecheck: true,
  revocationfreshnesstime: 0,
  urlretrievaltimeout: 0,
  sslctlidentifier: undefined,
  sslctlstorename: undefined,
  dsmapperusage: false,
  clientcertnegotiation: false,
  reject: false,
  disablehttp2: false,
  disablequic: false,
  disabletls12: false,
  disabletls13: false,
  disableocspstapling: false,
  enabletokenbinding: false,
  logextendedevents: false,
  disablelegacytls: false,
  enablesessionticket: false,
  disablesessionid: false,
  enablecachingclienthello: false,
  disableaia: false,
};

const ROWS = new Map(BINDING_FIELDS.map((row) => [row.name, row]));

export function fieldRow(name: BindingField): FieldRow {
  return ROWS.get(name)!;
}

export function isBindingField(name: string): name is BindingField {
  return ROWS.has(name as BindingField);
}

/** Whether `show` of a generation prints a field. */
export function printed(row: FieldRow, column: NetshColumn): 'always' | 'sometimes' | 'never' {
  if (row.sometimes === column) return 'sometimes';
  return row.since !== 'unverified' && row.since <= column ? 'always' : 'never';
}

/** The fields that a record made on this generation has. */
export function fieldsOfColumn(column: NetshColumn): FieldRow[] {
  return BINDING_FIELDS.filter((row) => row.since !== 'unverified' && row.since <= column);
}

/** The oldest generation that can have printed all fields of a record. */
export function oldestColumn(binding: SslBinding): NetshColumn {
  const present = BINDING_FIELDS.filter((row) => binding.fields[row.name]);
  return COLUMNS.find((column) => present.every((row) => printed(row, column) !== 'never')) ?? 'E';
}

/**
 * Fields that the host must have but the record lacks: the text was cut. Where the build is not known, the
 * record must be whole for the oldest generation that fits it (domain 2.5, rule 1).
 */
export function missingFields(binding: SslBinding, build: BuildId | undefined): FieldRow[] {
  const column = build ? BUILDS[build].netshColumn : oldestColumn(binding);
  return BINDING_FIELDS.filter((row) => printed(row, column) === 'always' && !binding.fields[row.name]);
}

/** A field of a record; one that the evidence lacks is as unknown as the text that was cut. */
export function fieldOf<F extends BindingField>(binding: SslBinding, name: F): Known<BindingValues[F]> {
  return binding.fields[name] ?? { is: 'unknown', wants: WANTED.bindings };
}
