import { mkdir, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { unknown } from '../base/known.ts';
import type { SigningKey } from '../base/ports.ts';
import { clients } from '../clients/index.ts';
import type { ClientModel } from '../clients/model.ts';
import { labDoor } from '../lab/door.ts';
import { keyDer } from '../lab/issue.ts';
import { readPki, SITE_HOST } from '../lab/pki.ts';
import type { Scenario } from '../lab/scenarios/scenario.ts';
import { type Lab, startLab } from '../lab/server.ts';
import { renew, setUp } from '../lab/set-up.ts';
import type { Progress } from '../machine/apply.ts';
import { escapeJson } from '../report/escape.ts';
import { chapter, renderDocument } from '../report/render/document.ts';
import { reportSection } from '../report/render/html.ts';
import { whySection } from '../report/render/why-html.ts';
import type { Report } from '../report/report.ts';
import type { WhyReport } from '../report/why.ts';
import type { Rebinder } from '../windows/rebinders/rebinder.ts';
import { printName } from '../wire/x509/name.ts';
import { type Examined, exitCodeOf } from './examine.ts';
import { applyPlan, exitCodeOfFix, type Fixed } from './fix.ts';
import { type Logon, logon } from './lab.ts';
import { type LookTools, lookAt } from './look-at.ts';
import { why } from './why.ts';

/** What the story needs of the world. */
export interface StoryTools extends LookTools {
  readonly folder: string;
  readonly scenario: Scenario;
  readonly rebinder: Rebinder;
  readonly client: ClientModel;
  clock(): number;
  signingKey(pkcs8: Uint8Array): Promise<SigningKey | null>;
}

/** What happens, as it happens; the command line turns it into words. */
export interface Listener {
  labIsUp(port: number): void;
  loggedOn(when: 'before' | 'after-renewal' | 'after-repair', logons: readonly Logon[]): void;
  renewed(): void;
  asked(report: WhyReport): void;
  examined(examined: Examined): void;
  progress(progress: Progress): void;
  repaired(fixed: Fixed): void;
  proven(report: WhyReport, expected: readonly string[]): void;
}

export interface Told {
  /** Whether the story came out as it should: 200, 403 7 5, the cause, the repair, 200. */
  readonly good: boolean;
  readonly files: { readonly json: string; readonly html: string };
}

/** The incident, from a healthy host to the proven repair, on an embedded lab with real TLS. */
export async function tellStory(tools: StoryTools, listener: Listener): Promise<Told> {
  const { folder, scenario, rebinder } = tools;
  const port = await freePort();
  await setUp(folder, scenario, { port, now: tools.clock(), broken: false });
  const lab = await startLab(folder);
  try {
    return await tell(lab, port, rebinder, tools, listener);
  } finally {
    await lab.close();
  }
}

async function tell(
  lab: Lab,
  port: number,
  rebinder: Rebinder,
  tools: StoryTools,
  to: Listener,
): Promise<Told> {
  to.labIsUp(port);
  const before = await logOn(tools);
  to.loggedOn('before', before);

  await renew(lab.folder, rebinder, tools.clock());
  to.renewed();
  const broken = await logOn(tools);
  to.loggedOn('after-renewal', broken);

  const asked = await ask(port, tools);
  to.asked(asked);

  const machine = labDoor(lab.folder);
  const examined = await lookAt(machine, { ...tools, now: tools.clock() });
  to.examined(examined);

  const fixed = await applyPlan(machine, examined, {
    ...tools,
    journal: tools.folder,
    onProgress: to.progress,
  });
  to.repaired(fixed);

  const repaired = await logOn(tools);
  to.loggedOn('after-repair', repaired);
  const proof = await ask(port, tools);
  to.proven(proof, await expectedNames(tools));

  const good =
    before.every(succeeded) &&
    broken.every(refused403) &&
    exitCodeOf(examined.report) === 1 &&
    exitCodeOfFix(fixed) === 0 &&
    repaired.every(succeeded);
  return { good, files: await writeFiles({ asked, examined, fixed, proof }, tools) };
}

const succeeded = ({ result }: Logon): boolean => result.http?.status === 200;
const refused403 = ({ result, line }: Logon): boolean =>
  result.sent === 0 && result.http?.status === 403 && / 403 7 5 \d+$/.test(line ?? '');

/** Once in each TLS version, as a program does that holds the leaf alone. */
async function logOn(tools: StoryTools): Promise<Logon[]> {
  const logons: Logon[] = [];
  for (const version of [0x0303, 0x0304]) {
    const question = { client: tools.client, withCa: false, path: '/secure', versions: [version] };
    const { probe, signingKey, clock } = tools;
    logons.push(await logon(tools.folder, question, { probe, signingKey, now: clock }));
  }
  return logons;
}

async function ask(port: number, tools: StoryTools): Promise<WhyReport> {
  const pki = (await readPki(tools.folder))!;
  const key = await tools.signingKey(keyDer(pki.user.key));
  return why(
    {
      url: new URL(`https://${SITE_HOST}:${port}/secure`),
      serverName: SITE_HOST,
      versions: [0x0304, 0x0303],
      identity: {
        leaf: pki.user.certificate,
        hasPrivateKey: true,
        held: [],
        reachable: unknown('the CA store of the client machine'),
      },
      ...(key ? { key } : {}),
      issuers: [pki.issuing.certificate],
    },
    { probe: tools.probe, digest: tools.digest, clients, now: tools.clock(), toolVersion: tools.version },
  );
}

/** Printed names of what lies in ClientAuthIssuer: the list as it should be. */
async function expectedNames(tools: StoryTools): Promise<string[]> {
  const pki = (await readPki(tools.folder))!;
  return [printName(pki.issuing.certificate.subject)];
}

interface Chapters {
  readonly asked: WhyReport;
  readonly examined: Examined;
  readonly fixed: Fixed;
  readonly proof: WhyReport;
}

async function writeFiles({ asked, examined, fixed, proof }: Chapters, tools: StoryTools) {
  const html = path.join(tools.folder, 'story.html');
  const json = path.join(tools.folder, 'story.json');
  const after: Report | null = fixed.after?.report ?? null;
  await mkdir(tools.folder, { recursive: true });
  await writeFile(
    json,
    `${escapeJson({ schema: 'handclasp/story/1', asked, examined: examined.report, result: fixed.result, after, proof })}\n`,
  );
  await writeFile(
    html,
    renderDocument({
      title: 'Handclasp: from the first 403 to the proven repair',
      sections: [
        chapter('The incident, done in the lab', [
          'A web server certificate was renewed and bound the way IIS Manager does it. From then on every logon by client certificate ended in 403.',
        ]),
        whySection(asked, 'On the wire after the renewal'),
        reportSection(examined.report, 'The evidence of the host'),
        chapter('The repair', [fixed.result.says]),
        whySection(proof, 'On the wire after the repair'),
        ...(after ? [reportSection(after, 'The host after the repair')] : []),
      ],
      foot: `handclasp ${tools.version}, ${new Date(tools.clock()).toISOString()}`,
    }),
  );
  return { html, json };
}

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
