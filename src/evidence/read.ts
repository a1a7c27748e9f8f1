import { concat } from '../base/bytes.ts';
import type { Note } from '../base/locus.ts';
import type { Digest } from '../base/ports.ts';
import type { Claim } from './claims.ts';
import type { EvidenceReader, OpenReader, ReadContext } from './reader.ts';
import { describeUnknown } from './unknown-input.ts';

/** What one source said. */
export interface Reading {
  readonly source: string;
  /** Kind of the reader that knew it; null when none did. */
  readonly kind: string | null;
  /** 'output of netsh http show sslcert'; for unknown input what it looks like. */
  readonly title: string;
  readonly takenAt?: number;
  readonly claims: readonly Claim[];
  readonly notes: readonly Note[];
}

export interface OpenReading {
  push(chunk: Uint8Array): void;
  end(): Reading;
}

/** Readers judge by this much of the beginning. */
const HEAD = 1 << 16;

/**
 * Recognises a source by its content and reads it with the reader that knows it. Never throws. `sharing` is what
 * sources that are read together have in common.
 */
export function openReading(
  source: { readonly name: string; readonly takenAt?: number },
  readers: readonly EvidenceReader[],
  digest: Digest,
  sharing: Pick<ReadContext, 'secrets' | 'decipher'> = {},
): OpenReading {
  const claims: Claim[] = [];
  const notes: Note[] = [];
  const context = {
    source: source.name,
    ...(source.takenAt === undefined ? {} : { takenAt: source.takenAt }),
    digest,
    ...sharing,
    claim: (claim: Claim) => void claims.push(claim),
    note: (note: Note) => void notes.push(note),
  };
  const opened = new Recognising(readers, context);
  return {
    push: (chunk) => opened.push(plain(chunk)),
    end() {
      const { kind, title } = opened.end();
      const { name, takenAt } = source;
      return { source: name, kind, title, ...(takenAt === undefined ? {} : { takenAt }), claims, notes };
    },
  };
}

/**
 * The bytes themselves. A Buffer is a Uint8Array whose `slice` makes no copy: a reader that keeps a piece would keep
 * the whole chunk, or what overwrites it.
 */
const plain = (chunk: Uint8Array): Uint8Array =>
  chunk.constructor === Uint8Array ? chunk : new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);

/** Holds the beginning back until a reader is found for it, then hands everything on. */
class Recognising {
  readonly #readers: readonly EvidenceReader[];
  readonly #context: ReadContext;
  #held: Uint8Array[] | null = [];
  #heldLength = 0;
  #kind: string | null = null;
  #title = '';
  /** null: nobody reads it, or its reader failed. */
  #open: OpenReader | null = null;

  constructor(readers: readonly EvidenceReader[], context: ReadContext) {
    this.#readers = readers;
    this.#context = context;
  }

  push(chunk: Uint8Array): void {
    if (this.#held === null) {
      this.#drive((open) => open.push(chunk));
      return;
    }
    this.#held.push(chunk.slice());
    this.#heldLength += chunk.length;
    if (this.#heldLength >= HEAD) this.#decide(this.#held);
  }

  end(): { kind: string | null; title: string } {
    if (this.#held !== null) this.#decide(this.#held);
    this.#drive((open) => open.end());
    return { kind: this.#kind, title: this.#title };
  }

  #decide(held: readonly Uint8Array[]): void {
    const bytes = concat(held);
    this.#held = null;
    const head = bytes.subarray(0, HEAD);
    const reader = recognise(this.#readers, head, this.#context.source);
    if (!reader) {
      const seen = describeUnknown(head);
      this.#title = seen.title;
      this.#note(seen.message);
      return;
    }
    this.#kind = reader.kind;
    this.#title = reader.title;
    this.#open = reader.open(this.#context);
    this.#drive((open) => open.push(bytes));
  }

  /** A reader never throws; should one, its claims so far stand and the fault is shown as ours. */
  #drive(run: (open: OpenReader) => void): void {
    if (!this.#open) return;
    try {
      run(this.#open);
    } catch (error) {
      this.#open = null;
      const what = error instanceof Error ? error.message : String(error);
      this.#note(
        `the reader ${this.#kind} failed (${what}): a fault of Handclasp, please report it; what it had read by then is used`,
      );
    }
  }

  #note(message: string): void {
    this.#context.note({ at: { source: this.#context.source }, message });
  }
}

/** The reader that is certain, else the first that finds it likely. */
export function recognise(
  readers: readonly EvidenceReader[],
  head: Uint8Array,
  name: string,
): EvidenceReader | null {
  let likely: EvidenceReader | null = null;
  for (const reader of readers) {
    const verdict = reader.sniff(head, name);
    if (verdict === 'certain') return reader;
    if (verdict === 'likely') likely ??= reader;
  }
  return likely;
}
