import { Budget } from './budget.ts';
import type { Datagram } from './datagram.ts';
import { Ends, hashOf, type Side } from './ends.ts';
import { Flow, type FlowSink } from './flow.ts';
import type { Moment } from './moment.ts';
import { u32be } from './words.ts';

/** How a connection came to its end: by whom first, and when. */
export interface Closing {
  readonly side: Side;
  readonly how: 'fin' | 'reset';
}

/** Looks into one connection at a time, and into many one after the other. */
export interface Observer {
  begin(ends: Ends): void;
  side(side: Side): FlowSink;
  /** False: nothing in it is of interest any more, and it is no longer put in order. */
  readonly interested: boolean;
  /** `ends` and all else of the connection are lent for the call. */
  end(closing: Closing | null): void;
}

const FLAG = { fin: 1, syn: 2, reset: 4, ack: 16 } as const;
/** So many connections at once; of more, those that were silent for longest are dropped. */
const MOST_CONNECTIONS = 20_000;
/** What all connections together may hold back. */
const MOST_HELD = 48 << 20;
/** Packets that a closed connection is kept for: some of it may come late. */
const LINGER = 1 << 10;
/** A connection that was silent for so many milliseconds of the capture's time is done with. */
const IDLE = 600_000;
const SWEEP_EVERY = 1 << 16;
/**
 * Finished connections that wait for their next use. What one consists of is some twenty objects: making them anew
 * for each of tens of thousands of short connections was a third of the time (bench/capture).
 */
const MOST_IDLE = 512;

/** Finds the connection that a segment belongs to, and hands its observers what each side said, in order. */
export class Connections {
  readonly #observe: () => Observer;
  readonly #moment: Moment;
  readonly #budget = new Budget(MOST_HELD);
  /** By a hash of both ends; connections that share it are chained. */
  readonly #table = new Map<number, Connection>();
  #count = 0;
  #packets = 0;
  readonly #idle: Connection[] = [];
  /** Closed connections, each at the number of the packet that closed it, by the turn. */
  readonly #closing = new Array<Connection | null>(LINGER).fill(null);

  constructor(moment: Moment, observe: () => Observer) {
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
    let side = connection.ends.sideOf(datagram);
    const sequence = u32be(bytes, from + 4);
    connection.lastPacket = this.#packets;
    connection.lastTime = this.#moment.time ?? 0;
    if (flags & FLAG.syn && connection.flow(side).start(sequence)) {
      // The same ports again: another connection.
      this.#finish(connection);
      connection = this.#add(datagram, flags);
      side = connection.ends.sideOf(datagram);
      connection.flow(side).start(sequence);
    }
    if (length > 0 && connection.isListenedTo) {
      const first = flags & FLAG.syn ? (sequence + 1) >>> 0 : sequence;
      connection.flow(side).take(first, bytes, Math.min(data, to), to, length);
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
    const connection = this.#idle.pop() ?? new Connection(this.#observe(), this.#moment, this.#budget);
    connection.begin(datagram, isAnswer);
    connection.chained = this.#table.get(connection.ends.hash);
    this.#table.set(connection.ends.hash, connection);
    this.#count++;
    return connection;
  }

  #close(connection: Connection, side: Side, flags: number): void {
    if (!connection.close(side, flags, this.#moment.time)) return;
    connection.turn = this.#packets & (LINGER - 1);
    this.#closing[connection.turn] = connection;
  }

  /** The connection that was closed LINGER packets ago, if one was. */
  #finishClosed(): void {
    const connection = this.#closing[this.#packets & (LINGER - 1)];
    if (connection) this.#finish(connection);
  }

  #finish(connection: Connection): void {
    connection.finish();
    this.#count--;
    if (connection.turn >= 0) this.#closing[connection.turn] = null;
    const first = this.#table.get(connection.ends.hash);
    if (first !== connection) {
      for (let one = first; one; one = one.chained)
        if (one.chained === connection) one.chained = connection.chained;
    } else if (connection.chained) this.#table.set(connection.ends.hash, connection.chained);
    else this.#table.delete(connection.ends.hash);
    connection.chained = undefined;
    if (this.#idle.length < MOST_IDLE) this.#idle.push(connection);
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

/** The place of one connection, and when that has ended of the next. */
class Connection {
  readonly ends = new Ends();
  readonly #first: Flow;
  readonly #second: Flow;
  readonly observer: Observer;
  chained: Connection | undefined;
  /** Where it waits to be finished; -1: nowhere. */
  turn = -1;
  lastPacket = 0;
  lastTime = 0;
  isListenedTo = true;
  #closing: 'fin' | 'reset' | null = null;
  #closingSide: Side = 0;
  #closingTime = 0;
  #ended = 0;

  constructor(observer: Observer, moment: Moment, budget: Budget) {
    this.observer = observer;
    this.#first = new Flow(observer.side(0), moment, budget);
    this.#second = new Flow(observer.side(1), moment, budget);
  }

  begin(datagram: Datagram, isAnswer: boolean): void {
    this.turn = -1;
    this.isListenedTo = true;
    this.#closing = null;
    this.#ended = 0;
    this.ends.become(datagram, isAnswer);
    this.#first.reset();
    this.#second.reset();
    this.observer.begin(this.ends);
  }

  flow(side: Side): Flow {
    return side === 0 ? this.#first : this.#second;
  }

  /** Nobody listens any more. */
  drop(): void {
    this.isListenedTo = false;
    this.#first.drop();
    this.#second.drop();
  }

  /** True when this ended the connection: a reset, or the second side's end. */
  close(side: Side, flags: number, time: number | null): boolean {
    const how = flags & FLAG.reset ? 'reset' : 'fin';
    // Captures do not always keep the order; the earlier one closed it.
    if (!this.#closing || (time ?? 0) < this.#closingTime) {
      this.#closing = how;
      this.#closingSide = side;
      this.#closingTime = time ?? 0;
    }
    const before = this.#ended;
    this.#ended |= how === 'reset' ? 3 : 1 << side;
    return before !== 3 && this.#ended === 3;
  }

  finish(): void {
    this.#first.end();
    this.#second.end();
    const how = this.#closing;
    this.observer.end(how && { side: this.#closingSide, how });
  }
}
