/** Which values of a line mean what, by the last #Fields directive. Indexes from 0; -1: the log has no such field. */
export interface Columns {
  readonly names: readonly string[];
  readonly date: number;
  readonly time: number;
  readonly serverIp: number;
  readonly serverPort: number;
  readonly host: number;
  readonly path: number;
  readonly status: number;
  readonly substatus: number;
  readonly win32: number;
  readonly computer: number;
}

/** Names from 'date time s-ip …' (domain 5.4); some writers part them with several blanks or tabs. */
export function columnsOf(directive: string): Columns {
  const names = directive
    .trim()
    .split(/\s+/)
    .filter((name) => name !== '');
  const at = (...wanted: string[]): number => names.findIndex((name) => wanted.includes(name.toLowerCase()));
  return {
    names,
    date: at('date'),
    time: at('time'),
    serverIp: at('s-ip'),
    serverPort: at('s-port'),
    host: at('cs-host', 'cs(host)'),
    path: at('cs-uri-stem', 'cs-uri'),
    status: at('sc-status'),
    substatus: at('sc-substatus'),
    win32: at('sc-win32-status'),
    computer: at('s-computername'),
  };
}

/** Why lines with these columns cannot be used, or what cannot be told from them; the fatal ones first. */
export function lacks(
  columns: Columns,
  hasDate: boolean,
): { readonly unusable: string | null; readonly notes: string[] } {
  const { date, time, status } = columns;
  if (status < 0) return { unusable: 'without sc-status nothing can be told', notes: [] };
  if (time < 0 || (date < 0 && !hasDate)) {
    const local = columns.names.some((name) => /-local$/i.test(name));
    const why = local ? 'its times are local, which compares with nothing' : 'it has no date and time';
    return { unusable: `${why}: log in the W3C format of IIS, whose times are UTC`, notes: [] };
  }
  const notes = [
    [columns.substatus, 'sc-substatus: 403.7 and 403.16 cannot be told apart'],
    [columns.win32, 'sc-win32-status: the cause behind a substatus is not told'],
    [columns.serverPort, 's-port: sites on several ports cannot be told apart'],
    [columns.path, 'cs-uri-stem: pages cannot be told apart'],
  ] as const;
  return {
    unusable: null,
    notes: notes.flatMap(([at, what]) =>
      at < 0 ? [`the log lacks the field ${what}; switch it on in the site's logging`] : [],
    ),
  };
}
