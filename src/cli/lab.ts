import type { LabCommand } from './lab/context.ts';
import { takeState, toUsageError } from './lab/context.ts';
import type { Output } from './print.ts';
import { UsageError } from './usage.ts';

const COMMANDS: Readonly<Record<string, { about: string; load(): Promise<{ command: LabCommand }> }>> = {
  up: { about: 'start the web server, until Ctrl-C', load: () => import('./lab/up.ts') },
  logon: {
    about: "log on with the user's certificate, choosing as a client family does",
    load: () => import('./lab/logon.ts'),
  },
  shell: {
    about: 'type commands to the lab as at its console: history, completion, help',
    load: () => import('./lab/shell.ts'),
  },
  run: {
    about: 'run one command on the lab, a line as pasted, or a script',
    load: () => import('./lab/run.ts'),
  },
  netsh: {
    about: 'type a netsh command to the lab: netsh http show sslcert',
    load: () => import('./lab/netsh.ts'),
  },
  renew: {
    about: 'renew the server certificate and bind it as a tool does',
    load: () => import('./lab/renew.ts'),
  },
  log: { about: 'the last lines of the W3C log', load: () => import('./lab/log.ts') },
  collect: {
    about: 'write the evidence that an administrator would collect',
    load: () => import('./lab/collect.ts'),
  },
  status: { about: 'what runs, and what the host is like', load: () => import('./lab/status.ts') },
};

export async function run(argv: string[], out: Output): Promise<number> {
  const { folder, rest } = takeState(argv);
  const [name, ...args] = rest;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    out.out(help());
    return name === undefined ? 64 : 0;
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!entry) throw new UsageError(`lab ${name}: no such command`, 'handclasp lab --help lists the commands');
  try {
    return await (await entry.load()).command.run(args, out, folder);
  } catch (error) {
    throw toUsageError(error);
  }
}

function help(): string {
  const lines = Object.entries(COMMANDS).map(([name, { about }]) => `  ${name.padEnd(8)}  ${about}`);
  return `Usage: handclasp lab [--state DIR] <command> [options]

A Windows web server to practise on: http.sys, Schannel and IIS as a model, with real TLS on 127.0.0.1 and ::1
that any client can log on to. Its state lies in one folder: DIR, HANDCLASP_LAB or ~/.handclasp/lab.

${lines.join('\n')}

handclasp lab <command> --help shows its options.

Examples:
  handclasp lab up
  handclasp lab up --scenario renewal-lost-ctl-store
  handclasp lab logon --as java-sunx509
  handclasp lab shell
  handclasp lab run -- netsh http show sslcert
  handclasp lab run 'Get-ChildItem -Path Cert:\\LocalMachine\\'
  handclasp lab renew --with iis-manager
  handclasp lab collect evidence
`;
}
