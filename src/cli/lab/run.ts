import { readFile } from 'node:fs/promises';
import { labDoor, typeInLab } from '../../lab/door.ts';
import type { Ran } from '../../machine/machine.ts';
import { findCmdlet } from '../../windows/powershell/bind.ts';
import type { Shell } from '../../windows/shell/paste.ts';
import type { Output } from '../print.ts';
import { Shown, UsageError } from '../usage.ts';
import { folderOf, type LabCommand } from './context.ts';
import { exitCodeOf, sayRan } from './ran.ts';

const HELP = `Usage: handclasp lab run [options] [--] <command…>

Runs a command on the lab's Windows. One word is a line as typed or pasted: with its prompt, its quotation marks,
with lines continued by ^ or a backtick. Several words are the program and its arguments. Without a command the
lines are read from standard input.

Options:
  --file <script>     run a script: .ps1 as PowerShell, anything else as cmd
  --shell <shell>     cmd or powershell, where the line does not tell (default cmd)
  --language <code>   the language of Windows: en or de (default en)
  --state <dir>       the folder of its state
  -h, --help          this

Examples:
  handclasp lab run -- netsh http show sslcert
  handclasp lab run -- certutil -error 5
  handclasp lab run 'PS C:\\> Get-ChildItem Cert:\\LocalMachine\\Root | Where-Object { $_.Issuer -ne $_.Subject }'
  handclasp lab run < pasted.txt

What the lab does not know, it says. Files that commands write lie where you are; C:\\ is the folder drives/C of the state.

Exit codes: that of the command; 1 where Windows has a larger one, 2 there is no lab, 64 wrong use.
`;

export const command: LabCommand = {
  async run(argv, out, given) {
    const { options, words } = readOptions(argv, out);
    const folder = folderOf(options.state, given);
    const language = languageOf(options.language);
    const ran = await run(folder, words, options, language);
    sayRan(ran, out);
    return exitCodeOf(ran);
  },
};

interface Options {
  file?: string;
  shell?: string;
  language?: string;
  state?: string;
}

const NAMES = ['file', 'shell', 'language', 'state'] as const;

/** Options stand before the command; from its first word on everything is the command's. */
function readOptions(argv: readonly string[], out: Output): { options: Options; words: string[] } {
  const options: Options = {};
  const words = [...argv];
  for (;;) {
    const [word = ''] = words;
    if (word === '--help' || word === '-h') {
      out.out(HELP);
      throw new Shown();
    }
    const [, name, value] = /^--(\w+)(?:=(.*))?$/s.exec(word) ?? [];
    if (word === '--') return { options, words: words.slice(1) };
    if (name === undefined) return { options, words };
    const known = NAMES.find((one) => one === name);
    const given = value ?? words[1];
    if (!known || given === undefined)
      throw new UsageError(
        `${word}: no such option`,
        'handclasp lab run --help shows them; a command follows --',
      );
    options[known] = given;
    words.splice(0, value === undefined ? 2 : 1);
  }
}

async function run(
  folder: string,
  words: readonly string[],
  options: Options,
  language: 'en' | 'de',
): Promise<Ran> {
  const shell = shellOf(options.shell);
  const typed = { language, ...(shell ? { shell } : {}) };
  if (options.file !== undefined) {
    const script = shell ?? (/\.psm?1$/i.test(options.file) ? 'powershell' : 'cmd');
    return typeInLab(folder, await textOf(options.file), { language, script });
  }
  const [first, ...more] = words;
  if (first === undefined) return typeInLab(folder, await standardInput(), typed);
  if (more.length === 0) return typeInLab(folder, first, typed);
  // The words of a cmdlet are put together again: its arguments are PowerShell's to read.
  if (findCmdlet(first))
    return typeInLab(folder, words.map(powershellWord).join(' '), { language, shell: 'powershell' });
  return labDoor(folder, { language }).run(words);
}

/** A word that a POSIX shell gave without its quotation marks. */
function powershellWord(word: string): string {
  return /^[-\w:\\/.*?,$|{}()'"=@]+$|^[|{}]|^-/.test(word) ? word : `'${word.replaceAll("'", "''")}'`;
}

function shellOf(text: string | undefined): Shell | undefined {
  if (text === undefined || text === 'cmd' || text === 'powershell') return text;
  throw new UsageError(`--shell ${text}: no such shell`, 'cmd or powershell');
}

export function languageOf(text: string | undefined): 'en' | 'de' {
  if (text === undefined || text === 'en' || text === 'de') return text ?? 'en';
  throw new UsageError(`--language ${text}: the lab speaks en and de`, 'leave it out for English');
}

async function textOf(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\ufeff/, '');
  } catch {
    throw new UsageError(`${file}: cannot be read`, 'give a script file');
  }
}

async function standardInput(): Promise<string> {
  if (process.stdin.isTTY)
    throw new UsageError('lab run: no command', 'give one behind --, or type them in handclasp lab shell');
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
