import { ansiStyle, plainStyle, type Style } from '../report/render/style.ts';

/** Where a command's words go: answers to stdout, progress and errors to stderr. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
  /** One line on stderr that the next one replaces, '' wipes it; absent where nobody watches a terminal. */
  progress?(text: string): void;
  /** Styles for what goes to stdout. */
  readonly style: Style;
}

/** The only file that prints. A reader that went away (head, less) ends the program without a word. */
export function terminalOutput(): Output {
  process.stdout.on('error', quitWhenClosed);
  process.stderr.on('error', quitWhenClosed);
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    ...(process.stderr.isTTY && process.env.TERM !== 'dumb'
      ? { progress: (text: string) => void process.stderr.write(`\r\u001b[K${text}`) }
      : {}),
    style: wantsColour() ? ansiStyle : plainStyle,
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
