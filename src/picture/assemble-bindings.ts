import { known, unknown } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import type { BindingFieldSeen } from '../evidence/claims.ts';
import type { Reading } from '../evidence/read.ts';
import type { Host } from '../windows/host.ts';
import type { BindingField, BindingKey, SslBinding } from '../windows/http-sys/binding.ts';
import { fieldRow } from '../windows/http-sys/fields.ts';
import { endpointOf, printKey } from '../windows/http-sys/key.ts';
import { WANTED } from '../windows/wanted.ts';
import type { HostParts } from './host-parts.ts';
import { bySnapshot, claimsThat, groupBy, isLater, settle, type Word } from './settle.ts';

/** The records of a host from all listings that show some of them. */
export function assembleBindings(parts: HostParts): Pick<Host, 'bindings' | 'partialBindings'> | null {
  const listings = parts.readings.map(listingOf).filter((one) => one.records.size > 0 || one.whole);
  if (listings.length === 0) return null;
  const { current: wholes, older } = bySnapshot(
    listings.filter((one) => one.whole),
    (one) => one.reading,
  );
  const [whole] = wholes;
  if (!whole) return { bindings: unknown(seenInPart(listings)), partialBindings: merged(listings, parts) };
  const keys = keysOf(whole);
  if (wholes.some((one) => keysOf(one) !== keys)) return { bindings: disputed(wholes, parts) };
  for (const old of older) if (keysOf(old) !== keys) parts.supersede(old.reading, 'the records that exist');
  const usable = listings.map((one) => (one.whole ? one : onlyOf(one, whole, parts)));
  const because = wholes.map((one) => one.whole!);
  // Keys that only older whole listings have are gone; their other records speak for single fields.
  const shown = new Set([
    ...whole.records.keys(),
    ...usable.filter((one) => !one.whole).flatMap((one) => [...one.records.keys()]),
  ]);
  return { bindings: known(merged(usable, parts, shown), because) };
}

interface Listing {
  readonly reading: Reading;
  /** Its heading, when it was whole. */
  readonly whole: Locus | undefined;
  readonly records: ReadonlyMap<string, SeenRecord>;
}

interface SeenRecord {
  readonly key: BindingKey;
  readonly at: Locus;
  readonly fields: readonly BindingFieldSeen[];
}

/** Names compare without case, addresses by value. */
function idOf(key: BindingKey): string {
  return `${key.kind} ${JSON.stringify(endpointOf(key) ?? key.value.toLowerCase())}`;
}

function listingOf(reading: Reading): Listing {
  // The claims of one record share its key.
  const ids = new Map<BindingKey, string>();
  const id = (key: BindingKey): string => {
    const known = ids.get(key) ?? idOf(key);
    ids.set(key, known);
    return known;
  };
  const fields = groupBy(claimsThat(reading, 'binding-field'), (claim) => id(claim.key));
  const records = claimsThat(reading, 'binding').map(
    ({ key, at }) => [id(key), { key, at, fields: fields.get(id(key)) ?? [] }] as const,
  );
  return { reading, whole: claimsThat(reading, 'bindings-whole')[0]?.at, records: new Map(records) };
}

const keysOf = (listing: Listing): string => [...listing.records.keys()].sort().join('\n');

function seenInPart(listings: readonly Listing[]): string {
  const names = listings.map((one) => one.reading.source).join(', ');
  return `${WANTED.bindings}, whole and without a key (${names} shows some records; others may exist)`;
}

/** Two whole listings of one snapshot with different records. */
function disputed(wholes: readonly Listing[], parts: HostParts): Host['bindings'] {
  return {
    is: 'conflict',
    sides: wholes.map((one) => ({ value: merged([one], parts), because: [one.whole!] })),
  };
}

/**
 * A part of a listing beside a whole one. A record that the whole one lacks is new when the part is later, else it
 * contradicts it and is left out.
 */
function onlyOf(part: Listing, whole: Listing, parts: HostParts): Listing {
  const later = isLater(part.reading, whole.reading);
  const kept = [...part.records].filter(([id, { key, at }]) => {
    if (whole.records.has(id)) return true;
    const what = later ? 'is newer than' : 'is not in';
    const then = later ? 'it was added' : 'it was left out';
    const listing = `the whole listing in ${whole.reading.source}`;
    if (!isLater(whole.reading, part.reading))
      parts.note(at, `record ${printKey(key)} ${what} ${listing}: ${then}`);
    return later;
  });
  return { ...part, records: new Map(kept) };
}

/** One record for each key, its fields settled one by one. */
function merged(listings: readonly Listing[], parts: HostParts, shown?: ReadonlySet<string>): SslBinding[] {
  const ids = [...new Set(listings.flatMap((one) => [...one.records.keys()]))];
  return ids
    .filter((id) => shown?.has(id) ?? true)
    .map((id) => {
      const of = listings.flatMap((one) => {
        const record = one.records.get(id);
        return record ? [{ reading: one.reading, record }] : [];
      });
      const current = of.length === 1 ? of : bySnapshot(of, (one) => one.reading).current;
      const { key } = current[0]!.record;
      return { key, fields: fieldsOf(of, key, parts), because: current.map((one) => one.record.at) };
    });
}

type FieldValue = string | number | boolean | undefined;

function fieldsOf(
  records: readonly { reading: Reading; record: SeenRecord }[],
  key: BindingKey,
  parts: HostParts,
): SslBinding['fields'] {
  const [only] = records;
  const alone = records.length === 1 && only ? saidOnce(only.record) : null;
  if (alone) return alone;
  const words = new Map<BindingField, Word<FieldValue>[]>();
  for (const { reading, record } of records) {
    for (const { field, value } of record.fields) {
      words.set(field, [...(words.get(field) ?? []), { leaf: value, reading }]);
    }
  }
  const fields = [...words].map(([field, all]) => {
    const settled = settle(all, (a, b) => sameValue(field, a, b))!;
    for (const { reading } of settled.superseded)
      parts.supersede(reading, `${fieldRow(field).label} of ${printKey(key)}`);
    return [field, settled.leaf] as const;
  });
  // Each value is of its field's own shape: the readers read it by that shape.
  return Object.fromEntries(fields) as SslBinding['fields'];
}

/** The fields of a record that one source shows, each once: there is nothing to settle. */
function saidOnce({ fields: claims }: SeenRecord): SslBinding['fields'] | null {
  const fields: Record<string, BindingFieldSeen['value']> = {};
  for (const { field, value } of claims) {
    if (fields[field]) return null;
    fields[field] = value;
  }
  return fields as SslBinding['fields'];
}

/** Store names compare without case, and none means My (domain 1.3). */
function sameValue(field: BindingField, a: FieldValue, b: FieldValue): boolean {
  const fold = (value: FieldValue): FieldValue => {
    if (field === 'certstorename') return String(value ?? 'my').toLowerCase();
    return typeof value === 'string' ? value.toLowerCase() : value;
  };
  return fold(a) === fold(b);
}
