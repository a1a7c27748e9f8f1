import { Unanswered } from '../../base/known.ts';
import type { BuildId } from '../../windows/builds.ts';
import { bindingByKey, type Host } from '../../windows/host.ts';
import {
  BINDING_FIELDS,
  type BindingField,
  type BindingKey,
  type BindingValues,
  type SslBinding,
} from '../../windows/http-sys/binding.ts';
import { fieldRow, missingFields } from '../../windows/http-sys/fields.ts';
import { ownerOf } from '../../windows/http-sys/owners.ts';
import { isUnfit } from '../unfit.ts';
import type { RecordValues } from './write-record.ts';

/** The record of a key, or why there is nothing to write to. */
export function findRecord(host: Host, key: BindingKey): SslBinding | string {
  try {
    const record = bindingByKey(host, key);
    if (record.is === 'known' && record.value) return record.value;
    return 'the host has no such record';
  } catch (error) {
    if (error instanceof Unanswered) return error.message;
    throw error;
  }
}

/** Every field's value, or what keeps the record from being written whole. */
export function readRecord(
  record: SslBinding,
  build: BuildId | undefined,
): RecordValues | { readonly unread: readonly string[] } {
  const values = new Map<BindingField, BindingValues[BindingField]>();
  const unread = missingFields(record, build).map(({ label }) => `${label} is missing from what was read`);
  for (const { name, label } of BINDING_FIELDS) {
    const leaf = record.fields[name];
    if (leaf?.is === 'known') values.set(name, leaf.value);
    else if (leaf) unread.push(`${label} ${leaf.is === 'conflict' ? 'is disputed' : 'could not be read'}`);
  }
  return unread.length > 0 ? { unread } : values;
}

/** Programs that manage their own records are advised, never overruled. */
export function ownerRefusal(values: RecordValues): string | null {
  const owner = ownerOf(String(values.get('appid')));
  if (!owner?.useInstead) return null;
  return `the record belongs to ${owner.title}, which manages it itself: use ${owner.useInstead}`;
}

/** Fields that no command line can write; where one is set, it may be lost. */
export function fieldsAtRisk(values: RecordValues): string[] {
  return BINDING_FIELDS.filter(({ name, writable }) => !writable && values.get(name)).map(
    ({ label }) => `${label} is set, and no netsh parameter can keep it`,
  );
}

/** What the change or its undo would have to say but no line can. */
export function unsayable(before: RecordValues, after: RecordValues, set: Partial<BindingValues>): string[] {
  const unwritable = BINDING_FIELDS.filter(({ name, writable }) => !writable && name in set);
  const unfit = new Set([...unfitValues(before), ...unfitValues(after)]);
  return [...unwritable.map(({ label }) => `no netsh parameter sets ${label}`), ...unfit];
}

/** Values that are none (redacted text) or that no command line carries unharmed. */
function unfitValues(values: RecordValues): string[] {
  return [...values].flatMap(([name, value]) => {
    const { label, shape } = fieldRow(name);
    if (typeof value !== 'string') return [];
    if (shape === 'hash' && !/^[0-9a-f]{40}$/i.test(value)) return [`${label} is no thumbprint`];
    if (shape === 'guid' && !GUID.test(value)) return [`${label} is no GUID`];
    return isUnfit(value) ? [`${label} holds characters that do not belong on a command line`] : [];
  });
}

const GUID = /^\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/i;
