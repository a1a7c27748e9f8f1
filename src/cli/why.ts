import { Command } from 'commander';
import { exitCodeOf, type WhyQuestion, type WhyTools, why } from '../app/why.ts';
import { resolveHost } from '../net/resolve.ts';
import { nodeCrypto } from '../platform/crypto.ts';
import { keepNurserySmall } from '../platform/memory.ts';
import type { Language } from '../report/lang/language.ts';
import type { WhyReport } from '../report/why.ts';
import {
  addComparisonOptions,
  COMPARISON_HELP,
  type ComparisonOptions,
  comparisonOf,
  versionsOf,
  withinOf,
} from './comparison.ts';
import { parse } from './parse.ts';
import type { Output } from './print.ts';
import { addTapeOptions, type TapeOptions, tapeFor } from './tape.ts';
import { askTargets } from './targets.ts';
import { UsageError } from './usage.ts';
import { addUserOptions, type User, type UserOptions, userOf } from './user.ts';
import { VERSION } from './version.ts';
import { addWayOptions, type WayOptions, wayTo } from './way.ts';
import { addOutputOptions, type OutputOptions, show, shownAs, watchIt } from './why-output.ts';

interface Options extends WayOptions, ComparisonOptions, OutputOptions, UserOptions, TapeOptions {
  sni?: string | false;
  connectTo?: string;
  timeout: string;
  targets?: string;
  parallel: string;
}

const command = () =>
  addOutputOptions(
    addComparisonOptions(
      addWayOptions(
        addTapeOptions(addUserOptions(new Command('why')))
          .description(
            'Ask a TLS server on the wire which client certificates it wants, and say which client would offer yours',
          )
          .argument('[url]', 'https://HOST[:PORT]/path, or smtp://HOST, ldaps://HOST, tls://HOST:PORT …')
          .option('--sni <name>', 'send this server name instead of the one in the URL')
          .option('--no-sni', 'send no server name')
          .option('--connect-to <address>', 'connect to this address instead of the name in the URL')
          .option('--timeout <seconds>', 'give up on a connection after this long', '10')
          .option(
            '--targets <file>',
            'ask all addresses of this file, one a line (- for stdin): one JSON document a line',
          )
          .option('--parallel <number>', 'with --targets: addresses at once', '16'),
      ),
    ),
  ).addHelpText(
    'after',
    `
Examples:
  handclasp why https://www.example.com/
  handclasp why https://www.example.com/secure --cert user.p12 --password-file pass.txt
  handclasp why https://www.example.com/ --cert old.pem --key old.key --cert new.pem --key new.key
  handclasp why https://www.example.com/secure --my
  handclasp why https://www.example.com/ --connect-to 192.0.2.10 --json > probe.json
  handclasp why mssql://db.example.com --proxy socks5h://bastion.example.com:1080
  handclasp why https://www.example.com/ --path /secure --path /admin --post
  handclasp why --targets addresses.txt > answers.jsonl
  handclasp why https://www.example.com/ --format markdown --lang de
  handclasp why https://www.example.com/ --watch 30
  handclasp why https://www.example.com/ --pcap why.pcapng --keylog why.keys
${COMPARISON_HELP}

Exit codes: 0 the list was read and no client withholds the certificate, 1 some client does not offer it
(of several certificates: any; with --my: none of your certificates would be shown),
2 cannot tell (unreachable, no TLS there), 64 wrong use.`,
  );

export async function run(argv: string[], out: Output): Promise<number> {
  const { args, options } = await parse<Options>(command(), argv, out);
  keepNurserySmall();
  const shown = await shownAs(options);
  const user = await userOf(options);
  const tape = await tapeFor(options, shown.view.language);
  const { probe } = tape;
  if (options.targets !== undefined) {
    if (args.length > 0) throw new UsageError('an address beside --targets', 'give one or the other');
    // Of many servers the first answer is wanted, unless more was asked for.
    const many = { ...options, quick: options.quick ?? options.only === undefined };
    const ask = (address: string) => askOne(address, many, user, { probe });
    return askTargets(options.targets, parallelOf(options.parallel), ask, out);
  }
  if (args[0] === undefined)
    throw new UsageError("missing required argument 'url'", 'why --help shows the options');
  const address = args[0];
  if (shown.watch) {
    // Every round costs the server connections: versions and the certificate, unless more was asked for.
    const little = { ...options, ...(options.only === undefined ? { compare: false } : {}) };
    return exitCodeOf(await watchIt(() => askOne(address, little, user, { probe }), shown.watch, shown, out));
  }
  const before = shown.before ? { before: shown.before } : {};
  const report = await askOne(
    address,
    options,
    { ...user, ...before },
    { probe, ...progressOn(out, shown.view.language) },
  );
  out.progress?.('');
  await show(report, shown, out);
  await tape.end(out, shown.format !== 'text');
  return exitCodeOf(report);
}

async function askOne(
  address: string,
  options: Options,
  user: User,
  watching: Pick<WhyTools, 'probe' | 'onProgress'>,
): Promise<WhyReport> {
  const { url, ...way } = await wayTo(address, options);
  const compare = comparisonOf(options);
  const within = withinOf(options.within);
  const question: WhyQuestion = {
    url,
    ...way,
    ...user,
    serverName: serverNameOf(url, options.sni),
    versions: versionsOf(options.tls),
    timeout: secondsOf(options.timeout) * 1000,
    quick: options.quick ?? false,
    ...(compare ? { compare } : {}),
    ...(within === undefined ? {} : { within }),
    ...(options.connectTo === undefined ? {} : { connectTo: options.connectTo }),
  };
  return why(question, {
    resolve: resolveHost,
    digest: nodeCrypto,
    verify: nodeCrypto.verify,
    clients: await clientsFor(user),
    now: Date.now(),
    toolVersion: VERSION,
    ...watching,
  });
}

/** Loaded only where a certificate is to be judged: starting is part of the speed (bench/why). */
async function clientsFor({ identity, mine }: User): Promise<WhyTools['clients']> {
  return identity || mine ? (await import('../clients/index.ts')).clients : [];
}

function progressOn({ progress }: Output, language: Language): Pick<WhyTools, 'onProgress'> {
  if (!progress) return {};
  return { onProgress: (done, known) => progress(language.say('progress', { done, known })) };
}

/** RFC 6066 3: an address is never sent as server_name. */
function serverNameOf(url: URL, sni: string | false | undefined): string | null {
  if (sni === false) return null;
  if (typeof sni === 'string') return sni;
  return /^[\d.]+$|^\[/.test(url.hostname) ? null : url.hostname;
}

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 300))
    throw new UsageError(`--timeout ${text}: not a number of seconds`, 'give 1 to 300');
  return seconds;
}

function parallelOf(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= 256) return number;
  throw new UsageError(`--parallel ${text}: not a number of addresses`, 'give 1 to 256');
}
