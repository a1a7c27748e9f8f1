import { mkdir, open, readFile } from 'node:fs/promises';
import path from 'node:path';

export type CommandLines = readonly (readonly string[])[];

/** What is about to be changed, what it was, and the commands that put it back. Written before the change. */
export interface JournalEntry {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly machine: string;
  readonly title: string;
  readonly commands: CommandLines;
  readonly undo: CommandLines;
  /** The command that shows what is changed, and what it printed right before. */
  readonly show: readonly string[];
  readonly before: string;
}

export type Ending = 'applied' | 'undone' | 'not-undone';

export interface Journal {
  readonly file: string;
  /** On disk when it resolves. */
  write(entry: JournalEntry): Promise<void>;
  end(entry: JournalEntry, ending: Ending, at: string): Promise<void>;
}

/** One JSON line an entry, appended and never rewritten, so that a crash in mid-change loses nothing. */
export function openJournal(folder: string): Journal {
  const file = path.join(folder, 'journal.jsonl');
  return {
    file,
    write: (entry) => append(file, { entry }),
    end: (entry, ending, at) => append(file, { id: entry.id, ending, at }),
  };
}

async function append(file: string, line: object): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'a', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(line)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The entries in order, each with how it ended; null: the program died in mid-change. A torn last line is left out. */
export async function readJournal(file: string): Promise<{ entry: JournalEntry; ending: Ending | null }[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as { entry?: JournalEntry; id?: string; ending?: Ending }];
    } catch {
      return [];
    }
  });
  return lines.flatMap(({ entry }) => {
    if (!entry) return [];
    const ended = lines.findLast((line) => line.id === entry.id);
    return [{ entry, ending: ended?.ending ?? null }];
  });
}
