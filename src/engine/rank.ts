import { printKey, sameKey } from '../windows/http-sys/key.ts';
import type { Outcome, Severity } from './diagnosis.ts';
import type { Evaluation } from './evaluate.ts';

const BY_OUTCOME: Readonly<Record<Outcome['is'], number>> = {
  found: 0,
  depends: 1,
  broken: 2,
  'cannot-tell': 3,
  clear: 4,
  'not-applicable': 5,
};
const BY_SEVERITY: Readonly<Record<Severity, number>> = { 'blocks-logon': 0, weakens: 1, notice: 2 };

/** Found first and by severity; within the same outcome a cause comes before what it explains. */
export function rank(evaluations: readonly Evaluation[]): Evaluation[] {
  const sorted = [...evaluations].sort((a, b) => weigh(a) - weigh(b) || compare(nameOf(a), nameOf(b)));
  const ranked = new Set<Evaluation>();
  const visit = (one: Evaluation, waiting: readonly Evaluation[]): void => {
    if (ranked.has(one) || waiting.includes(one)) return;
    for (const cause of sorted) if (explains(cause, one)) visit(cause, [...waiting, one]);
    ranked.add(one);
  };
  for (const one of sorted) visit(one, []);
  return [...ranked];
}

/** Whether a finding accounts for another, which may then be settled or not: on the same record, or one of the two is about the host or the exchange. */
export function explains(cause: Evaluation, effect: Evaluation): boolean {
  if (cause === effect || !isOpen(effect) || !isOpen(cause)) return false;
  if (cause.outcome.is === 'depends' && effect.outcome.is === 'found') return false;
  if (!(cause.diagnosis.explains ?? []).includes(effect.diagnosis.id)) return false;
  const [a, b] = [cause.subject, effect.subject];
  const together = cause.diagnosis.about === 'exchange' || effect.diagnosis.about === 'exchange';
  return together || (a.host === b.host && (!a.key || !b.key || sameKey(a.key, b.key)));
}

const isOpen = ({ outcome }: Evaluation): boolean => outcome.is === 'found' || outcome.is === 'depends';

const weigh = ({ outcome, diagnosis }: Evaluation): number =>
  BY_OUTCOME[outcome.is] * 10 + BY_SEVERITY[diagnosis.severity];

const nameOf = ({ diagnosis, subject }: Evaluation): string =>
  `${diagnosis.id} ${subject.host} ${subject.key ? printKey(subject.key) : ''}`;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
