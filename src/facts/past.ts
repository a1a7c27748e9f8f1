import type { Locus } from '../base/locus.ts';
import type { BindingField, BindingValues } from '../windows/http-sys/binding.ts';
import { sameKey } from '../windows/http-sys/key.ts';
import { fieldOf, keyIn } from './endpoint.ts';
import { eventsWith } from './events.ts';
import { ask, type Subject } from './question.ts';
import { recordByKey } from './records.ts';
import { siblingsOf } from './siblings.ts';

/** That a field of this record was, or was meant to be, another value. */
export interface OtherValue<F extends BindingField> {
  readonly value: BindingValues[F];
  readonly how: 'older listing' | 'command line' | 'record of the same site';
  readonly because: readonly Locus[];
}

/** By older snapshots, earlier listings of one text, quoted command lines, and the other records of the site. */
export function otherValues<F extends BindingField>(subject: Subject, field: F): OtherValue<F>[] {
  const key = keyIn(subject);
  const { picture, host } = subject;
  const before = (picture.history ?? [])
    .filter((past) => past.host.name === host.name)
    .flatMap((past) => recordByKey(past.host, key) ?? []);
  const siblings = ask(subject, siblingsOf);
  const shown = [
    ...before.map((record) => ({ record, how: 'older listing' as const })),
    ...(siblings.is === 'known' ? siblings.value : []).map((record) => ({
      record,
      how: 'record of the same site' as const,
    })),
  ].flatMap(({ record, how }): OtherValue<F>[] => {
    const leaf = fieldOf(record, field);
    return leaf.is === 'known' ? [{ value: leaf.value, how, because: leaf.because }] : [];
  });
  const told = (picture.pastBindings ?? [])
    .filter((one) => one.host === host.name && sameKey(one.key, key) && field in one.values)
    .map(
      ({ how, values, at }): OtherValue<F> => ({
        value: values[field] as BindingValues[F],
        how: how === 'listing' ? 'older listing' : 'command line',
        because: [at],
      }),
    );
  return [...shown, ...told];
}

/** Events of http.sys that tell of records deleted, made or changed (15300, 15301, 15302); where they name an endpoint, of this one. */
export function rewritten(subject: Subject): { readonly at: Locus; readonly time?: number }[] {
  const { value } = keyIn(subject);
  return eventsWith(subject, 'HttpEvent', [15300, 15301, 15302]).flatMap((one) => {
    const mine = one.cases.filter(({ data }) => {
      const texts = Object.values(data);
      const named = texts.filter((text) => /:\d{1,5}/.test(text));
      return named.length === 0 || named.some((text) => text.toLowerCase().includes(value.toLowerCase()));
    });
    return mine.map(({ at, first }) => ({ at, ...(first === undefined ? {} : { time: first }) }));
  });
}
