/** What was pasted, as commands: prompts taken away, continued lines joined, and which shell it was written for. */

export type Shell = 'cmd' | 'powershell';

export interface Typed {
  readonly text: string;
  /** What the text itself tells; null where either shell may be meant. */
  readonly shell: Shell | null;
}

const CMD_PROMPT = /^\s*[A-Za-z]:\\[^>\n]*>\s?/;
const POWERSHELL_PROMPT = /^\s*(?:\[[^\]\n]*\]:\s*)?PS(?:\s+[^>\n]*)?>+\s?/;
/** Of a continued line: cmd asks `More?`, PowerShell `>>`. */
const MORE_PROMPT = /^\s*(?:More\?|>>)\s?/;

/** The commands of a text. A caret or a backtick at the end of a line joins the next one to it. */
export function readTyped(text: string): Typed[] {
  const all: Typed[] = [];
  let begun: Typed | null = null;
  for (const raw of text.split(/\r\n|\r|\n/)) {
    const { typed, goesOn } = extended(begun, raw);
    begun = goesOn ? typed : null;
    if (!goesOn) all.push(typed);
  }
  if (begun) all.push(begun);
  return all
    .map((one) => ({ text: one.text.trim(), shell: one.shell ?? shellOf(one.text) }))
    .filter((one) => one.text !== '');
}

function extended(begun: Typed | null, raw: string): { typed: Typed; goesOn: boolean } {
  const read = begun ? { text: raw.replace(MORE_PROMPT, ''), shell: begun.shell } : withoutPrompt(raw);
  const joined = joinedLine(read.text);
  const text = (begun?.text ?? '') + joined.text;
  return { typed: { text, shell: read.shell ?? joined.shell }, goesOn: joined.goesOn };
}

function withoutPrompt(line: string): Typed {
  if (POWERSHELL_PROMPT.test(line)) return { text: line.replace(POWERSHELL_PROMPT, ''), shell: 'powershell' };
  if (CMD_PROMPT.test(line)) return { text: line.replace(CMD_PROMPT, ''), shell: 'cmd' };
  return { text: line, shell: null };
}

/**
 * A caret hides the end of the line from cmd. Blanks behind it, which come with text copied from a page, would end
 * the command there; they are passed over.
 */
function joinedLine(line: string): { text: string; goesOn: boolean; shell: Shell | null } {
  const caret = /^(.*?[^^]|)\^[ \t]*$/.exec(line);
  if (caret) return { text: caret[1]!, goesOn: true, shell: 'cmd' };
  const tick = /^(.*\s)`[ \t]*$/.exec(line);
  if (tick) return { text: tick[1]!, goesOn: true, shell: 'powershell' };
  return { text: line, goesOn: false, shell: null };
}

/** A cmdlet, a variable, an expression in parentheses, or single quotes round a brace: only PowerShell has them. */
function shellOf(text: string): Shell | null {
  if (/^\s*(?:[$(&]|\[[\w.]+\])/.test(text)) return 'powershell';
  if (/^\s*[A-Za-z]+-[A-Za-z]+(?:\s|$)/.test(text)) return 'powershell';
  if (/^\s*(?:gci|gp|sp|gi|ls)\b/i.test(text)) return 'powershell';
  if (/='\{[^']*\}'|'\s|\|\s*(?:Where-Object|Select-|Format-|\?\s*\{|%\s*\{)/i.test(text))
    return 'powershell';
  return /\^|%\w+%|\s\/\w/.test(text) ? 'cmd' : null;
}
