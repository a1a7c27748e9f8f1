/** What a line tells of the connection that it speaks of. */
export interface Surroundings {
  readonly host?: string;
  readonly port?: number;
  readonly path?: string;
}

/** Addresses of manuals, which error texts name. */
const MANUAL =
  /(?:^|\.)(?:curl\.se|haxx\.se|aka\.ms|microsoft\.com|github\.com|stackoverflow\.com|python\.org|w3\.org|oracle\.com|golang\.org|docs\.rs)$/i;

const URL = /\bhttps?:\/\/(\[[0-9a-f:.%]+\]|[\p{L}\p{N}._*-]+)(?::(\d{1,5}))?(\/[^\s"'<>()?#,;|\\]*)?/giu;

/** Names, ports and paths in the forms in which programs print them; nothing is guessed from other text. */
export function surroundingsOf(text: string): Surroundings {
  // The page that a browser came from is another connection's.
  const line = text.replace(/, referer: \S+/i, '');
  return ofPool(line) ?? ofNginx(line) ?? ofApache(line) ?? ofUrl(line) ?? {};
}

function ofPool(line: string): Surroundings | null {
  const [, host, port] = /\bHTTPSConnectionPool\(host='([^']+)', port=(\d+)\)/.exec(line) ?? [];
  if (!host) return null;
  const [, path] = / url: (\/\S*)/.exec(line) ?? [];
  return place(host, port, path);
}

function ofNginx(line: string): Surroundings | null {
  if (!/, client: \S+, server: /.test(line)) return null;
  const [, server, serverPort] = /, server: (\[[^\]]*\]|[^\s,:]*)(?::(\d+))?/.exec(line) ?? [];
  const [, host, port] = /, host: "(\[[^\]]*\]|[^":]*)(?::(\d+))?"/.exec(line) ?? [];
  const [, path] = /, request: "[A-Z]+ (\/[^\s?"]*)/.exec(line) ?? [];
  return place(host ?? server, host ? port : serverPort, path);
}

function ofApache(line: string): Surroundings | null {
  const [, host, port] = /\(server ([^\s:()]+):(\d+)\)/.exec(line) ?? [];
  return host ? place(host, port) : null;
}

function ofUrl(line: string): Surroundings | null {
  for (const [, host = '', port, path] of line.matchAll(URL))
    if (!MANUAL.test(host)) return place(host, port, path);
  return null;
}

function place(host: string | undefined, port?: string, path?: string): Surroundings {
  const number = port === undefined ? undefined : Number(port);
  return {
    ...(host && host !== '_' ? { host: host.replace(/^\[|\]$/g, '') } : {}),
    ...(number !== undefined && number > 0 && number < 65536 ? { port: number } : {}),
    ...(path ? { path } : {}),
  };
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * Milliseconds since 1970 UTC, where the line tells its zone: error logs of Apache and nginx print local time, which
 * is none.
 */
export function timeIn(line: string): number | undefined {
  const [, date, clock, zone] =
    /\b(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,]\d+)?\s?(Z|UTC|[+-]\d\d:?\d\d)(?![\d:])/.exec(line) ?? [];
  if (date) return parse(date, clock!, zone!);
  const [, day, month, year, time, offset] =
    /\b(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d)(?:\.\d+)? ([+-]\d{4})\b/.exec(line) ?? [];
  if (day && MONTHS.includes(month!)) {
    const number = String(MONTHS.indexOf(month!) + 1).padStart(2, '0');
    return parse(`${year}-${number}-${day}`, time!, offset!);
  }
  const [, seconds] = /"ts": ?(\d{10}(?:\.\d{1,9})?)\b/.exec(line) ?? [];
  return seconds === undefined ? undefined : Math.round(Number(seconds) * 1000);
}

function parse(date: string, clock: string, zone: string): number | undefined {
  const offset = /^(?:Z|UTC)$/.test(zone) ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const time = Date.parse(`${date}T${clock}${offset}`);
  return Number.isNaN(time) ? undefined : time;
}

const CLOCKS: readonly RegExp[] = [
  /\b(?<year>\d{4})[-/](?<month>\d\d)[-/](?<day>\d\d)[T ](?<time>\d\d:\d\d:\d\d)/,
  /\b[A-Z][a-z]{2} (?<name>[A-Z][a-z]{2}) +(?<day>\d{1,2}) (?<time>\d\d:\d\d:\d\d)(?:\.\d+)? (?<year>\d{4})\b/,
  /\b(?<day>\d\d)\/(?<name>[A-Z][a-z]{2})\/(?<year>\d{4}):(?<time>\d\d:\d\d:\d\d)/,
];

/** The time as it is printed, taken for UTC whatever its zone; `timeIn` for lines that have none but an epoch. */
export function clockIn(line: string): number | undefined {
  for (const shape of CLOCKS) {
    const { year, month, name, day = '', time } = shape.exec(line)?.groups ?? {};
    if (!year) continue;
    const number = month ?? String(MONTHS.indexOf(name ?? '') + 1).padStart(2, '0');
    const clock = Date.parse(`${year}-${number}-${day.padStart(2, '0')}T${time}Z`);
    return Number.isNaN(clock) ? undefined : clock;
  }
  return timeIn(line);
}

/** The client's address, where a server prints it in a form of its own. */
export function peerIn(line: string): string | undefined {
  const [, nginx, apache, haproxy, caddy, go] =
    /, client: ([\da-f.:]+), server: |\[client ([\da-f.:]+):\d+\]|(?:^|haproxy\[\d+\]: )([\da-f.:]+):\d+ \[\d\d\/|"remote_ip":"([\da-f.:]+)"|handshake error from \[?([\da-f.:]+)\]?:\d+/i.exec(
      line,
    ) ?? [];
  return nginx ?? apache ?? haproxy ?? caddy ?? go;
}
