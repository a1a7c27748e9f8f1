import { Unanswered } from '../base/known.ts';
import { utf8Bytes } from '../base/text.ts';
import type { EvidenceFile, Machine, Ran } from '../machine/machine.ts';
import type { Command, WrittenFile } from '../windows/commands/command.ts';
import type { Host } from '../windows/host.ts';
import { cannotTell } from '../windows/powershell/run.ts';
import type { Shell } from '../windows/shell/paste.ts';
import { programName, runLine, runProgram, runScript, unknownProgram } from '../windows/shell/run-line.ts';
import { commandContext, filePath, type Surroundings } from './command-context.ts';
import { configurationFile, schannelFile, storeFiles } from './evidence-files.ts';
import { replaceFile } from './files.ts';
import { changeHost, readHost } from './state.ts';
import { readLogs } from './w3c-log.ts';

/** The lab as a machine: the door that `fix` goes through is the same for it and for a real Windows host. */
export function labDoor(folder: string, surroundings: Surroundings = {}): Machine {
  return {
    title: `the lab in ${folder}`,
    canWrite: true,
    run: (argv) => runInLab(folder, argv, surroundings),
    collect: () => collect(folder),
  };
}

async function runInLab(folder: string, argv: readonly string[], surroundings: Surroundings): Promise<Ran> {
  const context = await commandContext(folder, programName(argv[0] ?? ''), surroundings);
  const run = (host: Host) => runProgram(argv, host, context) ?? unknownProgram(argv[0] ?? '', host);
  return runCommand(folder, run, surroundings);
}

/** Runs typed or pasted lines, or a script of one shell, as `shell` says. */
export async function typeInLab(
  folder: string,
  text: string,
  { shell, script, ...surroundings }: Surroundings & { shell?: Shell; script?: Shell } = {},
): Promise<Ran> {
  const program = /certutil/i.test(text) ? 'certutil' : '';
  const context = await commandContext(folder, program, surroundings);
  const run = (host: Host) =>
    script
      ? runScript(text, script, host, context)
      : runLine(text, host, { ...context, ...(shell ? { shell } : {}) });
  return runCommand(folder, run, surroundings);
}

/** Runs a command on the model and keeps what it did to the host, with no other command in between. */
async function runCommand(
  folder: string,
  command: (host: Host) => ReturnType<Command>,
  { cwd = process.cwd() }: Surroundings,
): Promise<Ran> {
  let ran: Ran = { exitCode: 0, output: '' };
  let written: readonly WrittenFile[] = [];
  const onHost = (host: Host): Host => {
    try {
      const result = command(host);
      ran = { exitCode: result.exitCode, output: result.output };
      written = result.written ?? [];
      return result.host;
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      ran = { exitCode: 1, output: `${cannotTell(error)}\r\n` };
      written = [];
      return host;
    }
  };
  const before = await readHost(folder);
  // Most commands only show; those need no lock and leave the file alone.
  if (onHost(before) !== before) await changeHost(folder, onHost);
  for (const { name, bytes } of written) await replaceFile(filePath(folder, cwd, name), bytes);
  return ran;
}

async function collect(folder: string): Promise<EvidenceFile[]> {
  const host = await readHost(folder);
  const netsh = await runInLab(folder, ['netsh', 'http', 'show', 'sslcert'], {});
  return [
    { name: 'netsh-sslcert.txt', bytes: utf8Bytes(netsh.output) },
    schannelFile(host),
    ...storeFiles(host),
    configurationFile(host),
    ...(await readLogs(folder)),
  ];
}
