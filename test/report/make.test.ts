import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/known.ts';
import type { Locus } from '../../src/base/locus.ts';
import { clear, found, notApplicable, type Outcome } from '../../src/engine/diagnosis.ts';
import type { Evaluation } from '../../src/engine/evaluate.ts';
import type { Logons } from '../../src/evidence/claims.ts';
import type { Picture } from '../../src/picture/picture.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { makeReport } from '../../src/report/make.ts';
import { render } from '../../src/report/render/index.ts';
import { schemas } from '../../src/report/schema.ts';
import { fakeDiagnosis, fakeHost, fakePicture, key, record } from '../engine/fakes.ts';
import { violations } from './check-schema.ts';

const KEY = key('www.example.com:443');
const SHOWN: Locus = { source: 'netsh.txt', line: 12, text: 'Ctl Store Name : (null)' };
const LIST = 'issuer-list-without-store';

function evaluation(id: string, outcome: Outcome, parts: Partial<Evaluation> = {}): Evaluation {
  const diagnosis = fakeDiagnosis({
    id,
    title: `The title of ${id}`,
    sentence: 'The record names {store}[, it has done so since {since}].',
    check: () => clear,
  });
  return {
    diagnosis,
    subject: { host: 'WEB01', key: KEY },
    outcome,
    settled: {},
    ruledOut: {},
    touched: [],
    ...parts,
  };
}

const lost = (parts: Partial<Evaluation> = {}) =>
  evaluation('lost', found({ because: [SHOWN, SHOWN], facts: { store: 'no store' } }), parts);

const plan = (parts: Partial<Plan> = {}): Plan => ({
  steps: [
    {
      title: 'Set Ctl Store Name to ClientAuthIssuer on hostnameport=www.example.com:443',
      commands: [
        [
          'netsh',
          'http',
          'update',
          'sslcert',
          'hostnameport=www.example.com:443',
          'appid={4dc3e181-e14b-4a21-b022-59fc669b0914}',
          'sslctlstorename=ClientAuthIssuer',
        ],
      ],
      undo: [['netsh', 'http', 'update', 'sslcert', 'hostnameport=www.example.com:443']],
      notes: ['a note'],
      refusals: [],
      target: { host: 'WEB01', key: KEY },
      change: { kind: 'http-sys/set-binding', key: KEY, set: { sslctlstorename: 'ClientAuthIssuer' } },
      for: [{ diagnosis: 'lost', host: 'WEB01', key: KEY }],
    },
  ],
  foreseen: { clears: [{ diagnosis: 'lost', host: 'WEB01', key: KEY }], remains: [], appears: [], lists: [] },
  advice: [],
  conflicts: [],
  refusals: [],
  ...parts,
});

const picture = (parts: Partial<Picture> = {}): Picture => ({ ...fakePicture(fakeHost()), ...parts });

const make = (evaluations: Evaluation[], more: { plan?: Plan | null; picture?: Picture } = {}) =>
  makeReport({
    picture: picture(),
    evaluations,
    plan: null,
    pages: { lost: '# Lost', other: '# Other' },
    madeAt: '2026-11-24T10:00:00.000Z',
    version: '0.1.0',
    ...more,
  });

const logons = (status: number, from: string, to: string, count = 1): Logons => ({
  says: 'logons',
  at: { source: 'u_ex.log', line: 5 },
  serverPort: 443,
  hostHeader: 'www.example.com',
  path: '/secure',
  status,
  substatus: status === 403 ? 7 : 0,
  win32: status === 403 ? 5 : 0,
  count,
  first: Date.parse(from),
  last: Date.parse(to),
  lastAt: { source: 'u_ex.log', line: 9 },
});

const LOG = [
  logons(200, '2026-11-24T07:00:00Z', '2026-11-24T08:58:40Z'),
  logons(403, '2026-11-24T09:03:11Z', '2026-11-24T09:40:00Z', 12),
];

describe('the headline is one sentence', () => {
  test('what is wrong, since when, how it is known, what to do', () => {
    const report = make([lost()], { plan: plan(), picture: picture({ logons: LOG }) });
    expect(report.headline).toBe(
      'The record names no store, since 2026-11-24 09:03:11 UTC (last success 08:58:40), as netsh.txt:12 shows: set Ctl Store Name to ClientAuthIssuer on hostnameport=www.example.com:443.',
    );
    expect(report.since).toEqual({
      firstRefusal: '2026-11-24T09:03:11.000Z',
      lastSuccess: '2026-11-24T08:58:40.000Z',
      count: 12,
    });
    expect(report.verdict).toBe('found');
  });
  test('"since" is not told twice', () => {
    const facts = { store: 'no store', since: '2026-11-24 09:03 UTC' };
    const report = make([evaluation('lost', found({ because: [SHOWN], facts }))], {
      picture: picture({ logons: LOG }),
    });
    expect(report.headline.match(/since/g)).toHaveLength(1);
  });
  test('without a plan the page tells what to do', () => {
    expect(make([lost()]).headline).toBe(
      'The record names no store, as netsh.txt:12 shows: what to do stands below.',
    );
  });
  test('findings that the first does not explain are counted', () => {
    const others = ['a', 'b', 'c'].map((id) => evaluation(id, found({ because: [], facts: { store: 'x' } })));
    const cause = lost();
    const explaining = { ...cause, diagnosis: { ...cause.diagnosis, explains: ['a'], id: 'lost' } };
    const report = make([...others, explaining]);
    expect(report.entries.map((one) => one.diagnosis)).toEqual(['lost', 'a', 'b', 'c']);
    expect(report.entries[0]!.explains).toEqual(['a']);
    expect(report.headline).toContain('(and 2 more findings)');
    expect(make([explaining, others[0]!]).headline).not.toContain('more finding');
    expect(make([lost(), others[1]!]).headline).toContain('(and 1 more finding)');
  });
  test('cannot tell: what to collect', () => {
    const open = evaluation('lost', { is: 'cannot-tell', wants: ['output of netsh http show sslcert'] });
    expect(make([open])).toMatchObject({
      verdict: 'cannot-tell',
      headline: 'Cannot tell: collect output of netsh http show sslcert.',
    });
    expect(make([open, evaluation('b', clear)]).headline).toBe(
      'Nothing was found, but not all can be told: collect output of netsh http show sslcert.',
    );
  });
  test('cannot tell since nothing could be used', () => {
    const sources = [{ name: 'noise.bin', kind: 'not recognised', claims: 0 }];
    const open = evaluation('lost', { is: 'cannot-tell', wants: ['x'] });
    expect(make([open], { picture: picture({ sources }) }).headline).toBe(
      'Cannot tell, for nothing of use was read from noise.bin: collect x.',
    );
  });
  test('clear', () => {
    expect(make([evaluation('a', clear), evaluation('b', clear)])).toMatchObject({
      verdict: 'clear',
      headline: 'Nothing found: 2 causes looked for at 1 place, none of them is so.',
    });
  });
  test('nothing evaluated, or nothing that applies, is never clear', () => {
    expect(make([]).verdict).toBe('cannot-tell');
    expect(make([evaluation('a', notApplicable('no list is sent'))]).verdict).toBe('cannot-tell');
  });
  test('our own fault', () => {
    expect(make([evaluation('a', { is: 'broken', error: 'x is undefined' })]).headline).toContain(
      'a fault of ours: x is undefined',
    );
  });
});

describe('an open point', () => {
  const depends: Outcome = {
    is: 'depends',
    hypothesis: LIST,
    byVariant: {
      'microsoft-order': clear,
      'root-in-mode-1-or-2': found({ because: [SHOWN], facts: { store: 'no store' } }),
    },
    ruledOut: { 'a-third': 'the list on the wire is empty' },
    decidedBy: 'the list on the wire: handclasp why https://HOST:PORT/',
  };
  const report = make([evaluation('lost', depends)], { picture: picture({ logons: LOG }) });
  const [entry] = report.entries;
  test('on which point, what follows under each variant, what is ruled out, what decides', () => {
    expect(entry!.question).toContain('Which store feeds the issuer list');
    expect(entry!.variants).toMatchObject([
      {
        says: 'ClientAuthIssuer if it is not empty, else Root, in every mode',
        outcome: 'clear',
        follows: 'Then it is not so.',
      },
      {
        says: 'Root directly, although ClientAuthIssuer is filled',
        outcome: 'found',
        follows: 'Then it is so.',
      },
      { variant: 'a-third', ruledOut: 'the list on the wire is empty' },
    ]);
    expect(entry!.wants).toEqual(['the list on the wire: handclasp why https://HOST:PORT/']);
    expect(entry!.because).toEqual([SHOWN]);
    expect(entry!.confidence).toBe('depends');
  });
  test('headline', () => {
    expect(report.headline).toBe(
      'It depends on an open point whether this is so: The record names no store, since 2026-11-24 09:03:11 UTC (last success 08:58:40), as netsh.txt:12 shows; what decides: the list on the wire: handclasp why https://HOST:PORT/.',
    );
  });
  test('a point that the evidence has decided is told in words, and makes it likely', () => {
    const settled = { [LIST]: 'root-in-mode-1-or-2' };
    const ruledOut = { [LIST]: { 'microsoft-order': 'the wire names Root' } };
    const [one] = make([lost({ settled, ruledOut })]).entries;
    expect(one!.confidence).toBe('likely');
    expect(one!.settled).toEqual([
      'Which store feeds the issuer list when ClientAuthTrustMode is 1 or 2 and the record names no store? «Root directly, although ClientAuthIssuer is filled»; «ClientAuthIssuer if it is not empty, else Root, in every mode» is ruled out: the wire names Root.',
    ]);
  });
});

test('what the model does not explain is told with its evidence', () => {
  const outcome: Outcome = {
    is: 'cannot-tell',
    wants: ['the model does not explain what was seen (x)'],
    because: [SHOWN],
  };
  for (const one of [render.text, render.html, render.markdown]) {
    const text = one(make([evaluation('lost', outcome)]));
    expect(text).toMatch(/unexplained/i);
    expect(text).toContain('netsh.txt:12');
  }
});

describe('the plan', () => {
  const told = (parts: Partial<Plan>) => make([lost()], { plan: plan(parts) }).plan!;
  test('lines that cmd.exe and PowerShell read alike are printed once', () => {
    const [step] = told({}).steps;
    expect(step!.commands).toEqual([
      'netsh http update sslcert hostnameport=www.example.com:443 "appid={4dc3e181-e14b-4a21-b022-59fc669b0914}" sslctlstorename=ClientAuthIssuer',
    ]);
    expect(step!.powershell).toEqual([]);
    expect(step!.target).toBe('WEB01');
  });
  test('where quoting differs both are printed', () => {
    const step = { ...plan().steps[0]!, commands: [['netsh', 'sslctlstorename=Client CAs & $more']] };
    const [printed] = told({ steps: [step] }).steps;
    expect(printed!.commands).toEqual(['netsh "sslctlstorename=Client CAs & $more"']);
    expect(printed!.powershell).toEqual(["netsh 'sslctlstorename=Client CAs & $more'"]);
  });
  test('an argument that no shell carries is told and not printed', () => {
    const step = { ...plan().steps[0]!, commands: [['netsh', 'sslctlstorename=a\nshutdown']] };
    const [printed] = told({ steps: [step] }).steps;
    expect(printed!.commands).toEqual([]);
    expect(printed!.notes[0]).toContain('no command line can be printed');
  });
  test('what is foreseen, in words', () => {
    const lists = (list: Plan['foreseen']['lists'][0]['under'][0]['list'], variants = {}) => ({
      ...plan().foreseen,
      clears: [],
      lists: [{ host: 'WEB01', key: KEY, under: [{ variants, list }] }],
    });
    const says = (list: Parameters<typeof lists>[0], variants = {}) =>
      told({ foreseen: lists(list, variants) }).foreseen[0];
    const sent = {
      is: 'sent' as const,
      store: 'ClientAuthIssuer',
      names: ['CN=A', 'CN=B'],
      bytes: 44,
      truncated: false,
    };
    const at = 'hostnameport=www.example.com:443 on WEB01';
    expect(says(sent)).toBe(`${at} will name 2 issuers from ClientAuthIssuer (44 bytes): «CN=A» and «CN=B».`);
    expect(says({ is: 'off' })).toBe(`${at} will ask for a certificate without naming issuers.`);
    expect(says({ is: 'unknown', wants: 'the store Root' })).toContain('collect the store Root');
    expect(says(sent, { [LIST]: 'microsoft-order' })).toContain(', if ClientAuthIssuer if it is not empty');
    expect(told({}).foreseen).toEqual([`lost at ${at}: cleared.`]);
    const rest = {
      clears: [],
      lists: [],
      remains: [{ diagnosis: 'a', host: 'H', outcome: 'found' }],
      appears: [{ diagnosis: 'b', host: 'H', outcome: 'depends' }],
    };
    expect(told({ foreseen: rest }).foreseen).toEqual([
      'a at H: stays (found).',
      'b at H: would be new (depends).',
    ]);
  });
  test('an empty plan is none', () => {
    expect(make([lost()], { plan: plan({ steps: [] }) }).plan).toBeNull();
  });
});

describe('the document', () => {
  test('fits its schema and is rendered by every format', () => {
    const report = make(
      [lost(), evaluation('b', clear), evaluation('c', { is: 'cannot-tell', wants: ['x'] })],
      {
        plan: plan(),
        picture: picture({ logons: LOG }),
      },
    );
    expect(violations(JSON.parse(JSON.stringify(report)), schemas[report.schema]!)).toEqual([]);
    for (const one of Object.values(render)) expect(one(report)).toContain('ClientAuthIssuer');
  });
  test('carries the pages of what is found, and no other', () => {
    expect(make([lost(), evaluation('other', clear)]).pages).toEqual({ lost: '# Lost' });
  });
  test('a finding about the host takes the earliest refusal of its records', () => {
    const host = fakeHost({ bindings: known([record('www.example.com:443'), record('b.example.com:443')]) });
    const about = lost({ subject: { host: 'WEB01' } });
    const report = make([about], { picture: { ...fakePicture(host), logons: LOG } });
    expect(report.since!.firstRefusal).toBe('2026-11-24T09:03:11.000Z');
    expect(report.entries[0]!.subject).toBe('WEB01');
  });
});
