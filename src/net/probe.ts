import { performance } from 'node:perf_hooks';
import { asciiBytes } from '../base/bytes.ts';
import { nodeCrypto } from '../platform/crypto.ts';
import { TLS12, TLS13 } from '../wire/tls/registry/version.ts';
import { type ClientOptions, ClientSession, type Effects } from '../wire/tls/session/client/index.ts';
import type { Connection } from './connection.ts';
import { type HttpAnswer, readHttpAnswer } from './http-answer.ts';
import type { ProbeEnd, ProbeOptions, ProbeResult, ProbeTarget } from './probe-types.ts';
import { reach } from './reach.ts';
import { Sighting } from './sighting.ts';

const DEFAULT_TIMEOUT = 10_000;
const DEFAULT_BYTE_LIMIT = 2 ** 20;
/** How long to wait for the refusal of a certificate that TLS 1.3 brings after our Finished: this and round trips. */
const PATIENCE = 250;
const PATIENT_ROUND_TRIPS = 3;

/** One connection to a server, as far as it will go. Bounded in time and bytes; never rejects. */
export async function probe(target: ProbeTarget, options: ProbeOptions = {}): Promise<ProbeResult> {
  const startedAt = Date.now();
  const begun = performance.now();
  const until = begun + (options.timeout ?? DEFAULT_TIMEOUT);
  const reached = await reach(target, options, until);
  const seen = new Sighting();
  const probing = reached.failure ? null : new Probing(target, options, reached.connection, seen, until);
  const end = reached.failure ?? (await probing!.run());
  return {
    target,
    address: reached.address,
    end,
    ...seen.facts(),
    http: probing?.http ?? null,
    startedAt,
    milliseconds: performance.now() - begun,
  };
}

/** Drives a session over a connection until an end is seen. */
class Probing {
  http: ProbeResult['http'] = null;
  readonly #target: ProbeTarget;
  readonly #options: ProbeOptions;
  readonly #connection: Connection;
  readonly #seen: Sighting;
  readonly #until: number;
  readonly #session: ClientSession;
  #received = 0;
  /** When to go on without a sign of acceptance. */
  #patientUntil = 0;

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
  }

  async run(): Promise<ProbeEnd> {
    const seen = this.#seen;
    try {
      this.#apply(await this.#session.start());
      seen.step = 'client-hello';
      while (!seen.end) await (this.#mayGoOn() ? this.#goOn() : this.#hear());
      this.#apply(await this.#session.close());
      return seen.end;
    } catch (error) {
      // A bug of ours must not lose what the connection has shown.
      return { is: 'malformed', why: `handclasp failed while reading it: ${String(error)}` };
    } finally {
      this.#connection.close();
    }
  }

  /**
   * The handshake is over, and the server has shown that it accepts us or had its time to refuse. A request sent at
   * once would turn a refusal into a reset: the server closes with our bytes unread, and its alert is lost.
   */
  #mayGoOn(): boolean {
    if (!this.#session.connected || this.#seen.requestSent) return false;
    return this.#seen.isSettled || performance.now() >= this.#patience();
  }

  #patience(): number {
    this.#patientUntil ||= performance.now() + PATIENCE + PATIENT_ROUND_TRIPS * this.#connection.roundTrip;
    return this.#patientUntil;
  }

  async #goOn(): Promise<void> {
    const seen = this.#seen;
    if (!this.#options.http) {
      seen.end = { is: 'completed' };
      return;
    }
    seen.requestSent = true;
    seen.step = 'request';
    this.#apply(await this.#session.write(asciiBytes(requestText(this.#target))));
  }

  async #hear(): Promise<void> {
    const isPatient = this.#session.connected && !this.#seen.requestSent;
    const until = isPatient ? Math.min(this.#until, this.#patience()) : this.#until;
    const input = await this.#connection.next(until);
    const seen = this.#seen;
    if (input.is === 'bytes') return this.#receive(input.bytes);
    if (input.is === 'timeout') {
      if (performance.now() >= this.#until - 1) seen.end = { is: 'timeout', after: seen.step };
      return;
    }
    this.#apply(await this.#session.end());
    seen.end ??= this.#answered() ?? { is: input.is === 'end' ? 'closed' : 'reset', after: seen.step };
  }

  async #receive(bytes: Uint8Array): Promise<void> {
    this.#options.onBytes?.('received', bytes);
    this.#received += bytes.length;
    const limit = this.#options.byteLimit ?? DEFAULT_BYTE_LIMIT;
    this.#apply(await this.#session.receive(bytes));
    const seen = this.#seen;
    if (seen.closed) seen.end ??= this.#answered() ?? { is: 'closed', after: seen.step };
    else if (seen.requestSent && seen.step === 'answer') seen.end ??= this.#answer();
    if (this.#received > limit)
      seen.end ??= { is: 'malformed', why: `more than ${limit} bytes without an end` };
  }

  #apply({ send, events }: Effects): void {
    if (send.length > 0) this.#options.onBytes?.('sent', send);
    this.#connection.write(send);
    if (this.#session.connected) this.#connection.handshakeOver?.();
    for (const event of events) this.#seen.take(event);
  }

  /** An end, if the answer is whole, or as much of it as we keep. */
  #answer(): ProbeEnd | null {
    const answer = readHttpAnswer(this.#seen.data(), false);
    if (answer === 'more') return null;
    if (answer === 'not-http') return notHttp();
    this.#keep(answer);
    if (answer.cut) this.#seen.note("only the first 64 KiB of the answer's body were read");
    return answer.whole || answer.cut ? { is: 'completed' } : null;
  }

  /** The same when the peer will send nothing more. */
  #answered(): ProbeEnd | null {
    const data = this.#seen.data();
    if (!this.#seen.requestSent || data.length === 0) return null;
    const answer = readHttpAnswer(data, true);
    if (answer === 'more' || answer === 'not-http') return notHttp();
    this.#keep(answer);
    return answer.whole ? { is: 'completed' } : null;
  }

  #keep({ status, headers, body }: HttpAnswer): void {
    this.http = { status, headers, body };
  }
}

const notHttp = (): ProbeEnd => ({ is: 'malformed', why: 'the answer to the request is not HTTP/1.x' });

function clientOptions(target: ProbeTarget, options: ProbeOptions): ClientOptions {
  const { choose, groups, postHandshakeAuth, renegotiate } = options;
  return {
    versions: options.versions ?? [TLS13, TLS12],
    serverName: target.serverName,
    ...(choose ? { choose } : {}),
    ...(groups ? { groups } : {}),
    ...(postHandshakeAuth === undefined ? {} : { postHandshakeAuth }),
    ...(renegotiate === undefined ? {} : { renegotiate }),
  };
}

function requestText(target: ProbeTarget): string {
  const name = target.serverName ?? (target.host.includes(':') ? `[${target.host}]` : target.host);
  const host = target.port === 443 ? name : `${name}:${target.port}`;
  // What would end the request line early does not belong into a path.
  const path = target.path.replace(/[^\x21-\x7e]/g, encodeURIComponent) || '/';
  return `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: handclasp\r\nAccept: */*\r\nConnection: close\r\n\r\n`;
}
