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
  const memo: Memo = { answers: new Map(), shared: { listening: [], byKey: new Map() } };
  const assume = {
    variant(id: HypothesisId): string {
      heard(memo, id);
      return variants[id] ?? host.assume.variant(id);
    },
  };
  const subject: Subject = { picture, host: { ...host, assume } };
  memos.set(subject, memo);
  memo.shared.byKey.set('', subject);
  return sisterOf(subject, key);
}

/** The same host seen from one of its records, or as a whole; what is read there counts here. */
export function sisterOf(subject: Subject, key: BindingKey | undefined): Subject {
  const { picture, host } = subject;
  const sister: Subject = { picture, host, ...(key ? { key } : {}) };
  const shared = memos.get(subject)?.shared;
  if (!shared) return sister;
  const name = key ? printKey(key) : '';
  const before = shared.byKey.get(name);
  if (before) return before;
  memos.set(sister, { answers: new Map(), shared });
  shared.byKey.set(name, sister);
  return sister;
}

/** The answer as a leaf, remembered for this subject. Never throws Unanswered; other errors are our bugs. */
export function ask<T>(subject: Subject, question: Question<T>): Known<T> {
  const memo = memos.get(subject);
  if (!memo) return answer(subject, question);
  const before = memo.answers.get(question);
  if (before) {
    for (const id of before.reads) heard(memo, id);
    return before.leaf as Known<T>;
  }
  const { value: leaf, reads } = listen(subject, () => answer(subject, question));
  memo.answers.set(question, { leaf, reads });
  return leaf;
}

/** Runs something and tells which hypotheses it read through the subject. */
export function listen<T>(subject: Subject, run: () => T): { value: T; reads: ReadonlySet<HypothesisId> } {
  const reads = new Set<HypothesisId>();
  const listening = memos.get(subject)?.shared.listening ?? [];
  listening.push(reads);
  try {
    return { value: run(), reads };
  } finally {
    listening.pop();
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

interface Memo {
  readonly answers: Map<unknown, { leaf: Known<unknown>; reads: ReadonlySet<HypothesisId> }>;
  /** Of all subjects of one host under one choice of variants. */
  readonly shared: {
    /** Sets that grow by every hypothesis read, for inner and outer questions alike. */
    readonly listening: Set<HypothesisId>[];
    readonly byKey: Map<string, Subject>;
  };
}

const memos = new WeakMap<Subject, Memo>();

function heard({ shared }: Memo, id: HypothesisId): void {
  for (const reads of shared.listening) reads.add(id);
}
