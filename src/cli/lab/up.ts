import { Command } from 'commander';
import { clientFiles, type LabStatus, labStatus, type Ready, readyLab } from '../../app/lab.ts';
import { PKI_FILES } from '../../lab/pki.ts';
import { scenarios } from '../../lab/scenarios/index.ts';
import type { Scenario } from '../../lab/scenarios/scenario.ts';
import { startLab } from '../../lab/server.ts';
import { defaultFolder } from '../../lab/state.ts';
import { parse } from '../parse.ts';
import type { Output } from '../print.ts';
import { UsageError } from '../usage.ts';
import { folderOf, type LabCommand, quoted, sayVariants } from './context.ts';

interface Options {
  scenario?: string;
  fresh?: boolean;
  port?: string;
  state?: string;
}

/** The lab that nothing is wrong with is this scenario's, before anything happens to it. */
const USUAL = 'renewal-lost-ctl-store';
const DEFAULT_PORT = '8443';

const definition = () =>
  new Command('lab up')
    .description(
      `Start the lab's web server, until Ctrl-C. It listens on 127.0.0.1 and ::1 only.

Without options it comes up as it was left, and healthy the first time. With --scenario it is made anew, and is
already broken: what the scenario tells has happened. --fresh makes it anew and healthy.`,
    )
    .option('--scenario <id>', `make it anew, broken: ${scenarios.map((one) => one.id).join(', ')}`)
    .option('--fresh', 'make it anew, healthy')
    .option('--port <n>', `https port of a lab that is made now (default ${DEFAULT_PORT})`)
    .option('--state <dir>', 'the folder of its state')
    .addHelpText(
      'after',
      `
Examples:
  handclasp lab up
  handclasp lab up --fresh --port 9443
  handclasp lab up --scenario renewal-lost-ctl-store

Exit codes: 0 ended by Ctrl-C, 2 it could not be started, 64 wrong use.`,
    );

export const command: LabCommand = {
  async run(argv, out, given) {
    const { options } = await parse<Options & Record<string, unknown>>(definition(), argv, out);
    const folder = folderOf(options.state, given);
    const scenario = options.scenario === undefined ? undefined : scenarioOf(options.scenario);
    const ready = await readyLab(folder, {
      usual: scenarioOf(USUAL),
      fresh: options.fresh === true,
      port: portOf(options.port ?? DEFAULT_PORT),
      now: Date.now(),
      ...(scenario ? { scenario } : {}),
    });
    const lab = await startLab(folder, { onNote: (note) => out.err(`${note}\n`) });
    const closed = lab.ports.find((one) => one.port === ready.port)?.problem;
    if (closed) {
      await lab.close();
      throw new UsageError(`port ${ready.port}: ${closed}`, 'lab up --fresh --port N takes another port', 2);
    }
    if (options.port !== undefined && !ready.isNew && portOf(options.port) !== ready.port)
      out.err(`it stays on port ${ready.port}; --fresh --port ${options.port} makes it anew there\n`);
    out.out(greeting(await labStatus(folder), ready, scenario ?? null, folder, out));
    await interrupted();
    await lab.close();
    out.err(`ended; the state stays in ${folder}\n`);
    return 0;
  },
};

function scenarioOf(id: string): Scenario {
  const scenario = scenarios.find((one) => one.id === id);
  if (scenario) return scenario;
  throw new UsageError(
    `--scenario ${id}: no such scenario`,
    `one of ${scenarios.map((one) => one.id).join(', ')}`,
  );
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new UsageError(`--port ${text}: not a port`, 'give 1 to 65535');
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      process.off('SIGINT', end).off('SIGTERM', end).off('SIGHUP', end);
      resolve();
    };
    process.on('SIGINT', end).on('SIGTERM', end).on('SIGHUP', end);
  });
}

/** What is up, and the next things to do, each as the command that does it. */
function greeting(
  status: LabStatus,
  ready: Ready,
  scenario: Scenario | null,
  folder: string,
  out: Output,
): string {
  const { bold, dim } = out.style;
  const files = clientFiles(folder);
  const host = new URL(status.url).host;
  const story = scenario
    ? [scenario.about.healthy, bold(scenario.about.broken)]
    : ready.isNew
      ? [scenarioOf(USUAL).about.healthy]
      : ['It comes up as it was left; --fresh makes it anew.'];
  const at = folder === defaultFolder() ? '' : ` --state ${quoted(folder)}`;
  return `${bold(`The lab is up: ${status.title}`)} ${dim('(a model, with real TLS on loopback)')}
${story.join('\n')}
${sayVariants(status.variants)}
  ${bold(status.url)}

In another terminal:
  handclasp lab${at} logon                          ${dim("log on with the user's certificate")}
  handclasp why ${status.url} --cert ${quoted(files.user)}
  handclasp lab${at} netsh http show sslcert
  handclasp lab${at} renew                          ${dim('renew the server certificate, as IIS Manager binds it')}
  handclasp lab${at} log
  handclasp lab${at} collect evidence && handclasp examine evidence
  curl --cacert ${quoted(files.root)} --cert ${quoted(files.user)} --resolve ${host}:127.0.0.1 ${status.url}

For clients: ${files.user} ${dim('(the leaf and its key)')}, ${PKI_FILES.userWithCa} ${dim('(with the issuing CA)')}, ${PKI_FILES.issuing}, ${PKI_FILES.root}
Ctrl-C ends it.
`;
}
