import { BUILDS } from '../../builds.ts';
import type { Host } from '../../host.ts';
import type { BindingField, BindingKey, BindingValues } from '../../http-sys/binding.ts';
import { fieldRow, isBindingField } from '../../http-sys/fields.ts';
import { endpointOf, isBindingKind } from '../../http-sys/key.ts';
import type { FieldValues } from '../../http-sys/record.ts';
import { acceptedFields, keyForms } from './parameters.ts';

/** What came after `sslcert` on the command line. */
export type Parsed =
  | { readonly is: 'parsed'; readonly key: BindingKey | undefined; readonly values: FieldValues }
  /** A foreign parameter, one without value or given twice, or two keys. */
  | { readonly is: 'syntax' }
  /** A value that is not of its parameter's form: error 87. */
  | { readonly is: 'incorrect' }
  /** A thumbprint pasted with an invisible character before it: error 1312 (domain 1.4, 1.5). */
  | { readonly is: 'hidden-character' };

/** `names`: whether the verb takes more than a key. Names compare without case. */
export function parseArguments(argv: readonly string[], host: Host, names: 'key' | 'all'): Parsed {
  const tags = readTags(argv, host, names);
  if (!tags) return { is: 'syntax' };
  const keys = [...tags].flatMap(([name, value]) => (isBindingKind(name) ? [{ kind: name, value }] : []));
  if (keys.length > 1) return { is: 'syntax' };
  if (keys[0] && !endpointOf(keys[0])) return { is: 'incorrect' };
  return parseValues([...tags].filter(([name]) => !isBindingKind(name)) as Tag[], keys[0], host);
}

type Tag = [name: BindingField, value: string];

function readTags(argv: readonly string[], host: Host, names: 'key' | 'all'): Map<string, string> | null {
  const taken = new Set<string>([
    ...keyForms(host).map(({ kind }) => kind),
    ...(names === 'all' ? acceptedFields(host) : []),
  ]);
  const tags = new Map<string, string>();
  for (const argument of argv) {
    const split = argument.indexOf('=');
    const name = argument.slice(0, Math.max(split, 0)).trim().toLowerCase();
    if (!taken.has(name) || tags.has(name)) return null;
    tags.set(name, argument.slice(split + 1).trim());
  }
  return tags;
}

function parseValues(tags: readonly Tag[], key: BindingKey | undefined, host: Host): Parsed {
  const values: Record<string, BindingValues[BindingField]> = {};
  for (const [name, text] of tags) {
    if (!isBindingField(name)) return { is: 'syntax' };
    const value = parseValue(name, text, host);
    if (typeof value === 'object') return value;
    values[name] = value;
  }
  return { is: 'parsed', key, values };
}

type Fault = Extract<Parsed, { is: 'incorrect' | 'hidden-character' }>;

/** An empty text is taken for a fault: whether it would unset the field is not told anywhere. */
function parseValue(name: BindingField, text: string, host: Host): string | number | boolean | Fault {
  switch (fieldRow(name).shape) {
    case 'hash':
      return parseHash(text);
    case 'guid':
      return GUID.test(text) ? text.toLowerCase() : { is: 'incorrect' };
    case 'number':
      return parseNumber(text, host);
    case 'text':
      return text === '' ? { is: 'incorrect' } : text;
    case 'enabled':
    case 'set':
      return parseSwitch(text);
  }
}

/** With braces: without them netsh answers 87 (domain 1.4). */
const GUID = /^\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/i;

function parseHash(text: string): string | Fault {
  if (/^[0-9a-f]{40}$/i.test(text)) return text.toLowerCase();
  return /^[0-9a-f]{40}$/i.test(text.replace(/\p{Cf}/gu, ''))
    ? { is: 'hidden-character' }
    : { is: 'incorrect' };
}

function parseNumber(text: string, host: Host): number | Fault {
  const value = Number(text);
  if (!/^\d{1,10}$/.test(text) || value > 0xffffffff) return { is: 'incorrect' };
  const takesZero = host.build.is !== 'known' || BUILDS[host.build.value].takesZeroTimes;
  return value === 0 && !takesZero ? { is: 'incorrect' } : value;
}

function parseSwitch(text: string): boolean | Fault {
  const word = text.toLowerCase();
  return word === 'enable' || word === 'disable' ? word === 'enable' : { is: 'incorrect' };
}
