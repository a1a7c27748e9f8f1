import { once } from 'node:events';
import { ansiStyle, plainStyle, type Style } from '../report/render/style.ts';

/** Where a command's words go: answers to stdout, progress and errors to stderr. */
export interface Output {
  out(text: string): void;
  /** A text in pieces, each made when the one before is on its way; texts that are written at once do not mix. */
  pieces(text: Iterable<string>): Promise<void>;
  err(text: string): void;
  /** One line on stderr that the next one replaces, '' wipes it; absent where nobody watches a terminal. */
  progress?(text: string): void;
  /** Where somebody types and reads: what readline writes to. Absent where stdout is no terminal. */
  readonly terminal?: NodeJS.WritableStream;
  /** Styles for what goes to stdout. */
  readonly style: Style;
}

/** The only file that prints. A reader that went away (head, less) ends the program without a word. */
export function terminalOutput(): Output {
  process.stdout.on('error', quitWhenClosed);
  process.stderr.on('error', quitWhenClosed);
  return {
    out: (text) => void process.stdout.write(text),
    pieces: oneAfterTheOther(async (text) => {
      for (const piece of gathered(text))
        if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
    }),
    err: (text) => void process.stderr.write(text),
    ...(process.stderr.isTTY && process.env.TERM !== 'dumb'
      ? { progress: (text: string) => void process.stderr.write(`\r\u001b[K${text}`) }
      : {}),
    ...(process.stdout.isTTY && process.env.TERM !== 'dumb' ? { terminal: process.stdout } : {}),
    style: wantsColour() ? ansiStyle : plainStyle,
  };
}

/** Characters that are worth a write. */
const PIECE = 64 * 1024;

function* gathered(text: Iterable<string>): Generator<string> {
  let held = '';
  for (const piece of text) {
    held += piece;
    if (held.length < PIECE) continue;
    yield held;
    held = '';
  }
  if (held !== '') yield held;
}

function oneAfterTheOther<T>(work: (item: T) => Promise<void>): (item: T) => Promise<void> {
  let last = Promise.resolve();
  return (item) => {
    const done = last.then(() => work(item));
    last = done.catch(() => undefined);
    return done;
  };
}

/** no-color.org: any non-empty NO_COLOR means none; FORCE_COLOR is what Node itself honours. */
function wantsColour(): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR && FORCE_COLOR !== '0') return true;
  return process.stdout.isTTY === true && TERM !== 'dumb';
}

function quitWhenClosed(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit();
  throw error;
}
