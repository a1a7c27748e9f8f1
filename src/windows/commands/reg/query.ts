import { answerOf } from '../../../base/known.ts';
import type { Host } from '../../host.ts';
import { queryLine } from '../../registry/print.ts';
import { keyOf, type RegistryKey, type RegistryValue, registryValue } from '../../registry/registry.ts';
import { registryKey, registryTree, SCHANNEL, subkeys } from '../../registry/view.ts';
import { SCHANNEL_VALUES } from '../../schannel/registry.ts';
import type { CommandResult } from '../command.ts';
import { type Call, namedValue, notFound, say } from './call.ts';

/** `reg query KEY [/v NAME | /ve] [/s]` (domain 3): a key that has values stands above them, subkeys below. */
export function query(call: Call): CommandResult {
  const { host, path, options } = call;
  const name = namedValue(call);
  if (options.has('s')) return queryTree(call, name);
  if (name !== undefined) return queryValue(host, path, name);
  const key = registryKey(host, path);
  if (!key) return notFound(host);
  const below = subkeys(host, path).map((one) => one.path);
  return say(host, 0, ...block(key, key.values), ...(below.length > 0 ? ['', ...below] : ['']));
}

function queryTree({ host, path }: Call, name: string | undefined): CommandResult {
  const keys = registryTree(host, path);
  if (keys.length === 0) return notFound(host);
  const found = keys.map((key) => ({ key, values: key.values.filter((one) => isNamed(one, name)) }));
  const shown = found.filter(({ values }) => name === undefined || values.length > 0);
  const matches = shown.reduce((sum, { values }) => sum + values.length, 0);
  const count = name === undefined ? [] : [`End of search: ${matches} match(es) found.`];
  const exitCode = name !== undefined && matches === 0 ? 1 : 0;
  return say(
    host,
    exitCode,
    ...shown.flatMap(({ key, values }) => ['', key.path, ...values.map(queryLine)]),
    '',
    ...count,
  );
}

const isNamed = (value: RegistryValue, name: string | undefined): boolean =>
  name === undefined || keyOf(value.name) === keyOf(name);

function queryValue(host: Host, path: string, name: string): CommandResult {
  const value = schannelValue(host, path, name) ?? ofKey(registryKey(host, path), name);
  if (!value) return notFound(host);
  return say(host, 0, '', path, queryLine(value), '');
}

const ofKey = (key: RegistryKey | undefined, name: string) => key && registryValue(key, name);

/** Asked by itself, so that one value can be told where another is unknown. */
function schannelValue(host: Host, path: string, name: string): RegistryValue | undefined {
  if (keyOf(path) !== keyOf(SCHANNEL)) return undefined;
  const row = SCHANNEL_VALUES.find((one) => keyOf(one.name) === keyOf(name));
  const value = row && answerOf(host.schannel[row.leaf]);
  return row && value !== undefined ? { name: row.name, data: { is: 'dword', value } } : undefined;
}

function block({ path }: RegistryKey, values: readonly RegistryValue[]): string[] {
  return values.length === 0 ? [] : ['', path, ...values.map(queryLine)];
}
