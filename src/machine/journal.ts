import { appendFile, mkdir } from 'node:fs/promises';
import path from 'node:path';

/** What is about to be changed, what it was, and the lines that put it back. Written before the change. */
export interface JournalEntry {
  readonly at: string;
  readonly machine: string;
  readonly command: string;
  readonly undo: readonly string[];
  /** Text read from the machine right before: netsh's own output. */
  readonly before: string;
}

export interface Journal {
  readonly file: string;
  write(entry: JournalEntry): Promise<void>;
}

/** One JSON line an entry, appended and never rewritten, so that a crash in mid-change loses nothing. */
export function openJournal(folder: string): Journal {
  const file = path.join(folder, 'journal.jsonl');
  return {
    file,
    async write(entry) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await appendFile(file, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
    },
  };
}
