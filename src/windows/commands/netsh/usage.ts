import type { Host } from '../../host.ts';
import type { BindingField } from '../../http-sys/binding.ts';
import { fieldRow } from '../../http-sys/fields.ts';
import { acceptedFields, keyForms } from './parameters.ts';

export type Verb = 'show' | 'add' | 'update' | 'delete';

/** The usage lines of a command, as its help begins. */
export function verbUsage(verb: Verb, host: Host): string[] {
  const keys = keyForms(host).map(({ kind, form }) => `${kind}=${form}`);
  if (verb === 'show') return [`Usage: show sslcert [${keys.join(' | ')}]`];
  if (verb === 'delete') return [`Usage: delete sslcert ${keys.join(' | ')}`];
  const options = acceptedFields(host).filter((name) => name !== 'appid');
  return [
    `Usage: ${verb} sslcert ${keys.join(' | ')} appid=<GUID>`,
    ...wrapped(options.map((name) => `[${name}=${valueForm(name)}]`)),
  ];
}

function valueForm(name: BindingField): string {
  const { shape } = fieldRow(name);
  if (shape === 'number') return '<u-int>';
  return shape === 'enabled' || shape === 'set' ? 'enable|disable' : '<string>';
}

const INDENT = ' '.repeat(12);
const WIDTH = 120;

function wrapped(words: readonly string[]): string[] {
  const all: string[] = [];
  for (const word of words) {
    const last = all.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= WIDTH) all[all.length - 1] = `${last} ${word}`;
    else all.push(INDENT + word);
  }
  return all;
}
