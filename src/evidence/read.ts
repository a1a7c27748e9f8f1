import { concat } from '../base/bytes.ts';
import type { Note } from '../base/locus.ts';
import type { Digest } from '../base/ports.ts';
import { decodeText, latin1Text } from '../base/text.ts';
import type { Claim } from './claims.ts';
import type { EvidenceReader, OpenReader, ReadContext } from './reader.ts';
import { describeUnknown } from './unknown-input.ts';
import { isQuoted, Unquoter } from './unquote.ts';

/** What one source said. */
export interface Reading {
  readonly source: string;
  /** Kind of the reader that knew it, the surest of several; null when none did. */
  readonly kind: string | null;
  /** 'output of netsh http show sslcert'; for unknown input what it looks like. */
  readonly title: string;
  /** Kinds of the other readers that found something of theirs in it: a ticket quotes all sorts of things. */
  readonly also?: readonly string[];
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
/** A text that may hold several things is held back up to here, to see who finds something of its own in it. */
const MIXED = 1 << 22;

/**
 * Recognises a source by its content and reads it with the readers that know it: a file of its own by one, a text
 * into which many things were pasted by all that find something. Never throws. `sharing` is what sources that are
 * read together have in common.
 */
export function openReading(
  source: { readonly name: string; readonly takenAt?: number },
  readers: readonly EvidenceReader[],
  digest: Digest,
  sharing: Pick<ReadContext, 'secrets' | 'decipher'> = {},
): OpenReading {
  const { name, takenAt } = source;
  const at = takenAt === undefined ? {} : { takenAt };
  const opened = new Recognising(readers, { source: name, ...at, digest, ...sharing });
  return {
    push: (chunk) => opened.push(plain(chunk)),
    end: () => ({ source: name, ...at, ...opened.end() }),
  };
}

/**
 * The bytes themselves. A Buffer is a Uint8Array whose `slice` makes no copy: a reader that keeps a piece would keep
 * the whole chunk, or what overwrites it.
 */
const plain = (chunk: Uint8Array): Uint8Array =>
  chunk.constructor === Uint8Array ? chunk : new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);

type Shared = Omit<ReadContext, 'claim' | 'note'>;

/** Holds the beginning back until its readers are found, then hands everything on. */
class Recognising {
  readonly #readers: readonly EvidenceReader[];
  readonly #context: Shared;
  #held: Uint8Array[] | null = [];
  #heldLength = 0;
  #wanted = HEAD;
  #main: EvidenceReader | null = null;
  /** The surest first. */
  #driven: Driven[] = [];
  #unquoter: Unquoter | null = null;
  #unknown: Note | null = null;
  #unknownTitle = '';

  constructor(readers: readonly EvidenceReader[], context: Shared) {
    this.#readers = readers;
    this.#context = context;
  }

  push(chunk: Uint8Array): void {
    if (this.#held === null) {
      const plain = this.#unquoter?.take(chunk) ?? chunk;
      for (const one of this.#driven) one.push(plain);
      return;
    }
    this.#held.push(this.#unquoter?.take(chunk) ?? chunk.slice());
    this.#heldLength += chunk.length;
    if (this.#heldLength >= HEAD && this.#wanted === HEAD) this.#lookAtHead(this.#held);
    if (this.#heldLength >= this.#wanted) this.#open();
  }

  end(): Omit<Reading, 'source' | 'takenAt'> {
    if (this.#held !== null) {
      if (this.#wanted === HEAD) this.#lookAtHead(this.#held);
      this.#open();
    }
    for (const one of this.#driven) one.end();
    return this.#told();
  }

  /** Whether the beginning tells that it is a file of its own, or that all of it may matter to several. */
  #lookAtHead(held: readonly Uint8Array[]): void {
    const head = this.#plainHead(concat(held));
    const { reader, sure } = recognise(this.#readers, head, this.#context.source);
    this.#main = reader;
    const text = decodeText(head);
    const isAlone = sure && (!reader?.among || reader.isAlone?.(text) === true);
    if (!isAlone && !isBinary(text)) this.#wanted = MIXED;
    else this.#open();
  }

  /** Of a mail that quotes, the text without the marks of that; all that comes later goes the same way. */
  #plainHead(held: Uint8Array): Uint8Array {
    if (!held.includes(0) && isQuoted(latin1Text(held.subarray(0, HEAD)))) {
      this.#unquoter = new Unquoter();
      this.#held = [this.#unquoter.take(held)];
    }
    return concat(this.#held ?? []).subarray(0, HEAD);
  }

  #open(): void {
    if (this.#held === null) return;
    const bytes = concat(this.#held);
    this.#held = null;
    const found = this.#wanted === MIXED ? this.#among(bytes.subarray(0, MIXED)) : [];
    const all = this.#main ? [this.#main, ...found.filter((one) => one !== this.#main)] : found;
    this.#driven = all.map((reader) => new Driven(reader, this.#context));
    for (const one of this.#driven) one.push(bytes);
    if (this.#main) return;
    const seen = describeUnknown(bytes.subarray(0, HEAD));
    this.#unknownTitle = seen.title;
    this.#unknown = { at: { source: this.#context.source }, message: seen.message };
  }

  #among(bytes: Uint8Array): EvidenceReader[] {
    const text = withoutRepeats(decodeText(bytes));
    return this.#readers.filter(({ among }) => among?.test(text));
  }

  /** Who was not sure of the source and found nothing has nothing to say of it. */
  #told(): Omit<Reading, 'source' | 'takenAt'> {
    const others = this.#driven.filter(({ reader, claims }) => reader !== this.#main && claims.length > 0);
    const main = this.#driven.find(({ reader }) => reader === this.#main) ?? others.shift();
    if (!main) {
      const notes = this.#unknown ? [this.#unknown] : [];
      return { kind: null, title: this.#unknownTitle, claims: [], notes };
    }
    const all = [main, ...others];
    return {
      kind: main.reader.kind,
      title: main.reader.title,
      ...(others.length > 0 ? { also: others.map(({ reader }) => reader.kind) } : {}),
      claims: all.flatMap(({ claims }) => claims),
      notes: all.flatMap(({ notes }) => notes),
    };
  }
}

/**
 * Each line once, with the one below it: a listing says the same in every record, and a dozen expressions look for what
 * may stand among its lines.
 */
function withoutRepeats(text: string): string {
  const seen = new Set<string>();
  let isBelowNew = false;
  const kept = text.split('\n').filter((line) => {
    const isNew = !seen.has(line);
    if (isNew) seen.add(line);
    const isKept = isNew || isBelowNew;
    isBelowNew = isNew;
    return isKept;
  });
  return kept.join('\n');
}

/** UTF-16 is decoded by now, so that no text has it. */
const isBinary = (text: string): boolean => text.includes('\0');

/** A reader at work, with what it found. */
class Driven {
  readonly reader: EvidenceReader;
  readonly claims: Claim[] = [];
  readonly notes: Note[] = [];
  readonly #source: string;
  /** null: it failed. */
  #open: OpenReader | null;

  constructor(reader: EvidenceReader, context: Shared) {
    this.reader = reader;
    this.#source = context.source;
    this.#open = reader.open({
      ...context,
      claim: (claim) => void this.claims.push(claim),
      note: (note) => void this.notes.push(note),
    });
  }

  push(chunk: Uint8Array): void {
    this.#drive((open) => open.push(chunk));
  }

  end(): void {
    this.#drive((open) => open.end());
  }

  /** A reader never throws; should one, its claims so far stand and the fault is shown as ours. */
  #drive(run: (open: OpenReader) => void): void {
    if (!this.#open) return;
    try {
      run(this.#open);
    } catch (error) {
      this.#open = null;
      const what = error instanceof Error ? error.message : String(error);
      const message = `the reader ${this.reader.kind} failed (${what}): a fault of Handclasp, please report it; what it had read by then is used`;
      this.notes.push({ at: { source: this.#source }, message });
    }
  }
}

/** The reader that is certain, else the first of the surest. */
export function recognise(
  readers: readonly EvidenceReader[],
  head: Uint8Array,
  name: string,
): { readonly reader: EvidenceReader | null; readonly sure: boolean } {
  let likely: EvidenceReader | null = null;
  let perhaps: EvidenceReader | null = null;
  const inTurn = [
    ...readers.filter((one) => !one.isLastResort),
    ...readers.filter((one) => one.isLastResort),
  ];
  for (const reader of inTurn) {
    const verdict = reader.sniff(head, name);
    if (verdict === 'certain') return { reader, sure: true };
    if (verdict === 'likely') likely ??= reader;
    if (verdict === 'perhaps') perhaps ??= reader;
  }
  return { reader: likely ?? perhaps, sure: false };
}
