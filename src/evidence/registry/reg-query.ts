import { type Line, LineReader } from '../../base/text.ts';
import type { RegData } from '../../windows/registry/reg-data.ts';
import type { RegFile, RegListener } from '../../windows/registry/reg-file.ts';

/**
 * Text of `reg query` (domain 3): a key at the margin, its values indented by four blanks as name, type and data.
 * Names of types are the same in every language.
 */
export class RegQueryReader {
  readonly #listener: RegListener;
  readonly #lines = new LineReader((line) => this.#line(line));
  #key: { path: string; values: number } | null = null;
  #ended = false;
  /** A search ends with how many matches it found: `/f` and `/t` show some values only. */
  #filtered = false;

  constructor(listener: RegListener) {
    this.#listener = listener;
  }

  push(chunk: Uint8Array): void {
    this.#lines.push(chunk);
  }

  end(): RegFile {
    this.#lines.end();
    this.#leave(null);
    return { header: 'reg query', byHand: false, ended: this.#ended, filtered: this.#filtered };
  }

  #line(line: Line): void {
    const text = line.text.trimEnd();
    this.#ended = line.ended && text === '';
    const key = KEY.exec(text)?.[1];
    if (text === '') return;
    if (key !== undefined) {
      this.#leave(key);
      // The last line of a cut text may hold half a key, which is another key.
      if (!line.ended) return;
      this.#key = { path: key, values: 0 };
      this.#listener.key({ path: key, deleted: false, line });
      return;
    }
    const value = VALUE.exec(text);
    if (value && this.#key) this.#value(value, line);
    else if (this.#key && !isCommand(text)) this.#filtered = true;
  }

  #value([, name = '', type = '', data = '']: RegExpExecArray, line: Line): void {
    this.#key!.values++;
    this.#listener.value({
      name: /^\(.*\)$/.test(name) ? '' : name,
      data:
        line.ended && !line.cut
          ? dataOf(type, data)
          : { is: 'unreadable', why: 'the text may be cut off inside it' },
      line,
    });
  }

  /**
   * `/v` shows one value of a key, and nothing in what it prints tells it from all of them but that it is one: two
   * values, or the names of subkeys right below, are of a query of the key itself.
   */
  #leave(next: string | null): void {
    const key = this.#key;
    if (!key) return;
    const isBelow = next?.toLowerCase().startsWith(`${key.path.toLowerCase()}\\`) === true;
    if (key.values < 2 && !isBelow) this.#listener.partial?.();
  }
}

const KEY = /^\s*(HKEY_[A-Z_]+(?:\\.+)?)$/;
const VALUE = /^(?: {4}|\t| )\s*(\S.*?)(?: {4}|\t)\s*(REG_[A-Z_]+)(?:(?: {4}|\t)(.*)|\s*)$/;
const isCommand = (text: string): boolean =>
  /\breg(?:\.exe)?["']?\s+query\b/i.test(text) || /[>#$]$/.test(text);

export const isQuery = (text: string): boolean =>
  /^[ \t]*HKEY_[A-Z_]+\\.*\r?\n(?: {4}|\t| )\s*\S.*\bREG_[A-Z_]+\b/m.test(text);

function dataOf(type: string, data: string): RegData {
  switch (type) {
    case 'REG_SZ':
    case 'REG_EXPAND_SZ':
      return { is: 'text', value: data };
    case 'REG_DWORD': {
      const digits = /^0x([0-9a-f]{1,8})$/i.exec(data.trim())?.[1];
      return digits ? { is: 'dword', value: Number.parseInt(digits, 16) } : none('no number');
    }
    case 'REG_BINARY': {
      const hex = data.trim();
      if (hex.length % 2 === 1 || /[^0-9a-f]/i.test(hex)) return none('not pairs of hex digits');
      const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
      return { is: 'bytes', type: 3, value: bytes };
    }
    default:
      return none(`values of the type ${type} are not read`);
  }
}

const none = (why: string): RegData => ({ is: 'unreadable', why });
