import { asciiBytes } from '../../base/bytes.ts';
import { latin1Text, looseText } from '../../base/text.ts';
import type { RawGroup } from './tally-counter.ts';
import type { Dimension } from './tally-layout.ts';

/** Lines with the same values. */
export interface TallyRow {
  /** In the order of the question's `by`; '' where nothing is logged. An hour is 'YYYY-MM-DD HH' in UTC. */
  readonly values: readonly string[];
  readonly count: number;
}

/** Answers how many lines have statuses or times that are none, and stand in no row. */
export function* rowsOf(groups: Iterable<RawGroup>, by: readonly Dimension[]): Generator<TallyRow, number> {
  let malformed = 0;
  for (const group of groups) {
    const row = rowOf(group, by);
    if (row) yield row;
    else malformed += group.count;
  }
  return malformed;
}

/** null: its status or time is none. */
export function rowOf({ bytes, from, to, count }: RawGroup, by: readonly Dimension[]): TallyRow | null {
  const values = valuesOf(latin1Text(bytes.subarray(from, to)), by);
  return values && { values, count };
}

function valuesOf(key: string, by: readonly Dimension[]): string[] | null {
  const parts = key.split(' ');
  const values: string[] = [];
  let at = 0;
  for (const one of by) {
    let value = parts[at++]!;
    if (one === 'hour') value += ` ${parts[at++]}`;
    if (SHAPES[one]?.test(value) === false) return null;
    values.push(value === '-' ? '' : shown(value));
  }
  return values;
}

const NUMBER = /^(?:\d{1,10})?$/;
const SHAPES: Partial<Record<Dimension, RegExp>> = {
  status: /^\d{1,10}$/,
  substatus: NUMBER,
  win32: NUMBER,
  day: /^\d{4}-\d\d-\d\d$/,
  hour: /^\d{4}-\d\d-\d\d [0-2]\d$/,
};

const shown = (value: string): string => (BEYOND_ASCII.test(value) ? looseText(asciiBytes(value)) : value);
const BEYOND_ASCII = /[\u0080-\u00ff]/;
