import { fromHex } from '../../../base/bytes.ts';
import { answerOf } from '../../../base/known.ts';
import { utf16Bytes } from '../../../base/text.ts';
import type { Host } from '../../host.ts';
import { TYPE_NAMES } from '../../registry/print.ts';
import { keyOf, type RegistryData, registryValue } from '../../registry/registry.ts';
import { registryKey, SCHANNEL } from '../../registry/view.ts';
import { addRegistryKey, setRegistryValue } from '../../registry/write.ts';
import { SCHANNEL_VALUES } from '../../schannel/registry.ts';
import type { CommandResult } from '../command.ts';
import { because, type Call, done, invalidSyntax, namedValue, say } from './call.ts';

/** `reg add KEY [/v NAME | /ve] [/t TYPE] [/s SEPARATOR] [/d DATA] [/f]`; without a name it makes the key. */
export function add(call: Call): CommandResult {
  const { host, path, options } = call;
  const name = namedValue(call) ?? (options.has('d') || options.has('t') ? '' : undefined);
  if (name === undefined) return done(addRegistryKey(host, path));
  const data = dataOf(options);
  if (!data) return invalidSyntax(host, 'add');
  // Without /f it asks before it overwrites, and nobody answers here.
  if (!options.has('f') && isThere(host, path, name))
    return say(host, 1, `Value ${name === '' ? '(Default)' : name} exists, overwrite(Yes/No)?`);
  return done(setRegistryValue(host, path, { name: spelled(path, name), data }, because(call)));
}

/** A host of which only Schannel is known can still tell what lies there. */
export function isThere(host: Host, path: string, name: string): boolean {
  const row = keyOf(path) === keyOf(SCHANNEL) && schannelRow(name);
  if (row) return answerOf(host.schannel[row.leaf]) !== undefined;
  if (!host.registry) return false;
  const key = host.registry.get(keyOf(path)) ?? shown(host, path);
  return key !== undefined && registryValue(key, name) !== undefined;
}

/** A key that nobody made yet may be written to. */
function shown(host: Host, path: string) {
  try {
    return registryKey(host, path);
  } catch {
    return undefined;
  }
}

const schannelRow = (name: string) => SCHANNEL_VALUES.find((one) => keyOf(one.name) === keyOf(name));

const spelled = (path: string, name: string): string =>
  (keyOf(path) === keyOf(SCHANNEL) ? schannelRow(name)?.name : undefined) ?? name;

/** Data in the form of its type; null when it is not of that form. A type that is not given is REG_SZ. */
function dataOf(options: ReadonlyMap<string, string>): RegistryData | null {
  const text = options.get('d') ?? '';
  const type = (options.get('t') ?? 'REG_SZ').toUpperCase();
  switch (type) {
    case 'REG_SZ':
      return { is: 'text', value: text };
    case 'REG_EXPAND_SZ':
      return { is: 'bytes', type: 2, value: utf16Bytes(`${text}\0`) };
    case 'REG_MULTI_SZ': {
      const parts = text.split(options.get('s') ?? '\\0').filter((part) => part !== '');
      return { is: 'bytes', type: 7, value: utf16Bytes(`${parts.map((part) => `${part}\0`).join('')}\0`) };
    }
    case 'REG_DWORD': {
      const value = numberOf(text, 0xffff_ffffn);
      return value === null ? null : { is: 'dword', value: Number(value) };
    }
    case 'REG_QWORD': {
      const value = numberOf(text, 0xffff_ffff_ffff_ffffn);
      const hex = value?.toString(16).padStart(16, '0');
      return hex === undefined ? null : { is: 'bytes', type: 11, value: fromHex(hex).reverse() };
    }
    case 'REG_BINARY':
    case 'REG_NONE': {
      if (!/^([0-9a-f]{2})*$/i.test(text)) return null;
      return { is: 'bytes', type: TYPE_NAMES.indexOf(type), value: fromHex(text) };
    }
    default:
      return null;
  }
}

function numberOf(text: string, most: bigint): bigint | null {
  if (!/^(\d{1,20}|0x[0-9a-f]{1,16})$/i.test(text)) return null;
  const value = BigInt(text);
  return value <= most ? value : null;
}
