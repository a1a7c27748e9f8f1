import type { Budget } from './budget.ts';
import type { Moment } from './moment.ts';

/** A segment that came before what precedes it. */
interface Segment extends Moment {
  readonly sequence: number;
  readonly bytes: Uint8Array;
  /** As it was on the wire; more than `bytes` where the capture cut it off. */
  readonly length: number;
}

/** Takes the bytes of one direction in order. */
export interface FlowSink {
  data(bytes: Uint8Array, from: number, to: number): void;
  /** Bytes that the capture lacks. */
  gap(length: number): void;
}

/** One flow may hold back so much; a gap that is not filled by then is one. */
const MOST_HELD = 1 << 20;
const MOST_SEGMENTS = 2048;
/** Where the beginning was not captured, so many segments are awaited to find the first of them. */
const SEGMENTS_BEFORE_START = 16;

/** One direction of a TCP connection: puts segments in order, whatever was doubled, lost or came late (RFC 9293 3.4). */
export class Flow {
  readonly #sink: FlowSink;
  readonly #moment: Moment;
  readonly #budget: Budget;
  /** Sequence number of the next byte. */
  #next = 0;
  #started = false;
  /** As SYN said. */
  #first: number | null = null;
  #held: Segment[] = [];
  #heldBytes = 0;

  constructor(sink: FlowSink, moment: Moment, budget: Budget) {
    this.#sink = sink;
    this.#moment = moment;
    this.#budget = budget;
  }

  /** Ready for another connection. `end` or `drop` came before. */
  reset(): void {
    this.#next = 0;
    this.#started = false;
    this.#first = null;
  }

  /** The sequence number of SYN; true when it contradicts the one known: the ports are used anew. */
  start(sequence: number): boolean {
    const first = (sequence + 1) >>> 0;
    if (this.#first !== null) return this.#first !== first;
    this.#first = first;
    // Behind segments that were taken for the beginning it comes too late to matter.
    if (this.#started) return false;
    this.#started = true;
    this.#next = first;
    this.#drain();
    return false;
  }

  take(sequence: number, bytes: Uint8Array, from: number, to: number, length: number): void {
    const ahead = this.#started ? (sequence - this.#next) | 0 : 1;
    if (ahead > 0) {
      this.#hold(sequence, bytes, from, to, length);
      return;
    }
    // What came before stays: a retransmission is passed over as far as it was there.
    if (ahead + length <= 0) return;
    this.#deliver(bytes, Math.min(from - ahead, to), to, length + ahead);
    if (this.#held.length > 0) this.#drain();
  }

  /** Nothing more will fill the gaps. */
  end(): void {
    while (this.#held.length > 0) this.#passGap();
  }

  /** Nobody listens any more. */
  drop(): void {
    if (this.#held.length === 0) return;
    this.#count(-this.#heldBytes);
    this.#held = [];
  }

  #deliver(bytes: Uint8Array, from: number, to: number, length: number): void {
    this.#next = (this.#next + length) >>> 0;
    if (to > from) this.#sink.data(bytes, from, to);
    if (length > to - from) this.#sink.gap(length - (to - from));
  }

  #hold(sequence: number, bytes: Uint8Array, from: number, to: number, length: number): void {
    const held = this.#held;
    // In order by distance; segments mostly come near the end.
    let at = held.length;
    while (at > 0 && ((sequence - held[at - 1]!.sequence) | 0) < 0) at--;
    const before = held[at - 1];
    if (before?.sequence === sequence && before.length >= length) return;
    held.splice(at, 0, { ...this.#moment, sequence, bytes: bytes.slice(from, to), length });
    this.#count(to - from);
    if (!this.#started) {
      if (held.length >= SEGMENTS_BEFORE_START) this.#startAtFirst();
      return;
    }
    while (this.#isFull()) this.#passGap();
  }

  #isFull(): boolean {
    if (this.#held.length === 0) return false;
    return this.#heldBytes > MOST_HELD || this.#held.length > MOST_SEGMENTS || this.#budget.isExceeded;
  }

  #count(bytes: number): void {
    this.#heldBytes += bytes;
    this.#budget.held += bytes;
  }

  #startAtFirst(): void {
    this.#started = true;
    this.#next = this.#held[0]!.sequence;
    this.#drain();
  }

  /** Goes on behind what is missing before the first segment held. */
  #passGap(): void {
    if (!this.#started) {
      this.#startAtFirst();
      return;
    }
    const missing = (this.#held[0]!.sequence - this.#next) | 0;
    if (missing > 0) {
      this.#next = this.#held[0]!.sequence;
      this.#sink.gap(missing);
    }
    this.#drain();
  }

  /** Delivers what was held and has its turn, as of the packet that brought it. */
  #drain(): void {
    const { time, place, placeEnd } = this.#moment;
    let done = 0;
    for (; done < this.#held.length; done++) {
      const segment = this.#held[done]!;
      const ahead = (segment.sequence - this.#next) | 0;
      if (ahead > 0) break;
      this.#count(-segment.bytes.length);
      if (ahead + segment.length <= 0) continue;
      Object.assign(this.#moment, { time: segment.time, place: segment.place, placeEnd: segment.placeEnd });
      const from = Math.min(-ahead, segment.bytes.length);
      this.#deliver(segment.bytes, from, segment.bytes.length, segment.length + ahead);
    }
    this.#held.splice(0, done);
    Object.assign(this.#moment, { time, place, placeEnd });
  }
}
