import { concat } from '../../base/bytes.ts';
import { Unanswered } from '../../base/known.ts';
import { utf8Bytes } from '../../base/text.ts';
import { BUILDS, buildNumber } from '../builds.ts';
import type { CommandContext, CommandResult, WrittenFile } from '../commands/command.ts';
import { commands } from '../commands/index.ts';
import type { Host } from '../host.ts';
import { lines } from '../http-sys/show.ts';
import { cannotTell, runPowershell } from '../powershell/run.ts';
import { type CmdPart, readCmd, splitArguments } from './cmd.ts';
import { filterOf } from './filters.ts';
import { readTyped, type Shell, type Typed } from './paste.ts';
import { splitNative } from './powershell-native.ts';

export interface LineContext extends CommandContext {
  /** Where the text does not tell: 'cmd' when absent. */
  readonly shell?: Shell;
}

/**
 * Runs what was typed or pasted, prompts and continued lines and all, command after command, as cmd.exe or
 * PowerShell does it. What the model does not know is said in the output, with the exit code 1.
 */
export function runLine(text: string, host: Host, context: LineContext = {}): CommandResult {
  return inTurn(readTyped(text), host, (one, at) => runTyped(one, at, context));
}

/** A script of one shell: a .ps1 file, or a .cmd file. */
export function runScript(text: string, shell: Shell, host: Host, context: CommandContext): CommandResult {
  if (shell === 'powershell') return powershell(text, host, context);
  return inTurn(readTyped(text), host, (one, at) => cmd(one.text.replace(/%%/g, '%'), at, context));
}

/** The argv of one program, without any shell between; null: there is none of that name. */
export function runProgram(
  argv: readonly string[],
  host: Host,
  context: CommandContext,
): CommandResult | null {
  const [program = '', ...args] = argv;
  const name = programName(program);
  if (name === 'powershell' || name === 'pwsh') return powershell(scriptOf(args), host, context);
  if (name === 'cmd') return cmd(args.filter((word) => !/^\/[a-z]$/i.test(word)).join(' '), host, context);
  if (Object.hasOwn(BUILT_IN, name)) return BUILT_IN[name]!(host, args);
  if (ELSEWHERE.has(name)) throw new Unanswered(`what ${name} does: the lab does not know this program`);
  return Object.hasOwn(commands, name) ? commands[name]!(args, host, context) : null;
}

/** Programs and commands of cmd that every Windows has, and the lab has not. */
const ELSEWHERE: ReadonlySet<string> = new Set(
  (
    'attrib cd certreq chdir copy del dir gpresult gpupdate icacls inetmgr ipconfig logman md mmc move net nltest ' +
    'notepad nslookup ping popd pushd regedit ren rd sc schtasks set shutdown start systeminfo taskkill tasklist ' +
    'type w32tm wevtutil where whoami wmic xcopy'
  ).split(' '),
);

/** 'C:\Windows\System32\netsh.exe' -> 'netsh'. */
export const programName = (program: string): string =>
  (program.split(/[\\/]/).at(-1) ?? '').toLowerCase().replace(/\.(?:exe|com|cmd)$/, '');

/** As cmd.exe says it, and its exit code. */
export function unknownProgram(program: string, host: Host): CommandResult {
  const text = [
    `'${program}' is not recognized as an internal or external command,`,
    'operable program or batch file.',
  ];
  return { host, exitCode: 9009, output: lines(text) };
}

function inTurn<T>(
  all: readonly T[],
  start: Host,
  run: (one: T, host: Host) => CommandResult,
): CommandResult {
  let host = start;
  let exitCode = 0;
  let output = '';
  const written: WrittenFile[] = [];
  for (const one of all) {
    const result = run(one, host);
    host = result.host;
    exitCode = result.exitCode;
    output += result.output;
    written.push(...(result.written ?? []));
  }
  return { host, exitCode, output, ...(written.length > 0 ? { written } : {}) };
}

function runTyped({ text, shell }: Typed, host: Host, context: LineContext): CommandResult {
  const chosen = shell ?? context.shell ?? 'cmd';
  return chosen === 'powershell' ? powershell(text, host, context) : cmd(text, host, context);
}

function powershell(text: string, host: Host, context: CommandContext): CommandResult {
  return runPowershell(text, host, context, (line, at) => runProgram(splitNative(line), at, context));
}

/** Behind -Command; the options before it are about PowerShell itself. */
function scriptOf(args: readonly string[]): string {
  const at = args.findIndex((word) => /^[-/]c(?:ommand)?$/i.test(word));
  if (at >= 0) return args.slice(at + 1).join(' ');
  const valued = /^[-/](?:ex|executionpolicy|ep|version|windowstyle|w)/i;
  return args.filter((word, i) => !/^[-/]\w+$/.test(word) && !valued.test(args[i - 1] ?? '')).join(' ');
}

/** Variables that administrators write into such lines. */
const VARIABLES = (host: Host): Record<string, string> => ({
  windir: 'C:\\Windows',
  systemroot: 'C:\\Windows',
  systemdrive: 'C:',
  computername: host.name,
  temp: 'C:\\Windows\\Temp',
});

function cmd(text: string, start: Host, context: CommandContext): CommandResult {
  let host = start;
  let last: CommandResult = { host, exitCode: 0, output: '' };
  let output = '';
  const written: WrittenFile[] = [];
  for (const [i, part] of readCmd(text, VARIABLES(start)).entries()) {
    if ((part.joint === '&&' && last.exitCode !== 0) || (part.joint === '||' && last.exitCode === 0))
      continue;
    // What a filter lets through takes the place of what came before it.
    if (part.joint === '|' && i > 0) output = output.slice(0, output.length - last.output.length);
    const result = cmdPart(part, last, host, context);
    host = result.host;
    written.push(...(result.written ?? []));
    const { redirect } = part;
    if (redirect) written.push(redirected(redirect, result.output, context));
    last = redirect ? { ...result, output: '' } : result;
    output += last.output;
  }
  return { host, exitCode: last.exitCode, output, ...(written.length > 0 ? { written } : {}) };
}

function cmdPart(part: CmdPart, before: CommandResult, host: Host, context: CommandContext): CommandResult {
  const line = part.line.replace(/^@/, '');
  const argv = splitArguments(line);
  const [program = ''] = argv;
  if (/^(?:rem\b|::)/i.test(line)) return { host, exitCode: 0, output: '' };
  const filter = filterOf(programName(program));
  if (filter && part.joint === '|') return { ...before, host, ...filter(line, before.output) };
  try {
    return runProgram(argv, host, context) ?? unknownProgram(program, host);
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    return { host, exitCode: 1, output: lines([cannotTell(error)]) };
  }
}

function redirected(
  { file, append }: NonNullable<CmdPart['redirect']>,
  output: string,
  { read }: CommandContext,
): WrittenFile {
  const before = append ? read?.(file) : null;
  const added = utf8Bytes(output);
  return { name: file, bytes: before ? concat([before, added]) : added };
}

const BUILT_IN: Readonly<Record<string, (host: Host, args: readonly string[]) => CommandResult>> = {
  ver: (host) => {
    const number = host.build.is === 'known' ? `10.0.${buildNumber(BUILDS[host.build.value].id)}` : 'unknown';
    const version = host.build.is === 'known' ? versionOf(host.build.value, number) : number;
    return { host, exitCode: 0, output: lines(['', `Microsoft Windows [Version ${version}]`]) };
  },
  hostname: (host) => ({ host, exitCode: 0, output: lines([host.name]) }),
  echo: (host, args) => {
    const isSwitch = args.length === 1 && /^(?:on|off)$/i.test(args[0]!);
    return { host, exitCode: 0, output: isSwitch ? '' : lines([args.join(' ')]) };
  },
};

/** Windows before 10 has another major version. */
function versionOf(build: string, ten: string): string {
  return { '2008r2': '6.1.7601', '2012r2': '6.3.9600' }[build] ?? ten;
}
