import type { Change, SetBinding } from '../changes/change.ts';
import type { Outcome } from '../engine/diagnosis.ts';
import type { Evaluation } from '../engine/evaluate.ts';
import { idOf } from '../facts/records.ts';
import type { BindingValues } from '../windows/http-sys/binding.ts';
import { printKey } from '../windows/http-sys/key.ts';
import type { FindingRef } from './forecast.ts';

/** One change that findings ask for. */
export interface Proposal {
  readonly host: string;
  readonly change: Change;
  readonly for: readonly FindingRef[];
  /** No finding that is certain asks for it: it stays only if it clears under every remaining variant. */
  readonly tentative: boolean;
}

export interface Proposals {
  readonly proposals: readonly Proposal[];
  readonly conflicts: readonly string[];
}

/** The changes of all findings, those of one record made one, contradicting ones left out and told. */
export function propose(evaluations: readonly Evaluation[]): Proposals {
  const groups = new Map<string, Proposal[]>();
  for (const one of evaluations.flatMap(asked)) {
    const target = `${one.host} ${targetOf(one.change)}`;
    groups.set(target, [...(groups.get(target) ?? []), one]);
  }
  const merged = [...groups.values()].map(merge);
  return {
    proposals: merged.flatMap((one) => ('conflict' in one ? [] : [one])),
    conflicts: merged.flatMap((one) => ('conflict' in one ? [one.conflict] : [])),
  };
}

export const refOf = ({ diagnosis, subject }: Evaluation): FindingRef => ({
  diagnosis: diagnosis.id,
  ...subject,
});

/** The same for two refs to one finding. */
export const idOfRef = ({ diagnosis, host, key }: FindingRef): string =>
  `${diagnosis} ${host} ${key ? idOf(key) : ''}`;

export function distinctRefs(refs: readonly FindingRef[]): FindingRef[] {
  return [...new Map(refs.map((ref) => [idOfRef(ref), ref])).values()];
}

function asked(evaluation: Evaluation): Proposal[] {
  return changesOf(evaluation.outcome).map((change) => ({
    host: evaluation.subject.host,
    change,
    for: [refOf(evaluation)],
    tentative: evaluation.outcome.is !== 'found',
  }));
}

/** Of an outcome that depends, the changes of all the variants that remain. */
function changesOf(outcome: Outcome): readonly Change[] {
  if (outcome.is === 'found') return outcome.changes ?? [];
  return outcome.is === 'depends' ? Object.values(outcome.byVariant).flatMap(changesOf) : [];
}

function targetOf(change: Change): string {
  switch (change.kind) {
    case 'http-sys/set-binding':
      return printKey(change.key).toLowerCase();
    case 'schannel/set':
      return change.name;
    case 'stores/add':
    case 'stores/remove':
      return `${change.kind} ${change.store.toLowerCase()} ${change.subject}`;
  }
}

function merge(group: readonly Proposal[]): Proposal | { conflict: string } {
  let [merged] = group as [Proposal];
  for (const one of group.slice(1)) {
    const change = unite(merged.change, one.change);
    if ('conflict' in change) return { conflict: `${sayWho(group)} disagree on ${change.conflict}` };
    merged = {
      host: merged.host,
      change,
      for: distinctRefs([...merged.for, ...one.for]),
      tentative: merged.tentative && one.tentative,
    };
  }
  return merged;
}

const sayWho = (proposals: readonly Proposal[]): string =>
  [...new Set(proposals.flatMap((one) => one.for.map(({ diagnosis }) => diagnosis)))].join(' and ');

function unite(a: Change, b: Change): Change | { conflict: string } {
  if (a.kind === 'http-sys/set-binding' && b.kind === 'http-sys/set-binding') return uniteSets(a, b);
  if (a.kind === 'schannel/set' && b.kind === 'schannel/set' && a.value !== b.value)
    return { conflict: `${a.name}: ${a.value} or ${b.value}` };
  return a;
}

function uniteSets(a: SetBinding, b: SetBinding): SetBinding | { conflict: string } {
  for (const [field, value] of Object.entries(b.set)) {
    const other = a.set[field as keyof BindingValues];
    if (field in a.set && !sameValue(other, value))
      return { conflict: `${field} of ${printKey(a.key)}: ${other ?? 'none'} or ${value ?? 'none'}` };
  }
  return { ...a, set: { ...b.set, ...a.set } };
}

/** Names of stores compare without case (domain 2.2). */
const sameValue = (a: unknown, b: unknown): boolean =>
  String(a ?? '').toLowerCase() === String(b ?? '').toLowerCase();
