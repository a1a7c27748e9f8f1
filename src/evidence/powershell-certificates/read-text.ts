import type { Line } from '../../base/text.ts';
import { type Properties, type StorePath, storePath } from './fields.ts';

export interface Shown {
  readonly line: Line;
  readonly path: StorePath | undefined;
  readonly properties: Properties;
}

/** Tables and lists of certificates; names of properties are the same in every language (domain 8.6). */
export function certificatesShown(lines: readonly Line[]): Shown[] {
  const listings = new Listings();
  for (const line of lines) listings.line(line);
  listings.close();
  return listings.shown.filter(({ properties }) =>
    ['thumbprint', 'subject', 'issuer'].some((name) => properties.has(name)),
  );
}

const PARENT = /^\s*PSParentPath\s*: (.*)$/;
const HEADER = /^\s*Thumbprint\s+Subject\b/;
const ROW = /^(\s*([0-9A-F]{30,40})\s*)(.*)$/i;
const PAIR = /^\s{0,8}([A-Z][A-Za-z]+)\s*:(?: (.*))?$/;

class Listings {
  readonly shown: Shown[] = [];
  #path: StorePath | undefined;
  /** Inside a table: the column where what follows the subject begins. */
  #subjectEnd: number | null = null;
  #list: { line: Line; properties: Map<string, string>; last: string } | null = null;

  line(line: Line): void {
    const { text } = line;
    const parent = PARENT.exec(text)?.[1];
    if (parent !== undefined && !this.#list) {
      this.#path = storePath(parent);
      this.#subjectEnd = null;
    } else if (HEADER.test(text)) {
      this.close();
      // PowerShell 7 adds a column behind the subject.
      const next = text.indexOf('EnhancedKeyUsageList');
      this.#subjectEnd = next < 0 ? Number.POSITIVE_INFINITY : next;
    } else if (this.#subjectEnd !== null && ROW.test(text)) this.#row(line, this.#subjectEnd);
    else if (PAIR.test(text)) this.#pair(line);
    else if (/^\s{8,}\S/.test(text)) this.#goOn(line);
    else if (text.trim() === '') this.close();
  }

  close(): void {
    const list = this.#list;
    this.#list = null;
    if (!list) return;
    const { line, properties } = list;
    const own = storePath(properties.get('psparentpath') ?? properties.get('pspath') ?? '');
    this.shown.push({ line, path: own ?? this.#path, properties });
  }

  #row(line: Line, subjectEnd: number): void {
    const [, before = '', thumbprint = ''] = ROW.exec(line.text)!;
    const properties = new Map([['thumbprint', thumbprint]]);
    const subject = line.text.slice(before.length, subjectEnd).trim();
    if (line.ended) properties.set('subject', subject);
    this.shown.push({ line, path: this.#path, properties });
  }

  #pair(line: Line): void {
    const [, label = '', value = ''] = PAIR.exec(line.text)!;
    const name = label.toLowerCase();
    this.#subjectEnd = null;
    if (this.#list?.properties.has(name)) this.close();
    this.#list ??= { line, properties: new Map(), last: name };
    if (line.ended) this.#list.properties.set(name, value.trim());
    this.#list.last = name;
  }

  /** A value that goes on is indented below itself. */
  #goOn({ text, ended }: Line): void {
    if (!this.#list) return;
    const { properties, last } = this.#list;
    const begun = properties.get(last) ?? '';
    if (ended) properties.set(last, `${begun}${begun.endsWith(',') ? ' ' : ''}${text.trim()}`);
    else properties.delete(last);
  }
}
