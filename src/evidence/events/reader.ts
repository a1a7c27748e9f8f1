import { concat } from '../../base/bytes.ts';
import { decodeText, type Line, LineReader } from '../../base/text.ts';
import { EventTally, eventOf, matters } from '../event.ts';
import { gather } from '../gather.ts';
import { lineLocus } from '../line-locus.ts';
import type { EvidenceReader, OpenReader, ReadContext } from '../reader.ts';
import { parseXml } from '../xml.ts';
import { eventsInClixml, eventsInJson } from './object-events.ts';
import { TextEvents } from './text-events.ts';

/** Events of Windows logs as text, XML, JSON or CLIXML (wevtutil, Get-WinEvent, the viewer; domain 4.5). */
const reader: EvidenceReader = {
  kind: 'events',
  title: 'events of a Windows log',
  sniff(head) {
    const text = decodeText(head);
    if (/<failedRequest[\s>]/.test(text)) return 'no';
    if (/<Event[\s>][\s\S]{0,200}?<System>/.test(text)) return 'certain';
    if (/<Objs[\s>][\s\S]*EventLogRecord/.test(text)) return 'certain';
    if (/^\s*[[{]/.test(text))
      return /"ProviderName"\s*:/.test(text) && /"Id"\s*:/.test(text) ? 'certain' : 'no';
    if (/^Event\[\d+\]/m.test(text)) return 'likely';
    return namesSource(text) ? 'likely' : 'no';
  },
  among:
    /^Event\[\d+\]|<Event[\s>]|\b(?:Schannel|HttpEvent|HttpService|CAPI2|Kerberos-Key-Distribution-Center|KDC)\b/im,
  isAlone: (head) => /^\s*(?:[[{]|<\?xml|<Events|<Objs)/.test(head),
  open: (context) => new EitherReader(context),
};
export default reader;

/** A known source with a number within three lines. */
function namesSource(text: string): boolean {
  const lines = text.split('\n');
  return lines.some((line, i) => {
    const value = /[:：]\s+(\S.*?)\s*$/.exec(line)?.[1] ?? '';
    if (!matters(value)) return false;
    const near = [...lines.slice(Math.max(0, i - 3), i), ...lines.slice(i + 1, i + 5)];
    return near.some((one) => /(?:[:：]\s+\d{1,5}|\bId\b.*)\s*$/.test(one) || /\bId\b/.test(one));
  });
}

const HEAD = 1 << 16;
const LARGEST = 64 * 2 ** 20;

/** Objects are read as a whole, everything else line by line; the first bytes tell. */
class EitherReader implements OpenReader {
  readonly #context: ReadContext;
  #head: Uint8Array = new Uint8Array(0);
  #open: OpenReader | null = null;

  constructor(context: ReadContext) {
    this.#context = context;
  }

  push(chunk: Uint8Array): void {
    if (this.#open) this.#open.push(chunk);
    else {
      this.#head = concat([this.#head, chunk]);
      if (this.#head.length >= HEAD) this.#decide();
    }
  }

  end(): void {
    (this.#open ?? this.#decide()).end();
  }

  #decide(): OpenReader {
    const text = decodeText(this.#head);
    const context = this.#context;
    const isObjects = /^\s*[[{]/.test(text) || /<Objs[\s>]/.test(text);
    const open = isObjects
      ? gather(context, LARGEST, (bytes) => readObjects(decodeText(bytes), context))
      : new EventLines(context);
    this.#open = open;
    open.push(this.#head);
    this.#head = new Uint8Array(0);
    return open;
  }
}

function readObjects(text: string, context: ReadContext): void {
  const { source } = context;
  const tally = new EventTally();
  const isXml = /^\s*</.test(text.replace(/^\ufeff/, ''));
  const lines = isXml ? text.split('\n') : [];
  const found = isXml
    ? eventsInClixml(text, (line) => lineLocus(source, { number: line, text: lines[line - 1] ?? '' }))
    : eventsInJson(text, { source });
  for (const event of found ?? []) tally.add(event);
  if (!found) context.note({ at: { source }, message: 'the JSON is damaged or cut off: collect it again' });
  else if (found.length === 0)
    context.note({ at: { source }, message: 'no event in it with source and number' });
  tally.claim(context);
}

/** Longer ones hold megabytes of binary data; nothing that matters here does. */
const LONGEST_EVENT = 1 << 22;

/** Lines of text records and of <Event> elements, in any mix. */
class EventLines implements OpenReader {
  readonly #context: ReadContext;
  readonly #tally = new EventTally();
  readonly #text: TextEvents;
  readonly #lines = new LineReader((line) => this.#line(line));
  #xml: { readonly line: Line; parts: string[]; length: number } | null = null;
  #unread = 0;

  constructor(context: ReadContext) {
    this.#context = context;
    this.#text = new TextEvents(context.source, (event) => this.#tally.add(event));
  }

  push(chunk: Uint8Array): void {
    this.#lines.push(chunk);
  }

  end(): void {
    this.#lines.end();
    this.#text.end();
    if (this.#xml) this.#unread++;
    const { source } = this.#context;
    if (this.#unread > 0)
      this.#context.note({
        at: { source },
        message: `${this.#unread} events are cut off or damaged: left out`,
      });
    if (this.#tally.seen === 0 && this.#unread === 0)
      this.#context.note({
        at: { source },
        message: 'no event in it with source and number: collect it as XML',
      });
    this.#tally.claim(this.#context);
  }

  #line(line: Line): void {
    let rest = line.text;
    while (rest !== '') {
      if (this.#xml) {
        const end = rest.indexOf('</Event>');
        this.#hold(end < 0 ? `${rest}\n` : rest.slice(0, end + 8));
        if (end < 0) return;
        this.#finish();
        rest = rest.slice(end + 8);
      } else {
        const start = rest.search(/<Event[\s>]/);
        if (start < 0) break;
        this.#xml = { line, parts: [], length: 0 };
        rest = rest.slice(start);
      }
    }
    // What stands behind an element is the end of its line.
    if (rest === line.text) this.#text.line(line);
  }

  #hold(text: string): void {
    const xml = this.#xml!;
    xml.length += text.length;
    if (xml.length <= LONGEST_EVENT) xml.parts.push(text);
  }

  #finish(): void {
    const { line, parts, length } = this.#xml!;
    this.#xml = null;
    // The viewer shows a minus before each element that can be folded.
    const { roots } = parseXml(parts.join(''));
    const root = roots[0];
    const at = lineLocus(this.#context.source, line);
    const event = root && length <= LONGEST_EVENT ? eventOf(root, at) : null;
    this.#text.end(event ?? undefined);
    if (event) this.#tally.add(event);
    else this.#unread++;
  }
}
