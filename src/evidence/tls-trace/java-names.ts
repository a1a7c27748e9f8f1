/** Attribute types from the most special to the most general, as Java prints a name (reversed, RFC 2253). */
const RANKS: readonly (readonly string[])[] = [
  ['EMAILADDRESS', 'E', 'UID'],
  ['SERIALNUMBER'],
  ['CN'],
  ['OU'],
  ['O'],
  ['OID.2.5.4.97', 'STREET'],
  ['L'],
  ['ST', 'S'],
  ['C'],
  ['DC'],
];
/** They may stand twice in a name, one after the other. */
const REPEATABLE = ['OU', 'DC', 'O'];

const rankOf = (type: string): number => RANKS.findIndex((types) => types.includes(type));

/**
 * Names that Java prints for TLS 1.2, all on one line with the same comma between names as between their parts.
 * Where one ends shows only by its parts: they get more general within a name, and special again with the next.
 */
export function namesOnOneLine(text: string): string[] {
  const parts = text.match(/(?:"(?:[^"\\]|\\.)*"|\\.|[^,"\\])+/g)?.map((part) => part.trim()) ?? [];
  const names: string[][] = [];
  let before = { rank: -1, type: '' };
  for (const part of parts) {
    const [, type = ''] = /^([A-Za-z][\w.]*)=/.exec(part) ?? [];
    const rank = rankOf(type.toUpperCase());
    const isNext =
      names.length === 0 ||
      (rank >= 0 && rank < before.rank) ||
      (rank === before.rank && type === before.type && !REPEATABLE.includes(type.toUpperCase()));
    if (isNext) names.push([part]);
    else names.at(-1)!.push(part);
    before = { rank: rank < 0 ? before.rank : rank, type };
  }
  return names.map((one) => one.join(', '));
}
