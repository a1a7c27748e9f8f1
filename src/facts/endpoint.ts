import { answerOf, type Known, known, Unanswered, unknown } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import {
  BINDING_FIELDS,
  type BindingField,
  type BindingKey,
  type BindingValues,
  type SslBinding,
} from '../windows/http-sys/binding.ts';
import { endpointOf } from '../windows/http-sys/key.ts';
import { WANTED } from '../windows/wanted.ts';
import { ask, type Question, type Subject } from './question.ts';
import { recordByKey } from './records.ts';

/** The key of the record that the question is about. */
export const keyOf: Question<BindingKey> = (subject) => known(keyIn(subject));

/** The http.sys record that the question is about. */
export const recordOf: Question<SslBinding> = ({ host, key }) => {
  const record = key && recordByKey(host, key);
  if (record) return known(record, record.because);
  answerOf(host.bindings);
  return unknown(WANTED.bindings);
};

/** `Ctl Store Name`; undefined: the record names none. */
export const ctlStoreOf: Question<string | undefined> = (subject) => field(subject, 'sslctlstorename');

/** One field of the record. A line that was not seen is unknown, never a default. */
export function field<F extends BindingField>(subject: Subject, name: F): Known<BindingValues[F]> {
  return fieldOf(answerOf(ask(subject, recordOf)), name);
}

export function fieldOf<F extends BindingField>(record: SslBinding, name: F): Known<BindingValues[F]> {
  const leaf = record.fields[name] as Known<BindingValues[F]> | undefined;
  if (leaf) return leaf;
  const label = BINDING_FIELDS.find((row) => row.name === name)?.label ?? name;
  return unknown(`the line "${label}" of ${record.key.value} in the ${WANTED.bindings}`);
}

/** Where a field was read, or failing that the record. */
export function whereSeen(record: SslBinding, name: BindingField): readonly Locus[] {
  const leaf = record.fields[name];
  return leaf?.is === 'known' && leaf.because.length > 0 ? leaf.because : record.because;
}

export function keyIn({ key }: Subject): BindingKey {
  if (!key) throw new Unanswered(WANTED.bindings);
  return key;
}

/** 443 of '0.0.0.0:443', '[::]:443', 'www.example.com:443' and '443'; undefined when the key has no port. */
export const portOf = (key: BindingKey): number | undefined => endpointOf(key)?.port;

/** Fields that decide how a record treats a client's certificate. */
export const CLIENT_FIELDS: readonly BindingField[] = [
  'sslctlstorename',
  'clientcertnegotiation',
  'verifyclientcertrevocation',
  'usagecheck',
  'dsmapperusage',
];
