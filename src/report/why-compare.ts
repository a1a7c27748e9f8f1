import type { AskedValue, AskedWith, Difference, ListRecord, ProbeRecord } from './why.ts';
import { statusOf } from './why-end.ts';

/**
 * Which parameter of a connection changes the server's answer. Connections are compared that differ in one
 * parameter alone; only where there are none such, in several at once.
 */
export function compareProbes(
  probes: readonly ProbeRecord[],
  lists: readonly Pick<ListRecord, 'probes'>[],
): Difference[] {
  return ASPECTS.flatMap(({ of, answer }) => {
    const rows = probes.flatMap((probe, index) => {
      const said = answer(probe, index, lists);
      return said === null ? [] : [{ index, asked: probe.askedWith, said }];
    });
    return differencesOf(of, rows);
  });
}

interface Row {
  readonly index: number;
  readonly asked: AskedWith;
  readonly said: string;
}

interface Aspect {
  readonly of: Difference['of'];
  /** null: this connection tells nothing of it. */
  answer(probe: ProbeRecord, index: number, lists: readonly Pick<ListRecord, 'probes'>[]): string | null;
}

const ASPECTS: readonly Aspect[] = [
  { of: 'asking', answer: (probe) => probe.asks ?? (probe.completed ? 'no' : null) },
  {
    of: 'list',
    answer: (_, index, lists) => {
      const at = lists.findIndex((list) => list.probes.includes(index));
      return at < 0 ? null : String(at);
    },
  },
  {
    of: 'answer',
    answer: (probe) => {
      // Who cannot be reached gives no answer that a parameter could have changed.
      if (['unreachable', 'before-tls', 'not-tls'].includes(probe.ending.is)) return null;
      return statusOf(probe) ?? (probe.completed ? null : probe.ending.is);
    },
  },
];

function differencesOf(of: Difference['of'], rows: readonly Row[]): Difference[] {
  if (new Set(rows.map(({ said }) => said)).size < 2) return [];
  const names = [...new Set(rows.flatMap(({ asked }) => Object.keys(asked)))];
  const single = names.flatMap((name) => {
    const pairs = rows.flatMap((a) =>
      rows.filter((b) => changedOf(a, b, names).join() === name && a.said !== b.said),
    );
    return pairs.length === 0 ? [] : [sidesOf(of, [name], unique(pairs), rows)];
  });
  if (single.length > 0) return single;
  const [first, ...others] = rows;
  const other = others.find(({ said }) => said !== first!.said)!;
  return [sidesOf(of, changedOf(first!, other, names), [first!, other], rows)];
}

/** Names of the parameters in which two connections differ. */
const changedOf = (a: Row, b: Row, names: readonly string[]): string[] =>
  names.filter((name) => (a.asked[name] ?? null) !== (b.asked[name] ?? null));

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];

/** The answers, and for which values of the changed parameters each was given. */
function sidesOf(
  of: Difference['of'],
  what: readonly string[],
  touched: readonly Row[],
  rows: readonly Row[],
): Difference {
  const ordered = rows.filter((row) => touched.includes(row));
  const told = tellApart(what, ordered);
  const sides = unique(ordered.map(({ said }) => said)).map((answer) => {
    const group = ordered.filter(({ said }) => said === answer);
    const values = new Map(group.map((row) => [keyOf(row, told), valuesFor(row, told)]));
    return { values: [...values.values()], answer, probes: group.map(({ index }) => index) };
  });
  return { what: told, of, sides };
}

/** The parameters, and others that vary as well where the same values got both answers. */
function tellApart(what: readonly string[], rows: readonly Row[]): readonly string[] {
  const mixed = rows.some((a) => rows.some((b) => a.said !== b.said && keyOf(a, what) === keyOf(b, what)));
  if (!mixed) return what;
  const names = unique(rows.flatMap(({ asked }) => Object.keys(asked)));
  const varying = names.filter((name) => new Set(rows.map((row) => keyOf(row, [name]))).size > 1);
  return unique([...what, ...varying]);
}

const valuesFor = ({ asked }: Row, what: readonly string[]): AskedValue =>
  what.map((name) => asked[name] ?? null);

const keyOf = (row: Row, what: readonly string[]): string => JSON.stringify(valuesFor(row, what));
