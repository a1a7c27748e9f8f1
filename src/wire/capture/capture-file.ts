import { Framer } from './framer.ts';
import type { PacketSink } from './packet-sink.ts';
import { PcapParser, pcapLayout } from './pcap.ts';
import { isPcapng, PcapngParser } from './pcapng.ts';

export const isCapture = (head: Uint8Array): boolean => pcapLayout(head) !== null || isPcapng(head);

/**
 * Reads a capture file of either kind from chunks of any size. The first 12 bytes must come at once. null when they
 * are no capture. `ended` is called when the last packet was told.
 */
export function openCapture(head: Uint8Array, sink: PacketSink, ended: () => void): CaptureFile | null {
  const layout = pcapLayout(head);
  const parser = layout ? new PcapParser(layout, sink) : isPcapng(head) ? new PcapngParser(sink) : null;
  return parser && new CaptureFile(new Framer(parser), sink, ended);
}

export class CaptureFile {
  readonly #framer: Framer;
  readonly #sink: PacketSink;
  readonly #ended: () => void;

  constructor(framer: Framer, sink: PacketSink, ended: () => void) {
    this.#framer = framer;
    this.#sink = sink;
    this.#ended = ended;
  }

  push(chunk: Uint8Array): void {
    this.#framer.push(chunk);
  }

  end(): void {
    const { left, place } = this.#framer.end();
    if (left > 0) this.#sink.note(place, `cut off: the last ${left} bytes are no whole packet`);
    this.#ended();
  }
}
