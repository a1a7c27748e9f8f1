/**
 * A command line to paste into a shell so that the program gets exactly these arguments. Arguments may be
 * hostile (names from evidence). Throws RangeError for control characters, which no shell line can carry
 * safely; plans refuse such values before they get here.
 */
export function printCommand(argv: readonly string[], shell: 'cmd' | 'powershell'): string {
  const unfit = argv.find((argument) => /[\p{Cc}\u2028\u2029]/u.test(argument));
  if (unfit !== undefined) throw new RangeError(`an argument holds a control character: ${visible(unfit)}`);
  return argv.map(shell === 'cmd' ? quoteCmd : quotePowershell).join(' ');
}

function visible(text: string): string {
  return JSON.stringify(text.slice(0, 40));
}

/** Nothing that cmd.exe or the C runtime reads as syntax. */
const PLAIN_CMD = /^[\w.:/\\=\-{}[\]+~@#$*,;?]+$/;

/**
 * Quotes hold for what has no quotation mark and no percent sign in it. With one of these each character that
 * means something to cmd gets a caret, the quotes of the C runtime too, so that cmd never sees a quoted part
 * (in one, `%NAME%` would be replaced and `\"` would end it). For the prompt, not for batch files.
 */
function quoteCmd(argument: string): string {
  if (PLAIN_CMD.test(argument)) return argument;
  const quoted = quoteForRuntime(argument);
  return /["%]/.test(argument) ? quoted.replace(/[()%!^"<>&|]/g, '^$&') : quoted;
}

/** CommandLineToArgvW: backslashes count only before a quotation mark, and are doubled there. */
function quoteForRuntime(argument: string): string {
  return `"${argument.replace(/(\\*)("|$)/g, (_, slashes: string, mark: string) => slashes + slashes + (mark && '\\"'))}"`;
}

/** Nothing that PowerShell reads as syntax; it would expand $, split at commas and take braces for a block. */
const PLAIN_POWERSHELL = /^(-[a-z]+|[\w.:/\\=+][\w.:/\\=\-+]*)$/i;

/**
 * Single quotes; any of the four marks that PowerShell takes for one is doubled. Windows PowerShell 5.1 hands
 * quotation marks on without escaping them and quotes an argument with blanks without minding its trailing
 * backslashes: both are made good here.
 */
function quotePowershell(argument: string, index: number): string {
  if (PLAIN_POWERSHELL.test(argument)) return argument;
  const inner = argument
    .replace(/(\\*)"/g, '$1$1\\"')
    .replace(/\\+$/, (slashes) => (/\s/.test(argument) ? slashes + slashes : slashes))
    .replace(/['\u2018-\u201b]/g, '$&$&');
  return `${index === 0 ? '& ' : ''}'${inner}'`;
}
