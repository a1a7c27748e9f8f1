import { Command } from 'commander';
import { type Logon, logon } from '../../app/lab.ts';
import { describeEnd } from '../../app/why.ts';
import { clients } from '../../clients/index.ts';
import type { ClientModel } from '../../clients/model.ts';
import { probe } from '../../net/probe.ts';
import { nodeCrypto } from '../../platform/crypto.ts';
import { escapeTerminal } from '../../report/escape.ts';
import { version } from '../../wire/tls/registry/index.ts';
import { printName } from '../../wire/x509/name.ts';
import { parse } from '../parse.ts';
import type { Output } from '../print.ts';
import { UsageError } from '../usage.ts';
import { folderOf, type LabCommand } from './context.ts';

interface Options extends Record<string, unknown> {
  as: string;
  withCa?: boolean;
  path: string;
  tls?: string;
  state?: string;
}

const definition = () =>
  new Command('lab logon')
    .description(
      `Log on to the running lab with the user's certificate. The connection is made by Handclasp's own TLS client;
whether it offers the certificate is decided as the named client family decides it.`,
    )
    .option('--as <client>', `the client family: ${clients.map((one) => one.id).join(', ')}`, 'java-sunx509')
    .option('--with-ca', 'the issuing CA lies beside the certificate and in the client machine’s store')
    .option('--path <path>', 'the path to ask for', '/secure')
    .option('--tls <version>', '1.2 or 1.3 only')
    .option('--state <dir>', 'the folder of its state')
    .addHelpText(
      'after',
      `
Examples:
  handclasp lab logon
  handclasp lab logon --as go --with-ca
  handclasp lab logon --as openssl --tls 1.2

Exit codes: 0 logged on (HTTP 200), 1 refused, 2 the lab could not be reached, 64 wrong use.`,
    );

export const command: LabCommand = {
  async run(argv, out, given) {
    const { options } = await parse<Options>(definition(), argv, out);
    const client = clientOf(options.as);
    const done = await logon(
      folderOf(options.state, given),
      { client, withCa: options.withCa === true, path: options.path, versions: versionsOf(options.tls) },
      { probe, signingKey: nodeCrypto.signingKey, now: Date.now },
    );
    tell(done, client, out);
    if (done.result.end.is === 'unreachable') out.err('is the lab up? handclasp lab up\n');
    if (!done.result.http) return done.result.end.is === 'unreachable' ? 2 : 1;
    return done.result.http.status === 200 ? 0 : 1;
  },
};

function clientOf(id: string): ClientModel {
  const client = clients.find((one) => one.id === id);
  if (client) return client;
  throw new UsageError(`--as ${id}: no such client`, `one of ${clients.map((one) => one.id).join(', ')}`);
}

function versionsOf(text: string | undefined): number[] {
  if (text === undefined) return [0x0304, 0x0303];
  if (text === '1.3') return [0x0304];
  if (text === '1.2') return [0x0303];
  throw new UsageError(`--tls ${text}: only 1.2 and 1.3 are spoken`, 'leave --tls out to offer both');
}

function tell({ target, result, decision, line }: Logon, client: ClientModel, out: Output): void {
  const { bold, dim, green, red } = out.style;
  const say = (text: string) => out.out(`${text}\n`);
  const spoken = result.version === null ? '' : ` over ${version.name(result.version)}`;
  say(
    bold(
      `https://${target.serverName}:${target.port}${escapeTerminal(target.path)}${spoken}, as ${client.title}`,
    ),
  );
  for (const name of result.request?.authorities ?? []) {
    say(dim(`  the server names ${escapeTerminal(printName(name))}`));
  }
  if (decision) say(`  ${decision.offer}: ${escapeTerminal(decision.because)}`);
  for (const change of decision?.wouldChange ?? []) say(dim(`  would change it: ${escapeTerminal(change)}`));
  say(`  ${escapeTerminal(describeEnd(result))}`);
  if (result.http) {
    const code = /HTTP Error (\d{3}\.\d{1,3})/.exec(result.http.body)?.[1] ?? String(result.http.status);
    say(`  HTTP ${result.http.status === 200 ? green(code) : red(code)}`);
  }
  if (result.end.is !== 'unreachable') say(`  logged: ${line ? escapeTerminal(line) : 'nothing'}`);
}
