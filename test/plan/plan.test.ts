import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/known.ts';
import { diagnoses } from '../../src/diagnoses/index.ts';
import { clear, type Diagnosis, defineDiagnosis, found } from '../../src/engine/diagnosis.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import { rank } from '../../src/engine/rank.ts';
import { ctlStoreOf, keyOf } from '../../src/facts/endpoint.ts';
import { witnesses } from '../../src/facts/witnesses.ts';
import type { Picture } from '../../src/picture/picture.ts';
import { type Plan, planRepair } from '../../src/plan/plan.ts';
import { commands } from '../../src/windows/commands/index.ts';
import type { Host } from '../../src/windows/host.ts';
import { readCase } from '../diagnoses/case-file.ts';
import { pictureOf } from '../diagnoses/run-case.ts';
import { fakeDiagnosis } from '../engine/fakes.ts';

const cases = path.join(import.meta.dirname, '../../src/diagnoses');

function picture(id: string, name: string): Picture {
  const file = path.join(cases, id, 'cases', `${name}.case`);
  return pictureOf(readCase(file, readFileSync(file, 'utf8')));
}

function plan(seen: Picture, rules: readonly Diagnosis[] = diagnoses): Plan {
  return planRepair(rank(evaluate(rules, witnesses, seen)), seen, { diagnoses: rules, witnesses });
}

const key = { kind: 'hostnameport', value: 'www.example.com:443' } as const;
const seed = picture('binding-lost-ctl-store', 'seed');

function run(host: Host, lines: readonly (readonly string[])[]): Host {
  return lines.reduce((at, [program, ...argv]) => {
    const result = commands[program!]!(argv, at);
    expect(result.exitCode, result.output).toBe(0);
    return result.host;
  }, host);
}

const valuesOf = (host: Host) => {
  const records = host.bindings.is === 'known' ? host.bindings.value : [];
  return records.map((record) => ({
    key: record.key,
    fields: Object.fromEntries(
      Object.entries(record.fields).map(([name, leaf]) => [name, leaf?.is === 'known' ? leaf.value : leaf]),
    ),
  }));
};

describe('the incident', () => {
  const repair = plan(seed);

  test('is repaired by one line that names the store and keeps every field', () => {
    expect(repair.refusals).toEqual([]);
    expect(repair.steps).toHaveLength(1);
    const [line, ...more] = repair.steps[0]!.commands;
    expect(more).toEqual([]);
    expect(line?.slice(0, 5)).toEqual([
      'netsh',
      'http',
      'update',
      'sslcert',
      'hostnameport=www.example.com:443',
    ]);
    expect(line).toContain('sslctlstorename=ClientAuthIssuer');
    expect(line).toContain('certhash=846762724f99a530cae257c8d18ceafb46723cd2');
    expect(line).toContain('disabletls13=disable');
  });

  test('is foreseen to be cleared, with what explains it, and the list to be that of the store', () => {
    expect(repair.foreseen.clears.map(({ diagnosis }) => diagnosis).sort()).toEqual([
      'binding-lost-ctl-store',
      'trust-mode-without-store',
    ]);
    expect(repair.foreseen.lists).toEqual([
      {
        host: seed.hosts[0]!.name,
        key,
        under: [
          {
            variants: {},
            list: expect.objectContaining({
              is: 'sent',
              store: 'ClientAuthIssuer',
              names: ['CN=Contoso Issuing CA 1'],
            }),
          },
        ],
      },
    ]);
  });

  test('the undo lines bring the record back', () => {
    const before = seed.hosts[0]!;
    const after = run(before, repair.steps[0]!.commands);
    expect(valuesOf(after)).not.toEqual(valuesOf(before));
    expect(valuesOf(run(after, repair.steps[0]!.undo))).toEqual(valuesOf(before));
  });

  test('what only depends is repaired too, because the change clears under every variant', () => {
    const unseen = plan(picture('binding-lost-ctl-store', 'seed-without-the-wire'));
    expect(unseen.steps).toHaveLength(1);
    expect(unseen.refusals).toEqual([]);
  });

  test('a healthy host needs nothing', () => {
    const healthy = plan(picture('binding-lost-ctl-store', 'seed-healthy-twin'));
    expect(healthy).toMatchObject({ steps: [], advice: [], refusals: [], conflicts: [] });
  });
});

describe('advice', () => {
  test('is kept apart from the steps and keeps nothing from being applied', () => {
    const stray = plan(picture('root-store-not-self-signed', 'intermediate-in-root'));
    expect(stray.steps).toEqual([]);
    expect(stray.advice.map(({ commands: [line] }) => line?.slice(0, 2))).toEqual([
      ['certutil', '-f'],
      ['certutil', '-delstore'],
    ]);
    expect(stray.refusals).toEqual([]);
  });
});

describe('what the forecast does not like is refused', () => {
  const wants = (store: string, parts: Partial<Diagnosis> = {}): Diagnosis =>
    defineDiagnosis({
      ...fakeDiagnosis({ check: () => clear, ...parts }),
      needs: { key: keyOf, store: ctlStoreOf },
      check: ({ key: at, store: named }) =>
        named.value === store
          ? clear
          : found({
              because: [],
              changes: [{ kind: 'http-sys/set-binding', key: at.value, set: { sslctlstorename: store } }],
            }),
    });

  test('a change that clears passes', () => {
    expect(plan(seed, [wants('ClientAuthIssuer')]).refusals).toEqual([]);
  });

  test('two findings that want different values for one field: neither is done', () => {
    const both = plan(seed, [wants('A', { id: 'wants-a' }), wants('B', { id: 'wants-b' })]);
    expect(both.steps).toEqual([]);
    expect(both.conflicts).toEqual([
      'wants-a and wants-b disagree on sslctlstorename of hostnameport=www.example.com:443: A or B',
    ]);
    expect(both.refusals).toEqual(both.conflicts);
  });

  test('a finding that its change does not clear', () => {
    const never = defineDiagnosis({
      ...wants('ClientAuthIssuer', { id: 'never-clears' }),
      needs: { key: keyOf },
      check: ({ key: at }) =>
        found({
          because: [],
          changes: [
            { kind: 'http-sys/set-binding', key: at.value, set: { sslctlstorename: 'ClientAuthIssuer' } },
          ],
        }),
    });
    const repair = plan(seed, [never]);
    expect(repair.foreseen.remains).toMatchObject([{ diagnosis: 'never-clears', outcome: 'found' }]);
    expect(repair.refusals).toEqual([expect.stringContaining('never-clears')]);
  });

  test('a finding that the change brings about', () => {
    const side = defineDiagnosis({
      ...fakeDiagnosis({ id: 'side-effect', check: () => clear }),
      needs: { store: ctlStoreOf },
      check: ({ store }) => (store.value === undefined ? clear : found({ because: [] })),
    });
    const repair = plan(seed, [wants('ClientAuthIssuer'), side]);
    expect(repair.foreseen.appears).toMatchObject([{ diagnosis: 'side-effect', outcome: 'found' }]);
    expect(repair.refusals).toEqual([expect.stringContaining('would be new')]);
  });

  test('a record of which a field was not read', () => {
    const [host] = seed.hosts;
    const [record] = host!.bindings.is === 'known' ? host!.bindings.value : [];
    const { usagecheck, ...fields } = record!.fields;
    const half = { ...seed, hosts: [{ ...host!, bindings: known([{ ...record!, fields }]) }] };
    expect(usagecheck).toBeDefined();
    expect(plan(half).refusals).toEqual(expect.arrayContaining([expect.stringContaining('Usage Check')]));
  });

  test('what only one variant proposes and another does not need is dropped when it does not clear', () => {
    const unsure = defineDiagnosis({
      ...fakeDiagnosis({ id: 'unsure', check: () => clear }),
      needs: { key: keyOf, trust: ({ host }) => known(host.assume.variant('trust-without-store')) },
      check: ({ key: at, trust }) =>
        trust.value === 'nothing'
          ? found({
              because: [],
              changes: [
                { kind: 'http-sys/set-binding', key: at.value, set: { sslctlstorename: 'ClientAuthIssuer' } },
              ],
            })
          : clear,
    });
    expect(plan(seed, [unsure])).toMatchObject({ steps: [], refusals: [] });
  });
});

test('what was seen before the change is no evidence after it', () => {
  // The probe of the seed shows roots; were it kept, the cured host would look as if nothing had helped.
  const seesWire = defineDiagnosis({
    ...fakeDiagnosis({ id: 'old-wire', check: () => clear }),
    needs: {
      key: keyOf,
      count: ({ picture: { handshakes, logons } }) => known(handshakes.length + logons.length),
    },
    check: ({ key: at, count }) =>
      count.value === 0
        ? clear
        : found({
            because: [],
            changes: [
              { kind: 'http-sys/set-binding', key: at.value, set: { sslctlstorename: 'ClientAuthIssuer' } },
            ],
          }),
  });
  expect(plan(seed, [seesWire]).foreseen.clears).toMatchObject([{ diagnosis: 'old-wire' }]);
});
