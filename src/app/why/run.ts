import { performance } from 'node:perf_hooks';
import type { SigningKey } from '../../base/ports.ts';
import type { ProbeOptions, ProbeResult, ProbeTarget } from '../../net/probe-types.ts';
import type { AnsweredProbe, Asking, PlannedProbe } from './asking.ts';
import { Kept } from './kept.ts';

/** What an identity shows: its chain, leaf first, DER. */
export interface Showable {
  readonly chain: readonly Uint8Array[];
  readonly key: SigningKey;
}

/** How connections are made, whatever they ask. */
export interface Course {
  readonly port: number;
  readonly probe: (target: ProbeTarget, options?: ProbeOptions) => Promise<ProbeResult>;
  /** Options that all connections share: proxies, STARTTLS. */
  readonly shared?: ProbeOptions;
  readonly starttls?: string;
  readonly identities: readonly (Showable | null)[];
  /** Milliseconds for one connection, and for all. */
  readonly timeout: number;
  readonly within: number;
  /** Most bytes to take from the server in all. */
  readonly byteLimit: number;
  /** End with a request in the handshake: nothing is shown, and no page asked for. */
  readonly untilRequest?: boolean;
  /** Connections at once. */
  readonly parallel: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, known: number) => void;
}

export interface Outcome {
  readonly answers: readonly AnsweredProbe[];
  /** Why connections were left out that had been wanted. */
  readonly cut: 'time' | 'bytes' | 'stopped' | null;
}

/** Makes connections as long as the plan wants some and the limits allow. The answers stand in the plan's order. */
export async function askAll(
  plan: (answers: readonly AnsweredProbe[]) => readonly PlannedProbe[],
  course: Course,
): Promise<Outcome> {
  const budget = new Budget(course);
  const answers: AnsweredProbe[] = [];
  for (let wanted = plan(answers); wanted.length > 0; wanted = plan(answers)) {
    const known = answers.length + wanted.length;
    let done = answers.length;
    course.onProgress?.(done, known);
    const came = await inParallel(wanted, budget.kept.isHeavy ? 1 : course.parallel, async (planned) => {
      if (budget.exhausted) return null;
      const answer = await ask(planned, answers, course, budget);
      course.onProgress?.(++done, known);
      return answer;
    });
    answers.push(...came.filter((one) => one !== null));
    // What was left out would be wanted again.
    if (budget.exhausted && came.includes(null)) return { answers, cut: budget.exhausted };
  }
  return { answers, cut: null };
}

/** Time, bytes and memory that all connections share. */
class Budget {
  readonly kept = new Kept();
  readonly #until: number;
  readonly #signal: AbortSignal | undefined;
  #bytes: number;

  constructor({ within, byteLimit, signal }: Course) {
    this.#until = performance.now() + within;
    this.#bytes = byteLimit;
    this.#signal = signal;
  }

  get exhausted(): Outcome['cut'] {
    if (this.#signal?.aborted) return 'stopped';
    if (this.time <= 0) return 'time';
    return this.#bytes <= 0 || this.kept.isFull ? 'bytes' : null;
  }

  /** Milliseconds left. */
  get time(): number {
    return this.#until - performance.now();
  }

  take(bytes: number): void {
    this.#bytes -= bytes;
  }

  get bytes(): number {
    return Math.max(1, this.#bytes);
  }
}

/** What of a server's first bytes is kept for its fingerprint. */
const KEPT = 64 * 1024;
const MOST_BYTES = 2 ** 20;

async function ask(
  { asking, about }: PlannedProbe,
  before: readonly AnsweredProbe[],
  course: Course,
  budget: Budget,
): Promise<AnsweredProbe | null> {
  const kept: Uint8Array[] = [];
  let length = 0;
  const onBytes: ProbeOptions['onBytes'] = (direction, bytes) => {
    course.shared?.onBytes?.(direction, bytes);
    if (direction !== 'received') return;
    budget.take(bytes.length);
    // Views into larger buffers would keep those alive.
    if (length < KEPT) kept.push(bytes.slice(0, KEPT - length));
    length += bytes.length;
  };
  const result = await course.probe(targetOf(asking, course), {
    ...course.shared,
    ...optionsOf(asking, before, course),
    timeout: Math.max(1, Math.min(course.timeout, budget.time)),
    byteLimit: Math.min(MOST_BYTES, budget.bytes),
    onBytes,
  });
  // What came too late to be kept is let go at once: others are being made meanwhile.
  const shared = budget.kept.keep(result);
  return shared && { asking, about, result: shared, received: Buffer.concat(kept) };
}

const targetOf = (asking: Asking, { port, starttls }: Course): ProbeTarget => ({
  host: asking.address,
  port,
  serverName: asking.serverName,
  path: asking.path,
  ...(starttls === undefined ? {} : { starttls }),
});

/** What a late request has to wait for, and may fail over: more than any server reads ahead (IIS: 48 KiB). */
const LARGE_BODY = 64 * 1024;

function optionsOf(
  asking: Asking,
  before: readonly AnsweredProbe[],
  { identities, shared, untilRequest }: Course,
): ProbeOptions {
  const shown = asking.certificate === 'none' ? null : (identities[asking.certificate] ?? null);
  return {
    versions: asking.versions,
    http: shared?.http ?? true,
    choose: () => shown,
    ...(untilRequest && !shown ? { untilRequest } : {}),
    ...(asking.postHandshakeAuth ? { postHandshakeAuth: true } : {}),
    ...(asking.http2 ? { alpn: ['h2', 'http/1.1'] } : {}),
    ...(asking.method === 'POST' ? { request: { method: 'POST', bodyLength: LARGE_BODY } } : {}),
    ...(asking.resumed ? resumeOf(asking, before) : {}),
  };
}

/** The session of the same question. */
function resumeOf(asking: Asking, before: readonly AnsweredProbe[]): Pick<ProbeOptions, 'resume'> {
  const wanted = JSON.stringify({ ...asking, resumed: false });
  const ticket = before.find((one) => JSON.stringify(one.asking) === wanted)?.result.ticket;
  return ticket ? { resume: ticket } : {};
}

/** Runs `work` on all items, `most` at once, in their order; the results stand in that order, too. */
export async function inParallel<T, U>(
  items: readonly T[],
  most: number,
  work: (item: T) => Promise<U>,
): Promise<U[]> {
  const results: U[] = new Array(items.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const at = next++;
      results[at] = await work(items[at]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  return results;
}
