#!/usr/bin/env node
import type { Output } from './print.ts';
import { terminalOutput } from './print.ts';

interface CommandModule {
  run(argv: string[], out: Output): Promise<number>;
}

/** Each command is loaded only when it is called: starting is part of the speed (bench/start.mjs). */
const COMMANDS: Readonly<Record<string, { about: string; load(): Promise<CommandModule> }>> = {
  why: {
    about: 'ask a TLS server which client certificates it wants, and say which client would offer yours',
    load: () => import('./why.ts'),
  },
  examine: {
    about: 'read evidence (netsh text, registry, stores, logs, configuration) and name the cause',
    load: () => import('./examine.ts'),
  },
  collect: {
    about: 'gather from a Windows server all that examine reads, into one file',
    load: () => import('./collect.ts'),
  },
  count: {
    about: 'count the lines of W3C logs: refused logons by hour, client, path and codes, or by what you name',
    load: () => import('./count.ts'),
  },
  fix: { about: 'plan the repair, and apply it when told to', load: () => import('./fix.ts') },
  explain: {
    about: 'explain an error code, an IIS status, a TLS alert or a diagnosis',
    load: () => import('./explain.ts'),
  },
  lab: {
    about: 'a Windows web server to practise on: http.sys, Schannel and IIS with real TLS on loopback',
    load: () => import('./lab.ts'),
  },
  story: {
    about: 'the incident from the first 403 to the proven repair, told by doing it in the lab',
    load: () => import('./story.ts'),
  },
  schema: {
    about: 'print the JSON Schema of a document that --json prints',
    load: () => import('./schema.ts'),
  },
};

// A hostile peer makes thousands of errors; where each was made is of interest to whoever looks for a fault of ours.
if (!process.env.HANDCLASP_DEBUG) Error.stackTraceLimit = 0;

process.exitCode = await main(process.argv.slice(2), terminalOutput());

async function main([name, ...argv]: string[], out: Output): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    out.out(help());
    return name === undefined ? 64 : 0;
  }
  if (name === '--version' || name === '-V') {
    const { VERSION } = await import('./version.ts');
    out.out(`${VERSION}\n`);
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) return wrongUse(out, `${name}: no such command`, 'handclasp --help lists the commands');
  try {
    return await (await command.load()).run(argv, out);
  } catch (error) {
    return failed(error, out);
  }
}

function help(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const lines = Object.entries(COMMANDS).map(([name, { about }]) => `  ${name.padEnd(width)}  ${about}`);
  return `Handclasp says why a TLS client certificate is not asked for, not offered or not accepted, and repairs it.

Usage: handclasp <command> [options]

${lines.join('\n')}

handclasp <command> --help shows its options and examples.

Examples:
  handclasp story
  handclasp why https://www.example.com/secure --cert user.pem
  handclasp examine evidence/
  handclasp explain 403.7
`;
}

/** Known errors become one line; anything else is our bug and says so (exit 70, EX_SOFTWARE). */
async function failed(error: unknown, out: Output): Promise<number> {
  const { Shown, UsageError } = await import('./usage.ts');
  if (error instanceof Shown) return 0;
  if (error instanceof UsageError) return wrongUse(out, error.message, error.hint, error.exitCode);
  const told =
    error instanceof Error ? (process.env.HANDCLASP_DEBUG ? error.stack : error.message) : String(error);
  out.err(`handclasp: a fault of ours: ${told}\n  HANDCLASP_DEBUG=1 shows where; please report it\n`);
  return 70;
}

async function wrongUse(out: Output, message: string, hint: string, exitCode = 64): Promise<number> {
  const { escapeTerminal } = await import('../report/escape.ts');
  out.err(`handclasp: ${escapeTerminal(message)}\n  ${escapeTerminal(hint)}\n`);
  return exitCode;
}
