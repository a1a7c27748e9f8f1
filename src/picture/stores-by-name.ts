import type { Claim } from '../evidence/claims.ts';
import type { Reading } from '../evidence/read.ts';
import { knownStore, storeKey } from '../windows/stores/names.ts';

/**
 * Stores that an administrator made are named by the records that use them. A file of certificates with such a name
 * (`adfsclient.p7b`) is that store; its reader, which sees no record, took them for loose ones.
 */
export function storesByName(readings: readonly Reading[]): readonly Reading[] {
  const names = new Map(readings.flatMap(({ claims }) => claims.flatMap(storeNamed)));
  if (names.size === 0) return readings;
  return readings.map((reading) => {
    const store = names.get(storeKey(baseName(reading.source)));
    return store !== undefined && isContainer(reading) ? asStore(reading, store) : reading;
  });
}

function storeNamed(claim: Claim): [string, string][] {
  if (claim.says !== 'binding-field' || claim.field !== 'sslctlstorename' || claim.value.is !== 'known')
    return [];
  const { value } = claim.value;
  return typeof value === 'string' && !knownStore(value) ? [[storeKey(value), value]] : [];
}

const baseName = (source: string): string =>
  (source.split(/[/\\]/).at(-1) ?? '').replace(/\.(?:p7b|p7c|sst|pem|txt)$/i, '');

/** A .cer holds one certificate, which may be one of many in the store. */
const isContainer = ({ source, claims }: Reading): boolean =>
  /\.(?:p7b|p7c|sst|pem|txt)$/i.test(source) &&
  claims.length > 0 &&
  claims.every(({ says }) => says === 'certificate');

function asStore(reading: Reading, store: string): Reading {
  const held = reading.claims.map(
    (claim): Claim => (claim.says === 'certificate' ? { ...claim, says: 'store-certificate', store } : claim),
  );
  const whole: Claim[] =
    reading.notes.length === 0 ? [{ says: 'store-whole', store, at: { source: reading.source } }] : [];
  return { ...reading, claims: [...held, ...whole] };
}
