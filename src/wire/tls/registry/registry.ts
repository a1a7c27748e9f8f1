/** Code points of one IANA registry, by number and by name. Unknown numbers stay numbers: '0xfe99'. */
export interface Registry {
  name(code: number): string;
  number(name: string): number | undefined;
  readonly entries: ReadonlyMap<number, string>;
}

/** `digits`: hex digits in which an unknown code is printed, two for one byte and four for two. */
export function makeRegistry(digits: 2 | 4, names: Iterable<readonly [number, string]>): Registry {
  const entries = new Map(names);
  const numbers = new Map([...entries].map(([code, name]) => [name, code]));
  return {
    name: (code) => entries.get(code) ?? `0x${code.toString(16).padStart(digits, '0')}`,
    number: (name) => numbers.get(name),
    entries,
  };
}

/** Names of consecutive codes. */
export function run(first: number, ...names: readonly string[]): [number, string][] {
  return names.map((name, i) => [first + i, name]);
}
