import { appendFile, mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** A finished request, as IIS logs it. */
export interface Logged {
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly site: number;
  readonly serverIp: string;
  readonly serverPort: number;
  readonly clientIp: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly userAgent: string;
  readonly referer: string;
  readonly status: number;
  readonly substatus: number;
  readonly win32: number;
  readonly milliseconds: number;
}

/** The default field set of IIS 8 and later, in the order it writes (domain 5.4). */
const FIELDS =
  'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken';

export function logLine(one: Logged): string {
  const [date, time] = stamp(one.at);
  return [
    date,
    time,
    one.serverIp,
    word(one.method),
    word(one.path),
    word(one.query),
    one.serverPort,
    '-',
    one.clientIp,
    word(one.userAgent),
    word(one.referer),
    one.status,
    one.substatus,
    one.win32,
    one.milliseconds,
  ].join(' ');
}

/** Directives that open a file, and stand again wherever the server started anew. */
function logHead(at: number): string {
  return `#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: ${stamp(at).join(' ')}\r\n#Fields: ${FIELDS}\r\n`;
}

/** A blank or an unprintable character becomes '+', nothing at all '-' (domain 5.4). */
function word(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not reach the log
  return text.replace(/[\u0000-\u0020\u007f-\u009f]/g, '+').slice(0, 4096) || '-';
}

function stamp(at: number): [string, string] {
  const iso = new Date(at).toISOString();
  return [iso.slice(0, 10), iso.slice(11, 19)];
}

/** Appends in the order of calls; a line is in the file when its promise resolves. */
export class LogWriter {
  readonly #folder: string;
  readonly #opened = new Set<string>();
  #last: Promise<void> = Promise.resolve();

  constructor(folder: string) {
    this.#folder = logsFolder(folder);
  }

  write(one: Logged): Promise<void> {
    const next = this.#last.then(() => this.#append(one));
    this.#last = next.catch(() => {});
    return next;
  }

  async #append(one: Logged): Promise<void> {
    const file = path.join(this.#folder, logName(one.site, one.at));
    const head = this.#opened.has(file) ? '' : logHead(one.at);
    if (head) await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await appendFile(file, `${head}${logLine(one)}\r\n`, { mode: 0o600 });
    this.#opened.add(file);
  }
}

const logsFolder = (folder: string): string => path.join(folder, 'logs');

/** 'W3SVC1/u_ex261125.log': one file a site and day, by UTC. */
function logName(site: number, at: number): string {
  return `W3SVC${site}/u_ex${stamp(at)[0].slice(2).replaceAll('-', '')}.log`;
}

/** Every log of the lab by its name below logs/, oldest first. */
export async function readLogs(folder: string): Promise<{ name: string; bytes: Uint8Array }[]> {
  const names = await readdir(logsFolder(folder), { recursive: true }).catch(() => []);
  const logs = names.filter((name) => name.endsWith('.log')).sort();
  return Promise.all(
    logs.map(async (name) => ({
      name: name.replaceAll('\\', '/'),
      bytes: await readFile(path.join(logsFolder(folder), name)),
    })),
  );
}

/** The last lines of the newest log, directives left out. */
export async function lastLogLines(folder: string, count: number): Promise<string[]> {
  const newest = (await readLogs(folder)).at(-1);
  if (!newest) return [];
  const lines = Buffer.from(newest.bytes).toString('utf8').split('\r\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#')).slice(-count);
}
