import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import readline from 'node:readline/promises';
import { Command } from 'commander';
import { typeInLab } from '../../lab/door.ts';
import { readHost } from '../../lab/state.ts';
import type { Host } from '../../windows/host.ts';
import { completions, firstWords } from '../../windows/shell/complete.ts';
import type { Shell } from '../../windows/shell/paste.ts';
import { parse } from '../parse.ts';
import type { Output } from '../print.ts';
import { folderOf, type LabCommand } from './context.ts';
import { sayRan } from './ran.ts';
import { languageOf } from './run.ts';

interface Options extends Record<string, unknown> {
  language?: string;
  state?: string;
}

const definition = () =>
  new Command('lab shell')
    .description(
      `A console of the lab's Windows: type what you would type on a server. Lines may be pasted with their prompts and
continued by ^ or a backtick. \`powershell\` and \`cmd\` change the shell, \`help\` lists the commands, \`exit\` ends.`,
    )
    .option('--language <code>', 'the language of Windows: en or de', 'en')
    .option('--state <dir>', 'the folder of its state')
    .addHelpText('after', '\nExample:\n  handclasp lab shell\n\nExit codes: 0 ended, 2 there is no lab.');

export const command: LabCommand = {
  async run(argv, out, given) {
    const { options } = await parse<Options>(definition(), argv, out);
    const folder = folderOf(options.state, given);
    const host = await readHost(folder);
    const history = await readHistory(folder);
    const reader = openReader(host, history, out);
    if (out.terminal) out.out(`${host.name}, a lab. help lists what it knows; exit ends.\n`);
    await talk(reader, folder, languageOf(options.language), out);
    if (out.terminal) await keepHistory(folder, reader);
    return 0;
  },
};

type LineSource = readline.Interface & { history?: string[] };

function openReader(host: Host, history: string[], out: Output): LineSource {
  return readline.createInterface({
    input: process.stdin,
    ...(out.terminal ? { output: out.terminal, terminal: true, history } : { terminal: false }),
    historySize: HISTORY,
    completer: (line: string): [string[], string] => {
      const { word, fitting } = completions(line, host);
      return [[...fitting], word];
    },
  });
}

/** Reads until the end of the input or `exit`; `exit` in PowerShell that was started from cmd goes back to cmd. */
async function talk(reader: LineSource, folder: string, language: 'en' | 'de', out: Output): Promise<void> {
  const shells: Shell[] = ['cmd'];
  let begun = '';
  const prompt = () => {
    const shell = shells.at(-1)!;
    reader.setPrompt(begun === '' ? PROMPTS[shell].first : PROMPTS[shell].more);
    if (out.terminal) reader.prompt();
  };
  prompt();
  for await (const line of reader) {
    const text = begun + line;
    begun = goesOn(line) ? `${text}\n` : '';
    if (begun === '') {
      const word = text.trim().toLowerCase();
      if (word === 'exit' || word === 'quit') shells.pop();
      else if (word === 'powershell' || word === 'cmd') shells.push(word);
      else if (word === 'help' || word === '?') out.out(help());
      else if (word !== '') sayRan(await typeInLab(folder, text, { shell: shells.at(-1)!, language }), out);
    }
    if (shells.length === 0) break;
    prompt();
  }
  reader.close();
}

const PROMPTS: Readonly<Record<Shell, { first: string; more: string }>> = {
  cmd: { first: 'C:\\>', more: 'More? ' },
  powershell: { first: 'PS C:\\> ', more: '>> ' },
};

const goesOn = (line: string): boolean => /(?:^|[^^])\^[ \t]*$|\s`[ \t]*$/.test(line);

function help(): string {
  const all = firstWords();
  const programs = all.filter((name) => !name.includes('-'));
  const cmdlets = all.filter((name) => name.includes('-'));
  return `Programs:  ${programs.join(', ')}
Filters:   | findstr, | find, | more, > file
Cmdlets:   ${cmdlets.join(', ')}
Each program says with /? what it takes. exit ends.
`;
}

const HISTORY = 500;
const FILE = 'shell-history';

/** The last line first, as readline keeps it. */
async function readHistory(folder: string): Promise<string[]> {
  const text = await readFile(path.join(folder, FILE), 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '');
}

async function keepHistory(folder: string, { history = [] }: LineSource): Promise<void> {
  const text = history.slice(0, HISTORY).join('\n');
  // What was typed is worth less than ending without complaint.
  await writeFile(path.join(folder, FILE), `${text}\n`, { mode: 0o600 }).catch(() => undefined);
}
