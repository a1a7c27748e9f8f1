import type { Line } from '../../base/text.ts';
import { dataInOrder, dataInText, matters, type SeenEvent, timeOf } from '../event.ts';
import { lineLocus } from '../line-locus.ts';

/** A record of a text: what was read of it so far. */
interface Begun {
  readonly line: Line;
  readonly provider: string;
  id: number | null;
  readonly fields: Map<string, string>;
  /** Values in order, whatever their labels. */
  readonly values: string[];
  inText: boolean;
  text: string;
}

const PAIR = /^\s*([^\s:：][^:：]{0,40}?)\s*[:：](?:\s+(.*?))?\s*$/u;
/** Above each table of Get-WinEvent. */
const TABLE = /^\s{2,}ProviderName: \S/;
/** Of the number below the source. */
const NEAR = 3;
const LONGEST_TEXT = 8000;

/**
 * Events as `wevtutil qe /f:text`, the viewer's "copy as text", `Get-WinEvent` and `Get-EventLog` print them. Labels
 * may be of any language: a record is a known source with a number just below or above it.
 */
export class TextEvents {
  readonly #source: string;
  readonly #give: (event: SeenEvent) => void;
  #begun: Begun | null = null;
  /** Pairs above the source in the same paragraph: Get-WinEvent prints the time first. */
  #above: { name: string; value: string }[] = [];
  /** Lines since the last empty one. */
  #sinceBlank = 0;
  #table: { readonly provider: string; idEnd: number | null } | null = null;

  constructor(source: string, give: (event: SeenEvent) => void) {
    this.#source = source;
    this.#give = give;
  }

  line(line: Line): void {
    const pair = PAIR.exec(line.text);
    const [name, value] = [pair?.[1]?.toLowerCase() ?? '', pair?.[2] ?? ''];
    this.#sinceBlank = line.text.trim() === '' ? 0 : this.#sinceBlank + 1;
    const isHeading = TABLE.test(line.text);
    if (isHeading) this.end();
    if (isHeading) this.#table = { provider: value, idEnd: null };
    else if (pair && matters(value) && this.#mayBegin(name)) this.#begin(line, value);
    else if (this.#table) this.#row(line, this.#table);
    else if (this.#begun) this.#goOn(line, pair ? { name, value } : null);
    else if (pair) this.#above.push({ name, value });
    else this.#above = [];
    if (this.#above.length > 12) this.#above.shift();
  }

  /** Gives what was begun; an XML form of the same event that follows takes its place. */
  end(replacedBy?: SeenEvent): void {
    const begun = this.#begun;
    this.#begun = null;
    this.#above = [];
    this.#table = null;
    if (!begun || begun.id === null) return;
    const isSame =
      replacedBy?.id === begun.id && replacedBy.provider.toLowerCase() === begun.provider.toLowerCase();
    if (!isSame) this.#give(this.#eventOf(begun, begun.id));
  }

  /** Inside a description only what can be nothing but the source of the next event: by label, or by place. */
  #mayBegin(name: string): boolean {
    return !this.#begun?.inText || /^(?:source|providername)$/.test(name) || this.#sinceBlank === 2;
  }

  #begin(line: Line, provider: string): void {
    const above = this.#above;
    this.end();
    this.#begun = { line, provider, id: null, fields: new Map(), values: [], inText: false, text: '' };
    for (const pair of above) this.#field(this.#begun, pair.name, pair.value);
  }

  #goOn(line: Line, pair: { name: string; value: string } | null): void {
    const begun = this.#begun!;
    if (begun.inText) {
      const isNext = /^(?:Event\[\d+\]|Log Name: |Index\s+: |TimeCreated\s+: )/.test(line.text);
      if (isNext) {
        this.end();
        if (pair) this.#above.push(pair);
      } else if (line.ended && begun.text.length < LONGEST_TEXT) begun.text += `${line.text.trim()} `;
    } else if (pair) {
      if (line.ended) this.#field(begun, pair.name, pair.value);
      // The description stands below its label, or beside it (Message of PowerShell).
      const isText = (pair.value === '' && begun.values.length >= NEAR) || pair.name === 'message';
      if (isText && begun.id !== null) {
        begun.inText = true;
        if (line.ended) begun.text = `${pair.value} `;
      }
    } else if (line.text.trim() === '') this.end();
  }

  #field(begun: Begun, name: string, value: string): void {
    begun.fields.set(name, value);
    if (value !== '') begun.values.push(value);
    const isNumber = /^\d{1,5}$/.test(value) && (begun.values.length <= NEAR || /^(?:event)?id$/.test(name));
    if (begun.id === null && isNumber) begun.id = Number(value);
  }

  #row(line: Line, table: { readonly provider: string; idEnd: number | null }): void {
    const header = /^TimeCreated\s+Id\b/.exec(line.text);
    if (header) table.idEnd = header[0].length;
    if (table.idEnd === null || !line.ended) return;
    const id = /(?:^|\s)(\d{1,5})$/.exec(line.text.slice(0, table.idEnd))?.[1];
    if (!id) return;
    const text = line.text.slice(table.idEnd);
    const level = levelOf(text.trim().split(/\s/)[0] ?? '');
    this.#give({
      provider: table.provider,
      id: Number(id),
      ...(level === undefined ? {} : { level }),
      data: /(?:\.\.\.|…)\s*$/.test(text) ? {} : dataInText(Number(id), text),
      at: lineLocus(this.#source, line),
    });
  }

  #eventOf({ line, provider, fields, text }: Begun, id: number): SeenEvent {
    const any = (...names: string[]): string =>
      names.map((name) => fields.get(name)).find((one) => one) ?? '';
    const time = timeOf(any('date', 'timecreated')) ?? [...fields.values()].map(timeOf).find((one) => one);
    const level = levelOf(any('level', 'leveldisplayname', 'entrytype'));
    const computer = any('computer', 'machinename');
    const strings = /^\{(.*)\}$/.exec(any('replacementstrings'))?.[1];
    return {
      provider,
      id,
      ...(level === undefined ? {} : { level }),
      ...(/^[\w.-]+$/.test(computer) ? { computer } : {}),
      ...(time === undefined ? {} : { time }),
      data: strings === undefined ? dataInText(id, text) : dataInOrder(id, strings.split(', ')),
      at: lineLocus(this.#source, line),
    };
  }
}

const LEVELS: Readonly<Record<string, number>> = { critical: 1, error: 2, warning: 3, information: 4 };

function levelOf(word: string): number | undefined {
  const number = /^[1-5]$/.test(word) ? Number(word) : undefined;
  return number ?? LEVELS[word.toLowerCase()];
}
