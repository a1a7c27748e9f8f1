import { Unanswered } from '../../base/known.ts';
import type { CommandContext, CommandResult, WrittenFile } from '../commands/command.ts';
import type { Host } from '../host.ts';
import { lines } from '../http-sys/show.ts';
import { runStatement } from './evaluate.ts';
import { formatted } from './format.ts';
import { parse } from './parse.ts';
import { Unparsed } from './syntax.ts';
import { PsError, type PsValue, type World } from './values.ts';

/** Runs a native program by its command line; null when there is none of that name. */
export type RunNative = (line: string, host: Host, context: CommandContext) => CommandResult | null;

/**
 * Runs a script of the part of PowerShell that administrators use here. An error ends its statement and is printed,
 * the others run. So it is with what the lab does not know.
 */
export function runPowershell(
  text: string,
  host: Host,
  context: CommandContext,
  native: RunNative,
): CommandResult {
  const written: WrittenFile[] = [];
  const world: World = {
    host,
    context,
    variables: new Map(),
    printed: [],
    written,
    failed: false,
    runNative(line) {
      const result = native(line, world.host, context);
      if (!result) return null;
      world.host = result.host;
      world.failed ||= result.exitCode !== 0;
      written.push(...(result.written ?? []));
      return nativeLines(result.output);
    },
  };
  for (const statement of statementsOf(text, world)) {
    try {
      const values = runStatement(statement, world);
      if (values.length > 0) world.printed.push(formatted(values, context));
    } catch (error) {
      world.failed = true;
      if (error instanceof PsError) world.printed.push(errorText(error));
      else if (error instanceof Unanswered) world.printed.push(lines([cannotTell(error)]));
      else throw error;
    }
  }
  const output = world.printed.join('');
  return {
    host: world.host,
    output,
    exitCode: world.failed ? 1 : 0,
    ...(written.length > 0 ? { written } : {}),
  };
}

function statementsOf(text: string, world: World) {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof Unparsed)) throw error;
    world.failed = true;
    const wants = `what this PowerShell does (${error.message}); it reads pipelines, no loops and no functions`;
    world.printed.push(lines([cannotTell({ wants })]));
    return [];
  }
}

/** How the lab says that it does not know. */
export const cannotTell = ({ wants }: Pick<Unanswered, 'wants'>): string => `The lab cannot tell ${wants}`;

/** A program's output comes as its lines. */
function nativeLines(output: string): PsValue[] {
  const all = output.split('\r\n');
  if (all.at(-1) === '') all.pop();
  return all;
}

/** The message and the id; what stands between them in real records (place, category) is left out. */
function errorText({ message, id }: PsError): string {
  return lines([message, ...(id === '' ? [] : [`    + FullyQualifiedErrorId : ${id}`]), '']);
}
