import type { Evaluation } from '../engine/evaluate.ts';
import { type Refusals, refusalsOf } from '../facts/logons.ts';
import { ask, openSubject } from '../facts/question.ts';
import type { Picture } from '../picture/picture.ts';
import type { BindingKey } from '../windows/http-sys/binding.ts';
import type { Since } from './report.ts';

/** Since when logons are refused where the first finding stands, by the logs; null when they do not say. */
export function sinceWhen(picture: Picture, first: Evaluation | undefined): Since | null {
  if (!first || (first.outcome.is !== 'found' && first.outcome.is !== 'depends')) return null;
  const host = picture.hosts.find((one) => one.name === first.subject.host);
  if (!host) return null;
  const records = host.bindings.is === 'known' ? host.bindings.value : [];
  const keys: readonly BindingKey[] = first.subject.key ? [first.subject.key] : records.map(({ key }) => key);
  const refusals = keys
    .map((key) => ask(openSubject(picture, host, key, {}), refusalsOf))
    .flatMap((leaf) => (leaf.is === 'known' && leaf.value?.since !== undefined ? [leaf.value] : []))
    .toSorted((a, b) => a.since! - b.since!);
  return refusals[0] ? asWritten(refusals[0]) : null;
}

const asWritten = ({ since, lastSuccess, count }: Refusals): Since => ({
  firstRefusal: iso(since!),
  lastSuccess: lastSuccess === undefined ? null : iso(lastSuccess),
  count,
});

const iso = (time: number): string => new Date(time).toISOString();
