import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { equalBytes } from '../../src/base/bytes.ts';
import { probe } from '../../src/net/probe.ts';
import type { CertificateRequest } from '../../src/wire/tls/handshake/certificate-request.ts';
import { type Answer, buildAskingServer, SERVER_NEEDS, startAskingServer } from './clients/asking-server.ts';
import {
  gnutlsLibrary,
  gnutlsLibraryForced,
  goClient,
  javaDefault,
  javaWithPkix,
  nodeHttps,
  opensslLibrary,
  opensslLibraryStrict,
  python,
} from './clients/batches.ts';
import { Chance } from './clients/chance.ts';
import { describeSeveral, drawSeveral, type SeveralScenario } from './clients/choosing.ts';
import { chromium } from './clients/chromium.ts';
import { type Driver, inLanes, missingOf, type Unmade, versionOf } from './clients/driver.ts';
import { firefox } from './clients/firefox.ts';
import { type Group, type Holder, makeGroup } from './clients/identities.ts';

/**
 * Installed clients that hold two or three identities at once, against questions drawn at random: which of them each
 * takes, or shows, must be what the model of its family chooses. The seed is the day; HANDCLASP_SEED repeats a run.
 * HANDCLASP_SCENARIOS draws another number. curl, s_client and gnutls-cli hold one identity each and have nothing to choose.
 */

const today = new Date().toISOString().slice(0, 10).replaceAll('-', '');
const seed = Number(process.env.HANDCLASP_SEED ?? today);
const SCENARIOS = Number(process.env.HANDCLASP_SCENARIOS ?? 100);
const GROUPS = Math.ceil(SCENARIOS / 3);
/** So many of the scenarios each client must have been compared on. */
const ENOUGH = 60;

/** Where a user chooses, each identity is looked for in turn: all that are shown, and none else, can be picked. */
const BROWSERS: readonly Driver[] = [chromium, firefox];
const PROGRAMS: readonly Driver[] = [
  goClient,
  javaDefault,
  javaWithPkix,
  python,
  nodeHttps,
  opensslLibrary,
  opensslLibraryStrict,
  gnutlsLibrary,
  gnutlsLibraryForced,
];

/** Clients whose version chooses otherwise than its family, with the source; at most one row in a hundred. */
const EXCEPTIONS: readonly {
  client: string;
  when: (scenario: SeveralScenario) => boolean;
  because: string;
}[] = [];

const isRequired = process.env.HANDCLASP_INTEROP === 'required';
const serverNeeds = missingOf(SERVER_NEEDS);
const only = process.env.HANDCLASP_CLIENTS?.split(';');
const lanes = [BROWSERS, PROGRAMS].map((lane) => lane.filter((one) => !only || only.includes(one.name)));
const drivers = lanes.flat();
const missing = new Map(drivers.map((one) => [one, [...serverNeeds, ...missingOf(one.needs)]]));
const now = Date.now();
const scenarios = drawSeveral(new Chance(seed), SCENARIOS, GROUPS);
const outcomes = new Map<Driver, Promise<Outcome>>();
let folder = '';
const holders = new Map<Group, readonly Holder[]>();
/** What the server asks in each scenario, for clients that fail before it is asked. */
let requests: readonly CertificateRequest[] = [];

/** One visit: a scenario, and the identity that a user looks for. */
interface Row {
  readonly scenario: number;
  readonly wanted: number;
}

interface Outcome {
  readonly answers: readonly { readonly row: Row; readonly answer: Answer }[];
  readonly unmade: Unmade;
  readonly again: number;
  readonly seconds: number;
}

beforeAll(async () => {
  console.log(`seed ${seed} (HANDCLASP_SEED=${seed} repeats this run)`);
  if (serverNeeds.length > 0) return;
  folder = await mkdtemp(path.join(os.tmpdir(), 'handclasp-choosing-'));
  await buildAskingServer(folder);
  const groups = [...new Set(scenarios.map(({ group }) => group))];
  await inLanes(4, groups, async (group, i) => {
    holders.set(group, await makeGroup(group, i, folder, now));
  });
  requests = await askByProbe();
  for (const lane of lanes) {
    let before: Promise<unknown> = Promise.resolve();
    for (const driver of lane.filter((one) => missing.get(one)!.length === 0)) {
      const outcome = before.then(() => visitAll(driver));
      outcomes.set(driver, outcome);
      before = outcome.catch(() => undefined);
    }
  }
}, 120_000);

afterAll(async () => {
  await Promise.allSettled(outcomes.values());
  if (folder) await rm(folder, { recursive: true, force: true });
});

const holdersOf = ({ group }: SeveralScenario): readonly Holder[] => holders.get(group)!;

const startServer = (rows: readonly Row[]) =>
  startAskingServer(
    folder,
    rows.map(({ scenario: i }) => {
      const scenario = scenarios[i]!;
      const own = holdersOf(scenario);
      return { scenario, names: scenario.list.flatMap(({ entry, of }) => own[of]!.entries(entry)) };
    }),
  );

async function askByProbe(): Promise<CertificateRequest[]> {
  const server = await startServer(scenarios.map((_, scenario) => ({ scenario, wanted: 0 })));
  const target = { host: '127.0.0.1', serverName: 'localhost', path: '/' };
  const asked: CertificateRequest[] = [];
  await inLanes(4, scenarios, async ({ version }, i) => {
    const versions = [version === '1.2' ? 0x0303 : 0x0304];
    const { request, end } = await probe({ ...target, port: server.ports[i]! }, { versions });
    if (!request) throw new Error(`the probe was not asked: ${JSON.stringify(end)}`);
    asked[i] = request;
  });
  await server.end();
  return asked;
}

function rowsFor(driver: Driver): Row[] {
  return scenarios.flatMap(({ group }, scenario) =>
    BROWSERS.includes(driver)
      ? [...group.identities.keys()].map((wanted) => ({ scenario, wanted }))
      : [{ scenario, wanted: 0 }],
  );
}

/** All rows; those that disagree once more, since a busy machine makes clients give up. */
async function visitAll(driver: Driver): Promise<Outcome> {
  const started = performance.now();
  const rows = rowsFor(driver);
  const { answers, unmade } = await visit(driver, rows);
  const odd = rows.filter(
    (row, i) => !unmade.has(i) && verdictOn(driver, row, answers[i]!, unmade).is === 'wrong',
  );
  const second = odd.length > 0 ? (await visit(driver, odd)).answers : [];
  return {
    answers: rows.map((row, i) => ({ row, answer: second[odd.indexOf(row)] ?? answers[i]! })),
    unmade,
    again: odd.length,
    seconds: (performance.now() - started) / 1000,
  };
}

async function visit(driver: Driver, rows: readonly Row[]) {
  const server = await startServer(rows);
  const visits = rows.map(({ scenario, wanted }, i) => ({
    port: server.ports[i]!,
    version: scenarios[scenario]!.version,
    holders: holdersOf(scenarios[scenario]!),
    wanted: holdersOf(scenarios[scenario]!)[wanted]!,
    isListless: scenarios[scenario]!.list.length === 0,
  }));
  try {
    const unmade = await driver.run(visits, folder);
    return { answers: await server.end(), unmade };
  } finally {
    await server.end();
  }
}

interface Verdict {
  readonly is: 'agreed' | 'wrong' | 'excused' | 'unknown';
  readonly row: string;
}

function verdictOn(driver: Driver, row: Row, answer: Answer, unmade: Unmade): Verdict {
  const scenario = scenarios[row.scenario]!;
  const held = holdersOf(scenario).filter((_, i) => isHeld(driver, { ...row, wanted: i }, unmade));
  const wanted = held.indexOf(holdersOf(scenario)[row.wanted]!);
  const said = BROWSERS.includes(driver)
    ? shownTo(driver, row.scenario, held, wanted, answer)
    : takenBy(driver, row.scenario, held, answer);
  const took = tookOf(answer, held);
  const seen = `${answer.seen}${took === null ? '' : ` ${took}`}`;
  const text = `${seen}, the model says ${said.join(' or ')}: looks for ${row.wanted}: ${describeSeveral(scenario)}`;
  if (said.includes('unknown')) return { is: 'unknown', row: text };
  if (said.includes(seen)) return { is: 'agreed', row: text };
  const exception = EXCEPTIONS.find((one) => one.client === driver.name && one.when(scenario));
  return exception ? { is: 'excused', row: `${text}: ${exception.because}` } : { is: 'wrong', row: text };
}

/** A store that refuses a key holds the other identities all the same. */
const isHeld = (driver: Driver, { scenario, wanted }: Row, unmade: Unmade): boolean =>
  !unmade.has(rowsFor(driver).findIndex((one) => one.scenario === scenario && one.wanted === wanted));

const tookOf = ({ sent }: Answer, held: readonly Holder[]): number | null =>
  sent[0] ? held.findIndex(({ identity }) => equalBytes(identity.leaf.der, sent[0]!)) : null;

/** What a program may do, by its model: 'offered 1'; several where a hidden order decides. */
function takenBy(
  { model, program }: Driver,
  i: number,
  held: readonly Holder[],
  { request }: Answer,
): string[] {
  const identities = held.map(({ identity }) => identity);
  const asked = request ?? requests[i]!;
  const { decision, chosen: usual, contenders, decisions, programs } = model.choose(asked, identities, now);
  const chosen = programs[program ?? ''] ?? usual;
  const doing = (index: number): string => {
    const { offer } = decisions[index]!;
    return offer === 'offered' || offer === 'sent-then-aborted' ? `${offer} ${index}` : offer;
  };
  if (chosen !== null) return [doing(chosen)];
  const isOpen = decision.offer !== 'unknown' && contenders.length > 0;
  return isOpen ? contenders.map(doing) : [decision.offer];
}

/** What follows when the user looks for that identity. */
function shownTo(
  { model }: Driver,
  i: number,
  held: readonly Holder[],
  wanted: number,
  { request }: Answer,
): string[] {
  const identities = held.map(({ identity }) => identity);
  const asked = request ?? requests[i]!;
  const { decision, decisions, candidates } = model.choose(asked, identities, now);
  if (candidates.includes(wanted)) {
    const { offer } = decisions[wanted]!;
    return [offer === 'prompted' ? `offered ${wanted}` : offer];
  }
  // He who does not find it gives up: a dialog that stays open ends with its connection.
  return candidates.length > 0 ? ['withheld', 'aborted'] : [decision.offer];
}

const table: string[] = [];

describe('installed clients choose among several identities as their models do', () => {
  for (const driver of drivers) {
    const lacking = missing.get(driver)!.join(', ');
    const title = lacking ? `${driver.name} (not installed: ${lacking})` : driver.name;
    test.skipIf(lacking !== '' && !isRequired)(title, { timeout: 480_000 }, async () => {
      expect(lacking, 'HANDCLASP_INTEROP=required').toBe('');
      const { answers, unmade, again, seconds } = await outcomes.get(driver)!;
      const compared = answers
        .filter((_, i) => !unmade.has(i))
        .map(({ row, answer }) => ({ row, verdict: verdictOn(driver, row, answer, unmade) }))
        .filter(({ verdict }) => verdict.is !== 'unknown');
      const rowsThat = (is: Verdict['is']): string[] =>
        compared.filter(({ verdict }) => verdict.is === is).map(({ verdict }) => verdict.row);
      const [wrong, excused] = [rowsThat('wrong'), rowsThat('excused')];
      const asked = new Set(compared.map(({ row }) => row.scenario)).size;
      table.push(
        [
          driver.name.padEnd(25),
          `${rowsThat('agreed').length} of ${compared.length} rows`.padEnd(18),
          `${asked} scenarios`.padEnd(13),
          `${unmade.size} not to be held`.padEnd(18),
          `${again} asked again`.padEnd(15),
          `${seconds.toFixed(0)} s`.padStart(5),
          `${driver.model.id}, ${versionOf(driver.version).slice(0, 60)}`,
        ].join('  '),
      );
      for (const one of excused) console.log(`${driver.name}: excused: ${one}`);
      expect(wrong).toEqual([]);
      expect(excused.length).toBeLessThanOrEqual(compared.length / 100);
      expect(asked).toBeGreaterThanOrEqual(Math.min(ENOUGH, SCENARIOS));
    });
  }

  afterAll(() => {
    console.log(
      [`${SCENARIOS} scenarios with several identities, seed ${seed}: agreement`, ...table].join('\n'),
    );
  });
});
