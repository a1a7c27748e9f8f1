import type { Reading } from '../evidence/read.ts';

/**
 * When evidence was taken, as far as it can be told. The time of a file changes when it is copied, the date in its
 * name does not: `netsh-2026-10-01.txt`, `2026-10-01/schannel.reg`.
 */
export function timeTaken({ source, takenAt }: Reading): number | undefined {
  const named = dateIn(source);
  if (named === undefined) return takenAt;
  // The name has no hour: a file of that day keeps its own.
  return takenAt !== undefined && Math.abs(takenAt - named) < 2 * DAY ? takenAt : named;
}

const DAY = 86_400_000;

/** For comparing snapshots: what its name calls earlier (`netsh-before.txt`) is older than all else. */
export const ageOrder = (reading: Reading): number | undefined =>
  isCalledEarlier(reading.source) ? EARLIER : timeTaken(reading);

const EARLIER = -8.64e15;

const isCalledEarlier = (source: string): boolean =>
  /(?:^|[\\/._ -])(?:before|prior|previous|old|backup|bak|saved|baseline|vorher|vor|alt|avant|antes|prima)(?:$|[\\/._ -])/i.test(
    source,
  );

/** The last date of the path, in UTC. */
function dateIn(source: string): number | undefined {
  const all = [...source.matchAll(/(?<!\d)(20\d\d)([-_.]?)(\d\d)\2(\d\d)(?!\d)/g)];
  const [, year, , month, day] = all.at(-1) ?? [];
  if (year === undefined || Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31)
    return undefined;
  return Date.UTC(Number(year), Number(month) - 1, Number(day));
}
