import { type Line, LineReader } from '../../base/text.ts';
import { parseRegData, type RegData } from './reg-data.ts';

/** Registry text as regedit and `reg export` write it: a push machine that knows nothing of what the keys mean. */

export interface RegKey {
  /** 'HKEY_LOCAL_MACHINE\SYSTEM\…' as spelled. */
  readonly path: string;
  /** [-HKEY_…]: importing the file would delete it. */
  readonly deleted: boolean;
  readonly line: Line;
}

export interface RegValue {
  /** '' for the default value. */
  readonly name: string;
  readonly data: RegData;
  /** Its first line. */
  readonly line: Line;
}

export interface RegListener {
  key(key: RegKey): void;
  /** A value of the last key. */
  value(value: RegValue): void;
  /** A line that is none of the syntax. */
  odd(line: Line, why: string): void;
  /** The last key may have values that are not shown. */
  partial?(): void;
}

export interface RegFile {
  /** The first line named the format. */
  readonly header: 'version 5' | 'REGEDIT4' | 'reg query' | null;
  /** Comments or deletions: written by hand to be imported, not exported from a host. */
  readonly byHand: boolean;
  /** The text ends as exports do, with an empty line: nothing is cut off. */
  readonly ended: boolean;
  /** Some values were asked for, not all. */
  readonly filtered?: boolean;
}

/** 16 MiB of text for one value, where a certificate in a store has some kilobytes. */
const LONGEST_VALUE = 1 << 24;

interface BegunValue {
  readonly name: string;
  readonly line: Line;
  readonly kind: 'hex' | 'quoted';
  readonly parts: string[];
  length: number;
}

export class RegFileReader {
  readonly #listener: RegListener;
  readonly #lines = new LineReader((line) => this.#line(line));
  #header: RegFile['header'] = null;
  #byHand = false;
  #ended = false;
  #inKey = false;
  #begun: BegunValue | null = null;

  constructor(listener: RegListener) {
    this.#listener = listener;
  }

  push(chunk: Uint8Array): void {
    this.#lines.push(chunk);
  }

  end(): RegFile {
    this.#lines.end();
    if (this.#begun) this.#give(this.#begun, 'the file is cut off inside it');
    return { header: this.#header, byHand: this.#byHand, ended: this.#ended };
  }

  get header(): RegFile['header'] {
    return this.#header;
  }

  #line(line: Line): void {
    if (this.#begun) {
      this.#goOn(this.#begun, line);
      return;
    }
    const text = line.text.trim();
    this.#ended = line.ended && text === '';
    if (text === '') return;
    if (text.startsWith(';')) this.#byHand = true;
    else if (/^Windows Registry Editor Version \d/i.test(text)) this.#header ??= 'version 5';
    else if (text === 'REGEDIT4') this.#header ??= 'REGEDIT4';
    else if (text.startsWith('[')) this.#key(text, line);
    else this.#value(text, line);
  }

  #key(text: string, line: Line): void {
    const found = /^\[(-?)(.+)\]$/.exec(text);
    this.#inKey = found !== null;
    if (!found) {
      this.#listener.odd(line, 'a key without its closing bracket');
      return;
    }
    if (found[1]) this.#byHand = true;
    this.#listener.key({ path: found[2]!, deleted: found[1] === '-', line });
  }

  #value(text: string, line: Line): void {
    const found = /^(?:@|"((?:[^"\\]|\\.)*)")\s*=\s*(.*)$/.exec(text);
    if (!found) {
      this.#listener.odd(line, 'neither a key nor a value');
      return;
    }
    if (!this.#inKey) {
      this.#listener.odd(line, 'a value that stands under no key');
      return;
    }
    const name = (found[1] ?? '').replace(/\\(.)/g, '$1');
    const data = found[2]!;
    if (data === '-') this.#byHand = true;
    const kind = data.startsWith('"') ? 'quoted' : 'hex';
    this.#begun = { name, line, kind, parts: [], length: 0 };
    const closed = kind === 'hex' ? !data.endsWith('\\') : /^"(?:[^"\\]|\\.)*"$/.test(data);
    this.#add(this.#begun, data, line, closed);
  }

  /** Hex goes on after a backslash at the end of a line, a quoted text until its quote. */
  #goOn(begun: BegunValue, line: Line): void {
    const text = begun.kind === 'hex' ? line.text.trim() : line.text;
    const isNew = /^\s*(?:\[-?HKEY_|(?:@|"[^"]+")\s*=)/i.test(text);
    if (isNew || (begun.kind === 'hex' && text === '')) {
      this.#give(begun, 'it does not end');
      this.#line(line);
      return;
    }
    const closed = begun.kind === 'hex' ? !text.endsWith('\\') : /^(?:[^"\\]|\\.)*"\s*$/.test(text);
    this.#add(begun, text, line, closed);
  }

  #add(begun: BegunValue, text: string, line: Line, closed: boolean): void {
    begun.length += text.length;
    if (begun.length <= LONGEST_VALUE) begun.parts.push(text);
    if (line.cut || begun.length > LONGEST_VALUE) {
      if (closed) this.#give(begun, 'it is longer than any value that matters here');
    } else if (closed) {
      // A last line without its end may lack digits; a quote and the eighth digit of a dword end for themselves.
      const ends = line.ended || begun.kind === 'quoted' || /^dword:[0-9a-f]{8}$/i.test(text);
      this.#give(begun, ends ? null : 'the file may be cut off inside it');
    }
  }

  #give(begun: BegunValue, why: string | null): void {
    this.#begun = null;
    this.#ended = false;
    const { name, line, kind, parts } = begun;
    const data: RegData = why
      ? { is: 'unreadable', why }
      : parseRegData(parts.join(kind === 'quoted' ? '\n' : ''));
    this.#listener.value({ name, data, line });
  }
}
