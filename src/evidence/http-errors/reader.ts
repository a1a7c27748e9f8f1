import { decodeText, type Line, LineReader } from '../../base/text.ts';
import type { HttpErrors } from '../claims.ts';
import { lineLocus } from '../line-locus.ts';
import type { EvidenceReader, OpenReader, ReadContext } from '../reader.ts';

/** HTTPERR: requests and connections that http.sys ended itself (domain 5.5). */
const reader: EvidenceReader = {
  kind: 'http-errors',
  title: 'log of http.sys errors (HTTPERR)',
  sniff(head) {
    const text = decodeText(head);
    const fields = /^#Fields:(.*)$/m.exec(text)?.[1];
    if (fields) return /\bs-reason\b/.test(fields) ? 'certain' : 'no';
    return /^#Software: Microsoft HTTP API/m.test(text) || text.split('\n').some(isDefaultLine)
      ? 'likely'
      : 'no';
  },
  among: /^#Fields:.*\bs-reason\b/m,
  isAlone: (head) => /^#/.test(head) && !/^(?![#\d]|[ \t\r]*$)/m.test(head),
  open: (context) => new HttpErrorLog(context),
};
export default reader;

/** A heading is common and not assured: then the lines are of this order, the queue's name in newer builds only. */
const DEFAULT =
  'date time c-ip c-port s-ip s-port cs-version cs-method cs-uri sc-status s-siteid s-reason s-queuename';
const REASON = /^[A-Z][A-Za-z]+(?:_[A-Za-z/]+)*$/;

function isDefaultLine(line: string): boolean {
  const values = line.trim().split(' ');
  return (
    /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d /.test(line) &&
    (values.length === 12 || values.length === 13) &&
    /^(?:-|\d{3})$/.test(values[9]!) &&
    REASON.test(values[11]!)
  );
}

const MOST_GROUPS = 5000;
type Group = { -readonly [K in keyof HttpErrors]: HttpErrors[K] };

class HttpErrorLog implements OpenReader {
  readonly #context: ReadContext;
  readonly #lines = new LineReader((line) => this.#line(line));
  readonly #groups = new Map<string, Group>();
  #fields = DEFAULT.split(' ');
  #odd: Line | null = null;
  #oddCount = 0;
  #left = 0;

  constructor(context: ReadContext) {
    this.#context = context;
  }

  push(chunk: Uint8Array): void {
    this.#lines.push(chunk);
  }

  end(): void {
    this.#lines.end();
    const { source } = this.#context;
    for (const group of this.#groups.values()) this.#context.claim(group);
    if (this.#odd) {
      const message = `${this.#oddCount} lines do not fit their #Fields and were left out, the first here`;
      this.#context.note({ at: lineLocus(source, this.#odd), message });
    }
    if (this.#left > 0)
      this.#context.note({
        at: { source },
        message: `${this.#left} lines beyond ${MOST_GROUPS} kinds were left out`,
      });
    if (this.#groups.size === 0 && !this.#odd)
      this.#context.note({
        at: { source },
        message: 'the log has no lines: http.sys ended nothing while it ran',
      });
  }

  #line(line: Line): void {
    const text = line.text.trim();
    if (text.startsWith('#Fields:')) this.#fields = text.slice(8).trim().split(/\s+/);
    if (text === '' || text.startsWith('#')) return;
    const values = text.split(/\s+/);
    // Builds without the queue's name end one value earlier than the heading of others.
    const lacks = this.#fields.length - values.length;
    const fits = lacks === 0 || (lacks === 1 && this.#fields.at(-1) === 's-queuename');
    const value = (name: string): string | undefined => {
      const found = values[this.#fields.indexOf(name)];
      return found === '-' ? undefined : found;
    };
    const time = Date.parse(`${value('date')}T${value('time')}Z`);
    const reason = value('s-reason');
    if (!fits || !line.ended || Number.isNaN(time) || !reason || !REASON.test(reason)) this.#setAside(line);
    else this.#count(line, time, reason, value);
  }

  /** The last line of a log that is still written, or cut, may be half a line. */
  #setAside(line: Line): void {
    if (!line.ended) return;
    this.#oddCount++;
    this.#odd ??= line;
  }

  #count(line: Line, time: number, reason: string, value: (name: string) => string | undefined): void {
    const numbers = { status: value('sc-status'), serverPort: value('s-port'), site: value('s-siteid') };
    const texts = { serverIp: value('s-ip'), queue: value('s-queuename') };
    const key = JSON.stringify([reason, numbers, texts]);
    const group = this.#groups.get(key);
    const at = lineLocus(this.#context.source, line);
    if (group) {
      group.count++;
      if (time < group.first) [group.first, group.at] = [time, at];
      if (time >= group.last) [group.last, group.lastAt] = [time, at];
    } else if (this.#groups.size >= MOST_GROUPS) this.#left++;
    else {
      this.#groups.set(key, {
        says: 'http-errors',
        reason,
        ...present(numbers, Number),
        ...present(texts, String),
        count: 1,
        first: time,
        last: time,
        at,
        lastAt: at,
      });
    }
  }
}

function present<K extends string, T>(
  from: Readonly<Record<K, string | undefined>>,
  read: (text: string) => T,
): { [P in K]?: T } {
  const entries = Object.entries<string | undefined>(from).flatMap(([name, text]) => {
    const value = text === undefined ? undefined : read(text);
    return value === undefined || Number.isNaN(value) ? [] : [[name, value]];
  });
  return Object.fromEntries(entries) as { [P in K]?: T };
}
