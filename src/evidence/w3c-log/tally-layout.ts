import type { Columns } from './columns.ts';
import { DAY_AT_HAND, NONE, type Piece, WHOLE } from './kernel.ts';

/** By what lines can be counted, and the fields that say it; the first that the log has counts. */
export const DIMENSIONS = {
  status: ['sc-status'],
  substatus: ['sc-substatus'],
  win32: ['sc-win32-status'],
  client: ['c-ip'],
  path: ['cs-uri-stem', 'cs-uri'],
  host: ['cs-host', 'cs(host)'],
  hour: ['date', 'time'],
  day: ['date'],
  server: ['s-ip'],
  port: ['s-port'],
  site: ['s-sitename'],
  user: ['cs-username'],
  agent: ['cs(user-agent)'],
  method: ['cs-method'],
} as const;

export type Dimension = keyof typeof DIMENSIONS;

export interface Question {
  readonly by: readonly Dimension[];
  /** Three digits: only lines of this status; null: all. */
  readonly status: string | null;
}

/** The spans of a line's values that its key is made of. Parts of the key are parted by blanks, as values are. */
export function layoutOf(columns: Columns, by: readonly Dimension[]): Piece[] {
  return joined(by.flatMap((one) => piecesOf(columns, one)));
}

function piecesOf(columns: Columns, dimension: Dimension): Piece[] {
  const dayPiece = columns.date < 0 ? { ...NOT_LOGGED, first: DAY_AT_HAND } : whole(columns.date);
  if (dimension === 'day') return [dayPiece];
  if (dimension === 'hour') return [dayPiece, { ...whole(columns.time), most: 2 }];
  const names = columns.names.map((name) => name.toLowerCase());
  const at = DIMENSIONS[dimension].map((field) => names.indexOf(field)).find((index) => index >= 0);
  return [at === undefined ? NOT_LOGGED : whole(at)];
}

const NOT_LOGGED: Piece = { first: NONE, last: NONE, most: WHOLE };
const whole = (value: number): Piece => ({ first: value, last: value, most: WHOLE });

/** Neighbours in the line become one span. A day has ten bytes in every group that counts (groupsOf). */
function joined(pieces: readonly Piece[]): Piece[] {
  const all: Piece[] = [];
  for (const piece of pieces) {
    const before = all.at(-1);
    const follows = before && before.most === WHOLE && before.last + 1 === piece.first;
    if (!follows) all.push(piece);
    else if (piece.most === WHOLE) all[all.length - 1] = { ...before, last: piece.last };
    else if (before.first === before.last)
      all[all.length - 1] = { ...before, last: piece.last, most: 11 + piece.most };
    else all.push(piece);
  }
  return all;
}
