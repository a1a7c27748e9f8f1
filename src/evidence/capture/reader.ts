import { concat } from '../../base/bytes.ts';
import { type CaptureFile, isCapture } from '../../wire/capture/capture-file.ts';
import { KeyLog } from '../../wire/tls/passive/key-log.ts';
import type { EvidenceReader, OpenReader, ReadContext } from '../reader.ts';
import { Findings } from './findings.ts';
import { observe } from './observe.ts';

/** Packet captures: which certificates servers asked for on the wire, and what clients answered. */
const reader: EvidenceReader = {
  kind: 'capture',
  title: 'packet capture',
  sniff: (head) => (isCapture(head) ? 'certain' : 'no'),
  open: (context) => new CaptureReader(context),
};
export default reader;

/** Enough to tell every kind of capture by. */
const HEAD = 12;

class CaptureReader implements OpenReader {
  readonly #context: ReadContext;
  readonly #findings: Findings;
  #held: Uint8Array[] = [];
  #capture: CaptureFile | null = null;

  constructor(context: ReadContext) {
    this.#context = context;
    this.#findings = new Findings(context);
  }

  push(chunk: Uint8Array): void {
    if (this.#capture) {
      this.#capture.push(chunk);
      return;
    }
    this.#held.push(chunk.slice());
    if (this.#held.reduce((sum, part) => sum + part.length, 0) >= HEAD) this.#begin();
  }

  end(): void {
    if (this.#capture) this.#capture.end();
    else
      this.#context.note({
        at: { source: this.#context.source },
        message: 'no whole header of a capture: collect it again',
      });
    this.#findings.tell();
  }

  #begin(): void {
    const { digest, decipher, secrets } = this.#context;
    const head = concat(this.#held);
    this.#held = [];
    this.#capture = observe(head, this.#findings, {
      keyLog: secrets ?? new KeyLog(),
      opening: decipher ? { digest, decipher } : null,
    });
    this.#capture?.push(head);
  }
}
