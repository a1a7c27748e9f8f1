import { becauseOf } from '../base/known.ts';
import type { Witness } from '../engine/evaluate.ts';
import { explore, leavesOf } from '../engine/fork.ts';
import { Subjects } from '../engine/subjects.ts';
import { Testimony } from '../engine/testimony.ts';
import { listPredicted } from '../facts/issuers.ts';
import { ask, listen } from '../facts/question.ts';
import { idOf } from '../facts/records.ts';
import type { Picture } from '../picture/picture.ts';
import type { BindingKey } from '../windows/http-sys/binding.ts';
import { spelledStore } from '../windows/stores/names.ts';
import { printName } from '../wire/x509/name.ts';
import type { ForeseenList, ListForecast } from './forecast.ts';

type Under = ForeseenList['under'][number];

/** The issuer list of each touched record in each of the futures, under the variants that remain. */
export function listsAfter(
  futures: readonly Picture[],
  touches: readonly BindingKey[] | 'all',
  witnesses: readonly Witness[],
): ForeseenList[] {
  const [first] = futures;
  const host = first?.hosts[0];
  if (!first || !host) return [];
  const all = new Subjects(first, host).keys();
  const touched = touches === 'all' ? null : new Set(touches.map(idOf));
  const keys = touched ? all.filter((key) => touched.has(idOf(key))) : all;
  const worlds = futures.map((future) => {
    const subjects = new Subjects(future, future.hosts[0]!);
    return { subjects, testimony: new Testimony(witnesses, subjects) };
  });
  return keys.map((key) => ({
    host: host.name,
    key,
    under: united(worlds.flatMap(({ subjects, testimony }) => listUnder(key, subjects, testimony))),
  }));
}

function listUnder(key: BindingKey, subjects: Subjects, testimony: Testimony): Under[] {
  const leaves = leavesOf(
    explore((variants) => {
      const subject = subjects.under(key, variants);
      return listen(subject, () => forecastOf(ask(subject, listPredicted)));
    }),
  );
  const said = testimony.against(
    key,
    leaves.map(({ variants }) => variants),
  );
  const alive = leaves.filter((_, i) => said[i] === null);
  return alive.map(({ variants, value }) => ({ variants: variants as Record<string, string>, list: value }));
}

function forecastOf(leaf: ReturnType<typeof listPredicted>): ListForecast {
  if (leaf.is === 'unknown') return { is: 'unknown', wants: leaf.wants };
  if (leaf.is === 'conflict')
    return { is: 'unknown', wants: `one of ${becauseOf(leaf).map(({ source }) => source)}` };
  const list = leaf.value;
  if (!list) return { is: 'off' };
  return {
    is: 'sent',
    store: spelledStore(list.source.store),
    names: list.names.map(printName),
    bytes: list.bytes,
    truncated: list.truncated,
  };
}

/** One entry without assumptions when all agree. */
function united(all: readonly Under[]): Under[] {
  const texts = new Set(all.map(({ list }) => JSON.stringify(list)));
  const [first] = all;
  if (first && texts.size === 1) return [{ variants: {}, list: first.list }];
  return all.filter((one, i) => all.findIndex((other) => plain(other) === plain(one)) === i);
}

const plain = (under: Under): string => JSON.stringify(under);
