import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Command, type OptionValues } from 'commander';
import type { Logon } from '../app/lab.ts';
import { type Listener, tellStory } from '../app/story.ts';
import { clients } from '../clients/index.ts';
import { scenarios } from '../lab/scenarios/index.ts';
import { probe } from '../net/probe.ts';
import { nodeCrypto } from '../platform/crypto.ts';
import { escapeTerminal as clean } from '../report/escape.ts';
import { render } from '../report/render/index.ts';
import type { Style } from '../report/render/style.ts';
import { renderWhy } from '../report/render/why.ts';
import type { WhyReport } from '../report/why.ts';
import { rebinders } from '../windows/rebinders/index.ts';
import { version } from '../wire/tls/registry/index.ts';
import { parse } from './parse.ts';
import type { Output } from './print.ts';
import { VERSION } from './version.ts';

interface Options extends OptionValues {
  out?: string;
}

const command = () =>
  new Command('story')
    .description(
      `The incident that Handclasp was made for, told by doing it: an IIS certificate is renewed, every logon by client
certificate ends in 403, and the way from there to the proven repair. Everything runs on this machine, in the lab:
a model of http.sys, Schannel and IIS with real TLS 1.2 and 1.3 on loopback.`,
    )
    .option('--out <dir>', 'keep the lab and the report in this folder (default: a new temporary folder)')
    .addHelpText(
      'after',
      `
Each step prints the command that does it by hand in a lab of your own (handclasp lab up).

Examples:
  handclasp story
  handclasp story --out story/

Exit codes: 0 the story came out as it should, 1 it did not.`,
    );

export async function run(argv: string[], out: Output): Promise<number> {
  const { options } = await parse<Options>(command(), argv, out);
  const folder = options.out
    ? path.resolve(options.out)
    : await mkdtemp(path.join(os.tmpdir(), 'handclasp-story-'));
  const scenario = scenarios.find((one) => one.id === 'renewal-lost-ctl-store')!;
  const client = clients.find((one) => one.id === 'java-sunx509')!;
  const rebinder = rebinders.find((one) => one.id === 'iis-manager')!;
  const { good, files } = await tellStory(
    {
      folder,
      scenario,
      client,
      rebinder,
      probe,
      digest: nodeCrypto,
      signingKey: nodeCrypto.signingKey,
      now: Date.now(),
      clock: Date.now,
      version: VERSION,
    },
    narrator(out, client.title),
  );
  out.out(`\nThe report: ${files.html}\n            ${files.json}\n`);
  if (!good) out.out(out.style.red('The story did not come out as it should; see above.\n'));
  return good ? 0 : 1;
}

const URL_BY_HAND = 'https://www.handclasp.localhost:8443/secure';
const CERTIFICATE_BY_HAND = '--cert ~/.handclasp/lab/user.pem --issuer ~/.handclasp/lab/issuing-ca.pem';

/** Words for what happens. */
function narrator(out: Output, clientTitle: string): Listener {
  const { style } = out;
  const say = (text = '') => out.out(`${text}\n`);
  const step = (number: number, title: string, byHand: string) => {
    say(`\n${style.bold(`${number}. ${title}`)}`);
    say(style.dim(`   by hand: ${byHand}\n`));
  };
  return {
    labIsUp(port) {
      step(1, 'A web server that asks for client certificates', 'handclasp lab up');
      say(
        `   The lab is up on 127.0.0.1:${port}: a model of Windows Server 2022 with real TLS. SendTrustedIssuerList=1,`,
      );
      say(
        '   ClientAuthTrustMode=2; its http.sys record names the Ctl Store ClientAuthIssuer, which holds the issuing CA.',
      );
      say(
        `   The client is our own TLS client, choosing as ${clientTitle} does, with the leaf certificate alone.`,
      );
    },
    loggedOn(when, logons) {
      if (when === 'after-repair') step(6, 'The proof', 'handclasp lab logon');
      for (const one of logons) say(`   ${sayLogon(one, style)}`);
      const line = logons.at(-1)?.line;
      if (line) say(`   logged: ${style.dim(clean(line))}`);
    },
    renewed() {
      step(
        2,
        'The server certificate is renewed, and bound as IIS Manager does it',
        'handclasp lab renew --with iis-manager',
      );
      say('   A new certificate is bound; the record was written anew from key, hash and store alone.');
      say(
        "   The lab goes by what the incident saw: the list now comes from Root (Microsoft's text says otherwise).",
      );
    },
    asked(report) {
      step(3, 'Why? Ask the server on the wire', `handclasp why ${URL_BY_HAND} ${CERTIFICATE_BY_HAND}`);
      say(indent(renderWhy(report, style)));
    },
    examined({ report }) {
      step(
        4,
        "Examine the host's evidence, as text and files",
        'handclasp lab collect evidence && handclasp examine evidence',
      );
      say(indent(render.text(report, style)));
      step(5, 'Repair it, with every field kept', 'handclasp fix --lab --apply');
    },
    progress: ({ says }) => say(`   ${clean(says)}`),
    repaired: ({ result }) =>
      say(`   ${result.exitCode === 0 ? style.green(clean(result.says)) : style.red(clean(result.says))}`),
    proven(report, expected) {
      const names = namesIn(report);
      const same = names.length === expected.length && names.every((name) => expected.includes(name));
      say(`   The list on the wire: ${names.map(clean).join('; ') || '(none)'}`);
      say(
        same
          ? style.green('   That is exactly what ClientAuthIssuer holds.')
          : style.red('   That is not what ClientAuthIssuer holds.'),
      );
    },
  };
}

function sayLogon({ result, decision }: Logon, style: Style): string {
  const status = result.http?.status ?? null;
  const sent =
    result.sent === null
      ? 'not asked for a certificate'
      : result.sent === 0
        ? 'sent an empty Certificate'
        : 'sent its certificate';
  const paint = status === 200 ? style.green : style.red;
  const why = result.sent === 0 && decision ? `: ${clean(decision.because)}` : '';
  return `${version.name(result.version ?? 0)}: the client ${sent} and got ${paint(String(status ?? 'no answer'))}${why}`;
}

const namesIn = (report: WhyReport): string[] => [
  ...new Set(report.probes.flatMap((probe) => probe.request?.authorities.map((one) => one.name) ?? [])),
];

const indent = (text: string): string => text.trimEnd().replace(/^(?=.)/gm, '   ');
