import { performance } from 'node:perf_hooks';
import { concat } from '../base/bytes.ts';
import { nodeCrypto } from '../platform/crypto.ts';
import { TLS12, TLS13 } from '../wire/tls/registry/version.ts';
import { type ClientOptions, ClientSession, type Effects } from '../wire/tls/session/client/index.ts';
import type { Connection, Input } from './connection.ts';
import { cutNote, type Exchange } from './exchange/exchange.ts';
import { Http1Exchange } from './exchange/http1.ts';
import { Http2Exchange, http2Exchange } from './exchange/http2.ts';
import { authorityOf } from './exchange/questions.ts';
import type { ProbeAnswer, ProbeEnd, ProbeOptions, ProbeResult, ProbeTarget } from './probe-types.ts';
import { reach } from './reach.ts';
import { Sighting } from './sighting.ts';

const DEFAULT_TIMEOUT = 10_000;
const DEFAULT_BYTE_LIMIT = 2 ** 20;
/** How long to wait for the refusal of a certificate that TLS 1.3 brings after our Finished: this and round trips. */
const PATIENCE = 250;
const PATIENT_ROUND_TRIPS = 3;
/** Bytes that may wait in the socket before more of a body is made. */
const MAX_BACKLOG = 256 * 1024;
/** How often to look whether a full socket has emptied. */
const BACKLOG_PAUSE = 10;

/** One connection to a server, as far as it will go. Bounded in time and bytes; never rejects. */
export async function probe(target: ProbeTarget, options: ProbeOptions = {}): Promise<ProbeResult> {
  const startedAt = Date.now();
  const begun = performance.now();
  const until = begun + (options.timeout ?? DEFAULT_TIMEOUT);
  const reached = await reach(target, options, until);
  const seen = new Sighting();
  const probing = reached.failure ? null : new Probing(target, options, reached.connection, seen, until);
  const end = reached.failure ?? (await probing!.run());
  const answers = probing?.answers ?? [];
  return {
    target,
    address: reached.address,
    end,
    ...seen.facts(),
    http: answers[0] ? httpOf(answers[0]) : null,
    answers,
    http2Failure: probing?.http2Failure ?? null,
    startedAt,
    milliseconds: performance.now() - begun,
  };
}

const httpOf = ({ status, headers, body }: ProbeAnswer): ProbeResult['http'] => ({ status, headers, body });

/** Drives a session over a connection until an end is seen. */
class Probing {
  readonly #target: ProbeTarget;
  readonly #options: ProbeOptions;
  readonly #connection: Connection;
  readonly #seen: Sighting;
  readonly #until: number;
  readonly #session: ClientSession;
  /** What is said once TLS stands. */
  #exchange: Exchange | null = null;
  /** What came before we had said anything. */
  readonly #early: Uint8Array[] = [];
  #received = 0;
  /** When to go on without a sign of acceptance. */
  #patientUntil = 0;
  /** An input that was waited for and has not come yet. */
  #coming: Promise<Input> | null = null;

  constructor(
    target: ProbeTarget,
    options: ProbeOptions,
    connection: Connection,
    seen: Sighting,
    until: number,
  ) {
    this.#target = target;
    this.#options = options;
    this.#connection = connection;
    this.#seen = seen;
    this.#until = until;
    this.#session = new ClientSession(clientOptions(target, options), nodeCrypto);
    options.onConnection?.(connection.local, connection.remote);
  }

  get answers(): readonly ProbeAnswer[] {
    return this.#exchange?.answers ?? [];
  }

  get http2Failure(): ProbeResult['http2Failure'] {
    return this.#exchange instanceof Http2Exchange ? this.#exchange.failure : null;
  }

  async run(): Promise<ProbeEnd> {
    const seen = this.#seen;
    try {
      this.#apply(await this.#session.start());
      seen.step = 'client-hello';
      while (!seen.end) await this.#turn();
      if (this.answers.some(({ cut }) => cut)) seen.note(cutNote);
      this.#apply(await this.#session.close());
      return seen.end;
    } catch (error) {
      // A bug of ours must not lose what the connection has shown.
      return { is: 'malformed', why: `handclasp failed while reading it: ${String(error)}` };
    } finally {
      this.#exchange?.destroy?.();
      this.#connection.close();
    }
  }

  async #turn(): Promise<void> {
    if (this.#mayGoOn()) await this.#goOn();
    if (this.#seen.end) return;
    const isFull = this.#connection.backlog() > MAX_BACKLOG;
    if (!isFull && this.#session.connected) await this.#speak();
    const exchange = this.#exchange;
    const now = performance.now();
    if (exchange?.end) this.#seen.end ??= exchange.end;
    else if (isFull) await this.#hear(now + BACKLOG_PAUSE);
    else if (this.#session.connected && exchange?.hasOutput(now)) await this.#hear(now);
    else await this.#hear(Math.min(exchange?.wakesAt ?? this.#patience(), this.#until));
  }

  /**
   * The handshake is over, and the server has shown that it accepts us or had its time to refuse. A request sent at
   * once would turn a refusal into a reset: the server closes with our bytes unread, and its alert is lost.
   */
  #mayGoOn(): boolean {
    if (!this.#session.connected || this.#exchange || this.#seen.end) return false;
    return this.#seen.isSettled || performance.now() >= this.#patience();
  }

  #patience(): number {
    if (!this.#session.connected) return Number.POSITIVE_INFINITY;
    this.#patientUntil ||= performance.now() + PATIENCE + PATIENT_ROUND_TRIPS * this.#connection.roundTrip;
    return this.#patientUntil;
  }

  async #goOn(): Promise<void> {
    const seen = this.#seen;
    if (!this.#options.http) {
      seen.end = { is: 'completed' };
      return;
    }
    const authority = authorityOf(this.#target, this.#options);
    this.#exchange = seen.protocol === 'h2' ? await http2Exchange(authority) : new Http1Exchange(authority);
    seen.step = 'request';
    // A server of HTTP/2 speaks first.
    if (this.#early.length > 0) this.#exchange.receive(concat(this.#early));
  }

  /** Sends what the exchange has to say, one piece. */
  async #speak(): Promise<void> {
    const bytes = this.#exchange?.takeOutput(performance.now());
    if (!bytes || bytes.length === 0) return;
    this.#seen.path = this.#exchange!.path;
    if (this.#seen.step === 'answer') this.#seen.step = 'request';
    this.#apply(await this.#session.write(bytes));
  }

  async #hear(until: number): Promise<void> {
    const input = await this.#input(until);
    const seen = this.#seen;
    if (input === 'stirred') return;
    if (input.is === 'bytes') return this.#receive(input.bytes);
    if (input.is === 'timeout') {
      if (performance.now() >= this.#until - 1) seen.end = { is: 'timeout', after: seen.step };
      return;
    }
    this.#apply(await this.#session.end());
    await this.#peerEnded(input.is === 'end' ? 'closed' : 'reset');
  }

  /** What comes, or word that the exchange has something to say of itself. */
  async #input(until: number): Promise<Input | 'stirred'> {
    const stirred = this.#exchange?.stirred?.();
    if (!stirred) return this.#connection.next(until);
    // What was waited for in vain is waited for again: a second reader would take its bytes.
    this.#coming ??= this.#connection.next(this.#until);
    const input = await Promise.race([this.#coming, stirred.then(() => 'stirred' as const)]);
    if (input !== 'stirred') this.#coming = null;
    return input;
  }

  async #peerEnded(how: 'closed' | 'reset'): Promise<void> {
    const seen = this.#seen;
    const exchange = this.#exchange;
    if (exchange) {
      exchange.peerEnded();
      // node:http2 reads what it was given in later turns.
      for (let i = 0; i < 5 && !exchange.end && exchange.stirred; i++)
        await new Promise((resolve) => setImmediate(resolve));
      seen.end ??= exchange.end;
    }
    seen.end ??= { is: how, after: seen.step };
  }

  async #receive(bytes: Uint8Array): Promise<void> {
    this.#options.onBytes?.('received', bytes);
    this.#received += bytes.length;
    const limit = this.#options.byteLimit ?? DEFAULT_BYTE_LIMIT;
    this.#apply(await this.#session.receive(bytes));
    const seen = this.#seen;
    if (this.#options.untilRequest && seen.isAsked) seen.end ??= { is: 'completed' };
    if (this.#exchange?.end) seen.end ??= this.#exchange.end;
    if (seen.closed) await this.#peerEnded('closed');
    if (this.#received > limit)
      seen.end ??= { is: 'malformed', why: `more than ${limit} bytes without an end` };
  }

  #apply({ send, events }: Effects): void {
    if (send.length > 0) this.#options.onBytes?.('sent', send);
    this.#connection.write(send);
    if (this.#session.connected) this.#connection.handshakeOver?.();
    const data: Uint8Array[] = [];
    for (const event of events) {
      this.#seen.take(event);
      if (event.is === 'data') data.push(event.bytes);
    }
    // At once: reading an answer anew for each record would cost more than the records did.
    if (data.length === 0) return;
    if (this.#exchange) this.#exchange.receive(concat(data));
    else this.#early.push(...data);
  }
}

function clientOptions(target: ProbeTarget, options: ProbeOptions): ClientOptions {
  const { choose, groups, postHandshakeAuth, renegotiate, untilRequest } = options;
  const { alpn, resume, onRecord, onSecret } = options;
  return {
    versions: options.versions ?? [TLS13, TLS12],
    serverName: target.serverName,
    ...(choose ? { choose } : {}),
    ...(groups ? { groups } : {}),
    ...(postHandshakeAuth === undefined ? {} : { postHandshakeAuth }),
    ...(renegotiate === undefined ? {} : { renegotiate }),
    ...(untilRequest ? { untilRequest } : {}),
    ...(alpn ? { protocols: alpn } : {}),
    ...(resume ? { resume: { from: resume.resumption, age: performance.now() - resume.receivedAt } } : {}),
    ...(onRecord ? { onRecord } : {}),
    ...(onSecret ? { onSecret } : {}),
  };
}
