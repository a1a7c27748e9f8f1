import type { BuildId } from '../../windows/builds.ts';
import type { Host } from '../../windows/host.ts';
import type { BindingField, BindingKey, BindingValues, SslBinding } from '../../windows/http-sys/binding.ts';
import { fieldRow, isBindingField, oldestColumn } from '../../windows/http-sys/fields.ts';
import { endpointOf, printKey } from '../../windows/http-sys/key.ts';
import type { SetBinding } from '../change.ts';
import type { PlannedChange } from '../planned.ts';
import { isUnfit } from '../unfit.ts';
import { fieldsAtRisk, findRecord, ownerRefusal, readRecord, unsayable } from './read-record.ts';
import { type Dialect, type RecordValues, type RecordWrite, writeRecord } from './write-record.ts';

/** Sets fields of a record and keeps all others (DESIGN 6). */
export function planSetBinding({ key, set }: SetBinding, host: Host): PlannedChange {
  const title = titleOf(key, set);
  const record = findRecord(host, key);
  if (typeof record === 'string') return refused(title, [record]);
  if (!endpointOf(record.key) || isUnfit(record.key.value))
    return refused(title, ['the key is not one that netsh takes']);
  const build = host.build.is === 'known' ? host.build.value : undefined;
  const before = readRecord(record, build);
  if ('unread' in before) return refused(title, before.unread);
  const foreign = Object.keys(set).filter((name) => !record.fields[name as BindingField]);
  if (foreign.length > 0) return refused(title, [`the host does not have ${foreign.join(', ')}`]);
  const owned = ownerRefusal(before);
  if (owned) return refused(title, [owned]);
  const after = new Map([...before, ...entriesOf(set)]);
  const unfit = [...unsayable(before, after, set), ...oldCtl(build, set)];
  if (unfit.length > 0) return refused(title, unfit);
  const dialect = { build, column: oldestColumn(record) };
  return planned(title, record, before, after, dialect, fieldsAtRisk(before));
}

function entriesOf(set: Partial<BindingValues>): [BindingField, BindingValues[BindingField]][] {
  return Object.entries(set) as [BindingField, BindingValues[BindingField]][];
}

function refused(title: string, refusals: readonly string[]): PlannedChange {
  return { title, commands: [], undo: [], notes: [], refusals };
}

function planned(
  title: string,
  { key }: SslBinding,
  before: RecordValues,
  after: RecordValues,
  dialect: Dialect,
  refusals: readonly string[],
): PlannedChange {
  const isSo = [...after].every(([name, value]) => before.get(name) === value);
  if (isSo) return { ...refused(title, refusals), notes: ['it is so already'] };
  const there = writeRecord(key, before, after, dialect);
  const back = writeRecord(key, after, before, dialect);
  return {
    title,
    commands: there.commands,
    undo: back.commands,
    notes: notesOf(there, back, dialect),
    refusals,
  };
}

/** Before 2012 the field names the store of a CTL object, not a store of issuers (domain 4.2). */
function oldCtl(build: BuildId | undefined, set: Partial<BindingValues>): string[] {
  if (build !== '2008r2' || set.sslctlstorename === undefined) return [];
  return ['Windows Server 2008 R2 wants a CTL object there, which has to be made first'];
}

function notesOf(there: RecordWrite, back: RecordWrite, { build, column }: Dialect): string[] {
  const isNew = column >= 'D' || build === undefined;
  const gap = 'between delete and add there is no record, and connections to it fail';
  return [
    'every field is written out, because it is not documented what happens to those that are left out',
    ...(there.by === 'delete-and-add' ? [gap] : []),
    ...(there.by === 'update' && back.by === 'delete-and-add'
      ? [`the undo empties a field, which update is not known to do, so it deletes and adds: ${gap}`]
      : []),
    ...(isNew && (there.by === 'delete-and-add' || back.by === 'delete-and-add')
      ? ['delete and add set extended properties (HTTP/2 limits) of the record to their defaults']
      : []),
    ...(isNew
      ? ['client correlation (DefaultFlags 0x2000 in the registry) is not shown by netsh and may be lost']
      : []),
    'connections that resume an older session keep the old outcome: test with a fresh one',
  ];
}

/** 'Set Ctl Store Name to ClientAuthIssuer on ipport=0.0.0.0:443'. */
function titleOf(key: BindingKey, set: Partial<BindingValues>): string {
  const parts = Object.entries(set).map(([name, value]) => {
    const label = isBindingField(name) ? fieldRow(name).label : name;
    return `${label} to ${valueTitle(value)}`;
  });
  return `Set ${parts.join(' and ')} on ${printKey(key)}`;
}

function valueTitle(value: string | number | boolean | undefined): string {
  if (value === undefined) return '(null)';
  return typeof value === 'boolean' ? (value ? 'enable' : 'disable') : String(value);
}
