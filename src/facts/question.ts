import { type Known, Unanswered, unknown } from '../base/known.ts';
import type { Picture } from '../picture/picture.ts';
import type { Host } from '../windows/host.ts';
import type { BindingKey } from '../windows/http-sys/binding.ts';
import { printKey } from '../windows/http-sys/key.ts';
import type { HypothesisId } from '../windows/hypotheses.ts';

/**
 * What a question is about: one TLS endpoint of a host, or the host itself. Where the evidence is of no Windows host
 * (an nginx, a client alone) or of several at once, the host is one of which nothing is known.
 */
export interface Subject {
  readonly host: Host;
  /** undefined for a question about the host, and for an endpoint of which no record was seen. */
  readonly key?: BindingKey;
  readonly picture: Picture;
}

/** Reads `Known` leaves of the subject; may throw Unanswered, which `ask` turns into an unknown leaf. */
export type Question<T> = (subject: Subject) => Known<T>;

/** Variants chosen for some hypotheses; the others follow the host's own assumption. */
export type Variants = Readonly<Partial<Record<HypothesisId, string>>>;

/** Hypotheses in the order in which they were first read. */
export type Reads = readonly HypothesisId[];

const NONE: Reads = [];

/**
 * A host that tells which hypotheses were read through it, and that remembers its answers. One for each choice of
 * variants: an answer never outlives the variants that it was given under.
 */
export function openSubject(
  picture: Picture,
  host: Host,
  key: BindingKey | undefined,
  variants: Variants,
): Subject {
  const shared: Shared = {
    heard: NONE,
    whole: null,
    ofRecords: new Map(),
    ofHost: new Map(),
    byKey: new Map(),
    byId: new Map(),
  };
  const assume = {
    variant(id: HypothesisId): string {
      hear(shared, id);
      return variants[id] ?? host.assume.variant(id);
    },
  };
  shared.whole = new OpenSubject({ ...host, assume }, picture, shared);
  return sisterOf(shared.whole, key);
}

/** The host itself: whoever asks of it what does not hang on a record asks once. */
const hostOf = (subject: Subject): Subject => sisterOf(subject, undefined);

/** A question that does not hang on a record: from whichever it is asked, it is answered once. */
export const onceForHost =
  <T>(question: Question<T>): Question<T> =>
  (subject) =>
    ask(hostOf(subject), question);

/** The same host seen from one of its records, or as a whole; what is read there counts here. */
export function sisterOf(subject: Subject, key: BindingKey | undefined): Subject {
  const { picture, host } = subject;
  if (!(subject instanceof OpenSubject)) return { picture, host, ...(key ? { key } : {}) };
  const { shared } = subject;
  if (!key) return shared.whole!;
  const before = shared.byKey.get(key);
  if (before) return before;
  const id = printKey(key);
  const sister = shared.byId.get(id) ?? new OpenSubject(host, picture, shared, key);
  shared.byKey.set(key, sister);
  shared.byId.set(id, sister);
  return sister;
}

/** The answer as a leaf, remembered for this subject. Never throws Unanswered; other errors are our bugs. */
export function ask<T>(subject: Subject, question: Question<T>): Known<T> {
  if (!(subject instanceof OpenSubject)) return answer(subject, question);
  const { shared, answers } = subject;
  const at = numberOf(subject.key ? shared.ofRecords : shared.ofHost, question);
  const before = answers[at];
  if (before) {
    const reads = subject.reads?.get(at);
    if (reads) for (const id of reads) hear(shared, id);
    return before as Known<T>;
  }
  const outer = shared.heard;
  shared.heard = NONE;
  try {
    const leaf = answer(subject, question);
    answers[at] = leaf;
    if (shared.heard.length > 0) {
      subject.reads ??= new Map();
      subject.reads.set(at, shared.heard);
    }
    return leaf;
  } finally {
    hearAfter(shared, outer);
  }
}

/** Runs something and tells which hypotheses it read through the subject. */
export function listen<T>(subject: Subject, run: () => T): { value: T; reads: Reads } {
  if (!(subject instanceof OpenSubject)) return { value: run(), reads: NONE };
  const { shared } = subject;
  const outer = shared.heard;
  shared.heard = NONE;
  try {
    const value = run();
    return { value, reads: shared.heard };
  } finally {
    hearAfter(shared, outer);
  }
}

function answer<T>(subject: Subject, question: Question<T>): Known<T> {
  try {
    return question(subject);
  } catch (error) {
    if (error instanceof Unanswered) return unknown(error.wants);
    throw error;
  }
}

/** Of all subjects of one host under one choice of variants. */
interface Shared {
  /** What was read since the innermost question began; it counts for the outer ones, too. */
  heard: Reads;
  whole: OpenSubject | null;
  /** Numbers of the questions that records are asked: an answer stands at the number of its question. */
  readonly ofRecords: Map<unknown, number>;
  readonly ofHost: Map<unknown, number>;
  readonly byKey: Map<BindingKey, OpenSubject>;
  readonly byId: Map<string, OpenSubject>;
}

/** So many questions are usually asked. */
const USUAL = 48;

/** A subject that remembers: there may be ten thousand of them, asked thirty questions each. */
class OpenSubject implements Subject {
  readonly host: Host;
  declare readonly key?: BindingKey;
  readonly picture: Picture;
  readonly shared: Shared;
  readonly answers: (Known<unknown> | undefined)[] = new Array(USUAL);
  /** Of the answers that hang on hypotheses. */
  reads: Map<number, Reads> | null = null;

  constructor(host: Host, picture: Picture, shared: Shared, key?: BindingKey) {
    this.host = host;
    if (key) this.key = key;
    this.picture = picture;
    this.shared = shared;
  }
}

function numberOf(numbers: Map<unknown, number>, question: unknown): number {
  const before = numbers.get(question);
  if (before !== undefined) return before;
  numbers.set(question, numbers.size);
  return numbers.size - 1;
}

function hear(shared: Shared, id: HypothesisId): void {
  if (!shared.heard.includes(id)) shared.heard = [...shared.heard, id];
}

function hearAfter(shared: Shared, outer: Reads): void {
  const inner = shared.heard;
  shared.heard = outer;
  for (const id of inner) hear(shared, id);
}
