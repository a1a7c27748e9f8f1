import { concat } from '../base/bytes.ts';
import type { Note } from '../base/locus.ts';
import type { Digest } from '../base/ports.ts';
import type { Claim } from './claims.ts';
import type { EvidenceReader, OpenReader } from './reader.ts';
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

/** Recognises a source by its content and reads it with the reader that knows it. Never throws. */
export function openReading(
  source: { readonly name: string; readonly takenAt?: number },
  readers: readonly EvidenceReader[],
  digest: Digest,
): OpenReading {
  const claims: Claim[] = [];
  const notes: Note[] = [];
  const context = {
    source: source.name,
    ...(source.takenAt === undefined ? {} : { takenAt: source.takenAt }),
    digest,
    claim: (claim: Claim) => void claims.push(claim),
    note: (note: Note) => void notes.push(note),
  };
  const noteAll = (message: string) => notes.push({ at: { source: source.name }, message });
  let held: Uint8Array[] = [];
  let heldLength = 0;
  let decided: { reader: EvidenceReader; open: OpenReader } | 'unknown' | null = null;
  let title = '';

  const decide = (): void => {
    const bytes = concat(held);
    held = [];
    const head = bytes.subarray(0, HEAD);
    const reader = recognise(readers, head, source.name);
    if (!reader) {
      decided = 'unknown';
      const seen = describeUnknown(head);
      title = seen.title;
      noteAll(seen.message);
      return;
    }
    title = reader.title;
    decided = { reader, open: reader.open(context) };
    drive((open) => open.push(bytes));
  };

  /** A reader never throws; should one, its claims so far stand and the fault is shown as ours. */
  const drive = (run: (open: OpenReader) => void): void => {
    if (!decided || decided === 'unknown') return;
    try {
      run(decided.open);
    } catch (error) {
      const { kind } = decided.reader;
      noteAll(
        `the reader ${kind} failed (${error instanceof Error ? error.message : String(error)}): a fault of Handclasp, please report it; what it had read by then is used`,
      );
      decided = { reader: decided.reader, open: { push() {}, end() {} } };
    }
  };

  return {
    push(chunk) {
      if (decided) return drive((open) => open.push(chunk));
      held.push(chunk.slice());
      heldLength += chunk.length;
      if (heldLength >= HEAD) decide();
    },
    end() {
      if (!decided) decide();
      drive((open) => open.end());
      const kind = decided && decided !== 'unknown' ? decided.reader.kind : null;
      const { takenAt } = source;
      return {
        source: source.name,
        kind,
        title,
        ...(takenAt === undefined ? {} : { takenAt }),
        claims,
        notes,
      };
    },
  };
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
