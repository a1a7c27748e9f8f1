import { concat } from '../../base/bytes.ts';
import { latin1Text } from '../../base/text.ts';
import { EventTally, eventOf } from '../event.ts';
import type { EvidenceReader, OpenReader, ReadContext } from '../reader.ts';
import { CHUNK, readChunk } from './chunk.ts';

/** Event logs as Windows keeps them (.evtx), of any size, a chunk of 64 KiB at a time. */
const reader: EvidenceReader = {
  kind: 'evtx',
  title: 'Windows event log (.evtx)',
  sniff: (head) => (latin1Text(head.subarray(0, 8)) === 'ElfFile\0' ? 'certain' : 'no'),
  open: (context) => new EventLog(context),
};
export default reader;

const FILE_HEADER = 4096;
/** Damage that is shown one by one. */
const SHOWN = 5;

class EventLog implements OpenReader {
  readonly #context: ReadContext;
  readonly #tally = new EventTally();
  readonly #parts: Uint8Array[] = [];
  #held = 0;
  /** Offset in the file of what is held. */
  #at = 0;
  #bad = 0;

  constructor(context: ReadContext) {
    this.#context = context;
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#parts.push(chunk.slice());
    this.#held += chunk.length;
    if (this.#held >= this.#wanted) this.#read(concat(this.#parts.splice(0)));
  }

  end(): void {
    const rest = concat(this.#parts.splice(0));
    const { source } = this.#context;
    if (this.#at > 0 && rest.length > 0) this.#chunk(rest);
    if (this.#at === 0)
      this.#context.note({ at: { source }, message: 'the event log is cut off in its header' });
    if (this.#bad > SHOWN)
      this.#context.note({
        at: { source },
        message: `${this.#bad - SHOWN} more damaged places were left out`,
      });
    if (this.#tally.seen === 0 && this.#bad === 0 && this.#at > 0)
      this.#context.note({ at: { source }, message: 'the event log is empty' });
    this.#tally.claim(this.#context);
  }

  get #wanted(): number {
    return this.#at === 0 ? FILE_HEADER : CHUNK;
  }

  #read(bytes: Uint8Array): void {
    let from = 0;
    while (bytes.length - from >= this.#wanted) {
      const size = this.#wanted;
      if (this.#at > 0) this.#chunk(bytes.subarray(from, from + size));
      this.#at += size;
      from += size;
    }
    this.#held = bytes.length - from;
    if (this.#held > 0) this.#parts.push(bytes.slice(from));
  }

  #chunk(chunk: Uint8Array): void {
    const { source } = this.#context;
    readChunk(chunk, {
      record: (element, at, end) => {
        const event = eventOf(element, { source, byte: this.#at + at, byteEnd: this.#at + end });
        if (event) this.#tally.add(event);
      },
      bad: (why, at) => {
        if (this.#bad++ >= SHOWN) return;
        this.#context.note({ at: { source, byte: this.#at + at }, message: `damaged and left out: ${why}` });
      },
    });
  }
}
