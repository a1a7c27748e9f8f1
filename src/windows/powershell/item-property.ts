import { Unanswered } from '../../base/known.ts';
import { type RegistryData, type RegistryKey, registryValue } from '../registry/registry.ts';
import { registryKey } from '../registry/view.ts';
import type { CmdletCall } from './cmdlet.ts';
import { notFound, readPath } from './paths.ts';
import { listOf, PsError, type PsValue, textOf } from './values.ts';

/** What the four cmdlets for values of the registry have in common. */

export interface KeyCall {
  readonly path: string;
  readonly key: RegistryKey;
  readonly names: readonly string[];
}

/** The key that -Path names; an error when there is none. */
export function keyCall({ parameters, input, world }: CmdletCall): KeyCall {
  const typed = parameters.get('path') ?? parameters.get('literalpath') ?? input[0] ?? null;
  const where = readPath(typed);
  if (where.is !== 'registry')
    throw new Unanswered(`the properties of ${textOf(typed)}: the lab shows those of keys`);
  const key = registryKey(world.host, where.path);
  if (!key) throw notFound(textOf(typed));
  return { path: where.path, key, names: listOf(parameters.get('name') ?? null).map((one) => textOf(one)) };
}

export function noProperty({ path }: KeyCall, name: string): PsError {
  return new PsError(
    `Property ${name} does not exist at path ${path}.`,
    'System.Management.Automation.PSArgumentException',
  );
}

/** As -Type or -PropertyType says, else as the value that is there, else as the value given. */
export function dataFor(call: KeyCall, name: string, value: PsValue, type: PsValue): RegistryData {
  const kind =
    textOf(type).toLowerCase() ||
    kindOf(registryValue(call.key, name)?.data) ||
    (typeof value === 'number' ? 'dword' : 'string');
  switch (kind) {
    case 'dword': {
      const number = typeof value === 'boolean' ? Number(value) : Number(textOf(value));
      if (!Number.isInteger(number) || number < 0 || number > 0xffff_ffff)
        throw new PsError(
          `Cannot convert value "${textOf(value)}" to type "System.Int32".`,
          'InvalidCastException',
        );
      return { is: 'dword', value: number };
    }
    case 'string':
      return { is: 'text', value: textOf(value) };
    case 'binary':
      return { is: 'bytes', type: 3, value: Uint8Array.from(listOf(value), Number) };
    default:
      throw new Unanswered(
        `how a value of the type ${textOf(type)} is written: the lab takes DWord, String, Binary`,
      );
  }
}

function kindOf(data: RegistryData | undefined): string {
  if (!data) return '';
  return data.is === 'dword' ? 'dword' : data.is === 'text' ? 'string' : '';
}

export const evidence = (cmdlet: string, { path, names }: KeyCall) => [
  { source: `foreseen: ${cmdlet} ${path} ${names.join(',')}` },
];
