import type { Datagram } from './datagram.ts';
import { Ends, hashOf, type Side } from './ends.ts';
import { Budget, Flow, type FlowSink } from './flow.ts';
import type { Moment } from './moment.ts';
import { u32be } from './words.ts';

/** How a connection came to its end: by whom first, and when. */
export interface Closing {
  readonly side: Side;
  readonly how: 'fin' | 'reset';
}

/** Looks into one connection. */
export interface Observer {
  side(side: Side): FlowSink;
  /** False: nothing in it is of interest any more, and it is no longer put in order. */
  readonly interested: boolean;
  end(closing: Closing | null): void;
}

const FLAG = { fin: 1, syn: 2, reset: 4, ack: 16 } as const;
/** So many connections at once; of more, those that were silent for longest are dropped. */
const MOST_CONNECTIONS = 20_000;
/** What all connections together may hold back. */
const MOST_HELD = 48 << 20;
/** Packets that a closed connection is kept for: some of it may come late. */
const LINGER = 1_000;
/** A connection that was silent for so many milliseconds of the capture's time is done with. */
const IDLE = 600_000;
const SWEEP_EVERY = 1 << 16;

/** Finds the connection that a segment belongs to, and hands its observers what each side said, in order. */
export class Connections {
  readonly #observe: (ends: Ends) => Observer;
  readonly #moment: Moment;
  readonly #budget = new Budget(MOST_HELD);
  /** By a hash of both ends; connections that share it are chained. */
  readonly #table = new Map<number, Connection>();
  #count = 0;
  #packets = 0;
  /**
   * Closed connections, each at the number of the packet that closed it, by the turn: a queue of fixed size, for one
   * that is renewed keeps all that it held alive until the next great garbage collection.
   */
  readonly #closing = new Array<Connection | null>(LINGER).fill(null);

  constructor(moment: Moment, observe: (ends: Ends) => Observer) {
    this.#moment = moment;
    this.#observe = observe;
  }

  segment(datagram: Datagram): void {
    const { bytes, from, to, wholeTo } = datagram;
    if (from + 20 > to) return;
    this.#packets++;
    this.#finishClosed();
    const data = from + (bytes[from + 12]! >> 4) * 4;
    const flags = bytes[from + 13]!;
    const length = wholeTo - data;
    if (data < from + 20 || length < 0) return;
    let connection = this.#find(datagram);
    if (!connection) {
      // An acknowledgement or an end alone begins nothing.
      if (length === 0 && (flags & FLAG.syn) === 0) return;
      connection = this.#add(datagram, flags);
    }
    const side = connection.ends.sideOf(datagram);
    const sequence = u32be(bytes, from + 4);
    connection.lastPacket = this.#packets;
    connection.lastTime = this.#moment.time ?? 0;
    if (flags & FLAG.syn && connection.flow(side).start(sequence)) {
      // The same ports again: another connection.
      this.#finish(connection);
      connection = this.#add(datagram, flags);
      connection.flow(connection.ends.sideOf(datagram)).start(sequence);
    }
    if (length > 0 && connection.observer.interested) {
      const first = flags & FLAG.syn ? (sequence + 1) >>> 0 : sequence;
      connection.flow(connection.ends.sideOf(datagram)).take(first, bytes, Math.min(data, to), to, length);
      if (!connection.observer.interested) connection.drop();
    }
    if (flags & (FLAG.fin | FLAG.reset)) this.#close(connection, side, flags);
    if (this.#packets % SWEEP_EVERY === 0 || this.#count > MOST_CONNECTIONS) this.#sweep();
  }

  end(): void {
    for (const connection of this.#all()) connection.finish();
    this.#table.clear();
  }

  #find(datagram: Datagram): Connection | undefined {
    let connection = this.#table.get(hashOf(datagram));
    while (connection && !connection.ends.isOf(datagram)) connection = connection.chained;
    return connection;
  }

  #add(datagram: Datagram, flags: number): Connection {
    // SYN with ACK is of the side that was called.
    const isAnswer = (flags & (FLAG.syn | FLAG.ack)) === (FLAG.syn | FLAG.ack);
    const ends = new Ends(datagram, isAnswer);
    const connection = new Connection(ends, this.#observe(ends), this.#moment, this.#budget);
    connection.chained = this.#table.get(connection.ends.hash);
    this.#table.set(connection.ends.hash, connection);
    this.#count++;
    return connection;
  }

  #close(connection: Connection, side: Side, flags: number): void {
    if (connection.close(side, flags, this.#moment.time)) this.#closing[this.#packets % LINGER] = connection;
  }

  /** The connection that was closed LINGER packets ago, if one was. */
  #finishClosed(): void {
    const turn = this.#packets % LINGER;
    const connection = this.#closing[turn];
    if (!connection) return;
    this.#closing[turn] = null;
    if (!connection.isFinished) this.#finish(connection);
  }

  #finish(connection: Connection): void {
    connection.finish();
    this.#count--;
    const first = this.#table.get(connection.ends.hash);
    if (first !== connection) {
      for (let one = first; one; one = one.chained)
        if (one.chained === connection) one.chained = connection.chained;
    } else if (connection.chained) this.#table.set(connection.ends.hash, connection.chained);
    else this.#table.delete(connection.ends.hash);
  }

  /** Drops the idle, and of too many the longest silent half. */
  #sweep(): void {
    const all = [...this.#all()];
    const oldest = (this.#moment.time ?? 0) - IDLE;
    const silent =
      all.length > MOST_CONNECTIONS
        ? all.map((one) => one.lastPacket).sort((a, b) => a - b)[all.length >> 1]!
        : 0;
    for (const one of all) if (one.lastTime < oldest || one.lastPacket < silent) this.#finish(one);
  }

  *#all(): Generator<Connection> {
    for (const first of this.#table.values())
      for (let one: Connection | undefined = first; one; one = one.chained) yield one;
  }
}

class Connection {
  readonly ends: Ends;
  /**
   * Of both sides. Neither these nor what hangs on them may stand in literals of arrays or objects: V8 learns that
   * those outlive a scavenge and puts them among the old from the start, whence they keep all that is young alive.
   * With tens of thousands of short connections that was a third of the time.
   */
  readonly #first: Flow;
  readonly #second: Flow;
  readonly observer: Observer;
  chained: Connection | undefined;
  lastPacket = 0;
  lastTime = 0;
  isFinished = false;
  #closing: (Closing & { readonly time: number | null }) | null = null;
  #ended = 0;

  constructor(ends: Ends, observer: Observer, moment: Moment, budget: Budget) {
    this.ends = ends;
    this.observer = observer;
    this.#first = new Flow(observer.side(0), moment, budget);
    this.#second = new Flow(observer.side(1), moment, budget);
  }

  flow(side: Side): Flow {
    return side === 0 ? this.#first : this.#second;
  }

  /** Nobody listens any more. */
  drop(): void {
    this.#first.drop();
    this.#second.drop();
  }

  /** True when this ended the connection: a reset, or the second side's end. */
  close(side: Side, flags: number, time: number | null): boolean {
    const how = flags & FLAG.reset ? 'reset' : 'fin';
    // Captures do not always keep the order; the earlier one closed it.
    if (!this.#closing || (time ?? 0) < (this.#closing.time ?? 0)) this.#closing = { side, how, time };
    const before = this.#ended;
    this.#ended |= how === 'reset' ? 3 : 1 << side;
    return before !== 3 && this.#ended === 3;
  }

  finish(): void {
    if (this.isFinished) return;
    this.isFinished = true;
    this.#first.end();
    this.#second.end();
    const closing = this.#closing;
    this.observer.end(closing && { side: closing.side, how: closing.how });
  }
}
