import { concat } from '../../base/bytes.ts';
import { decodeText, LineReader, utf8Bytes } from '../../base/text.ts';
import type { EvidenceReader, OpenReader } from '../reader.ts';
import { LogReader } from './log-reader.ts';
import { otherFormat } from './other-formats.ts';

/** W3C extended logs of IIS (domain 5.4) of any size: counted in one walk over the bytes, in bounded memory. */
const reader: EvidenceReader = {
  kind: 'w3c-log',
  title: 'W3C log',
  sniff(head) {
    const text = decodeText(head);
    const fields = /^#Fields:(.*)$/m.exec(text)?.[1];
    // HTTPERR logs have the same frame and other fields.
    if (fields) return /\bsc-status\b/.test(fields) && !/\bs-reason\b/.test(fields) ? 'certain' : 'no';
    const line = text.split('\n').find((one) => one.trim() !== '' && !one.startsWith('#')) ?? '';
    if (/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S+( \S+){8,}/.test(line) || otherFormat(line)) return 'likely';
    return /^#Software: Microsoft Internet Information/m.test(text) ? 'likely' : 'no';
  },
  among: /^#Fields:.*\bsc-status\b/m,
  isAlone: isLog,
  open(context) {
    return transcode(new LogReader(context));
  },
};
export default reader;

export const transcode = (log: OpenReader): OpenReader => new Transcoder(log);
/** Nothing but directives and lines that begin with a date or a time. */
function isLog(head: string): boolean {
  return /^#/.test(head) && !/^(?![#\d]|[ \t\r]*$)/m.test(head);
}

/** Logs are bytes in ASCII or UTF-8; one that PowerShell wrote again is UTF-16 and is turned back first. */
class Transcoder implements OpenReader {
  readonly #log: OpenReader;
  #lines: LineReader | null = null;
  #head: Uint8Array | null = new Uint8Array(0);

  constructor(log: OpenReader) {
    this.#log = log;
  }

  push(chunk: Uint8Array): void {
    if (this.#head) {
      const head = concat([this.#head, chunk]);
      this.#head = head.length < 4 ? head : null;
      if (!this.#head) this.#begin(head);
    } else if (this.#lines) this.#lines.push(chunk);
    else this.#log.push(chunk);
  }

  end(): void {
    if (this.#head) this.#begin(this.#head);
    this.#lines?.end();
    this.#log.end();
  }

  #begin(head: Uint8Array): void {
    const [a, b, c, d] = head;
    const isWide = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) || (a && b === 0 && c && d === 0);
    if (isWide) {
      this.#lines = new LineReader((line) => this.#log.push(utf8Bytes(line.text + (line.ended ? '\n' : ''))));
      this.#lines.push(head);
    } else this.#log.push(a === 0xef && b === 0xbb && c === 0xbf ? head.subarray(3) : head);
  }
}
