/** The generated tables of names, opened: each is parsed when it is first asked. */

export type TableName = 'win32' | 'hresult' | 'ntstatus';
export type NameTables = Readonly<Record<TableName, string>>;

export interface Names {
  /** Symbols of a number, the usual one first; empty when it has none. */
  of(table: TableName, code: number): readonly string[];
  /** Numbers of a symbol, in any letter case. */
  find(symbol: string): { table: TableName; code: number }[];
  /** Symbols that contain a text, at most `most`. */
  like(text: string, most: number): string[];
}

const TABLES: readonly TableName[] = ['win32', 'hresult', 'ntstatus'];

export function openNames(tables: NameTables): Names {
  const opened = new Map<TableName, Map<number, readonly string[]>>();
  const table = (name: TableName): Map<number, readonly string[]> => {
    const known = opened.get(name) ?? parseTable(tables[name]);
    opened.set(name, known);
    return known;
  };
  return {
    of: (name, code) => table(name).get(code) ?? [],
    find(symbol) {
      const wanted = symbol.toUpperCase();
      return TABLES.filter((name) => tables[name].includes(wanted)).flatMap((name) =>
        [...table(name)].flatMap(([code, symbols]) =>
          symbols.some((one) => one.toUpperCase() === wanted) ? [{ table: name, code }] : [],
        ),
      );
    },
    like(text, most) {
      const wanted = text.toUpperCase().replace(/[\s-]+/g, '_');
      const all = TABLES.flatMap((name) => [...table(name).values()].flat());
      return [...new Set(all.filter((symbol) => symbol.toUpperCase().includes(wanted)))].slice(0, most);
    },
  };
}

/** Lines of neighbouring numbers: 'HEX NAME NAME=ALIAS NAME'. */
function parseTable(text: string): Map<number, readonly string[]> {
  const table = new Map<number, readonly string[]>();
  for (const line of text.split('\n')) {
    const [first, ...rest] = line.split(' ');
    let code = Number.parseInt(first!, 16);
    for (const symbols of rest) table.set(code++, symbols.split('='));
  }
  return table;
}
