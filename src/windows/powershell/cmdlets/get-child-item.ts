import { answerOf } from '../../../base/known.ts';
import { registryKey, subkeys } from '../../registry/view.ts';
import { heldIn, storeNames } from '../../stores/held.ts';
import { knownStore, spelledStore } from '../../stores/names.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { certificateObject, storeObject } from '../objects.ts';
import { notFound, type PsPath, readPath } from '../paths.ts';
import { listOf, object, type PsValue, textOf, type World } from '../values.ts';

/** `Get-ChildItem Cert:\LocalMachine…` (domain 8.6) and keys of the registry. */
const getChildItem: Cmdlet = {
  name: 'Get-ChildItem',
  aliases: ['gci', 'dir', 'ls'],
  positional: ['path'],
  parameters: ['literalpath', 'expiringindays', 'dnsname', 'depth'],
  switches: ['recurse', 'force', 'codesigningcert', 'sslserverauthentication'],
  unverified: 'the order of stores and certificates with -Recurse',
  run({ parameters, input, world }) {
    const given = parameters.get('path') ?? parameters.get('literalpath') ?? null;
    const paths = given === null && input.length > 0 ? input : listOf(given);
    const found = paths.flatMap((path) =>
      childrenOf(readPath(path), textOf(path), parameters.get('recurse') === true, world),
    );
    return found.filter((one) => passes(one, parameters, world));
  },
};
export default getChildItem;

function childrenOf(path: PsPath, typed: string, recurse: boolean, world: World): PsValue[] {
  const { host } = world;
  switch (path.is) {
    case 'cert-root': {
      const place = object('list', { Location: 'LocalMachine', StoreNames: storeNames(host) });
      return recurse ? [place, ...stores(world, true)] : [place];
    }
    case 'stores':
      return stores(world, recurse);
    case 'store':
      return certificatesIn(path.store, typed, world);
    case 'certificate':
      return certificatesIn(path.store, typed, world).filter((one) => isThumbprint(one, path.thumbprint));
    case 'registry': {
      if (!registryKey(host, path.path)) throw notFound(typed);
      return subkeys(host, path.path).flatMap((key) => [
        object('list', { Name: key.path, Property: keyNames(key.values) }),
        ...(recurse ? childrenOf({ is: 'registry', path: key.path }, key.path, true, world) : []),
      ]);
    }
  }
}

const keyNames = (values: readonly { readonly name: string }[]): string[] => values.map(({ name }) => name);

function stores(world: World, recurse: boolean): PsValue[] {
  return storeNames(world.host).flatMap((name) => [
    storeObject(name),
    ...(recurse ? certificatesIn(name, name, world) : []),
  ]);
}

export function certificatesIn(store: string, typed: string, world: World): PsValue[] {
  const held = answerOf(heldIn(world.host, store));
  if (!held) throw notFound(typed);
  return held.map((one) => certificateObject(knownStore(store) ?? spelledStore(store), one, world));
}

const isThumbprint = (value: PsValue, thumbprint: string): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'properties' in value &&
  textOf(value.properties.get('Thumbprint') ?? '').toLowerCase() === thumbprint.toLowerCase();

const DAY = 86_400_000;

/** The provider's own filters. */
function passes(value: PsValue, parameters: ReadonlyMap<string, PsValue>, { context }: World): boolean {
  if (typeof value !== 'object' || value === null || !('properties' in value)) return true;
  const { properties } = value;
  const days = parameters.get('expiringindays');
  const end = properties.get('NotAfter');
  const soon =
    days === undefined ||
    (typeof end === 'object' &&
      end !== null &&
      'at' in end &&
      typeof end.at === 'number' &&
      end.at <= (context.now ?? 0) + Number(days) * DAY);
  const usages = textOf(properties.get('EnhancedKeyUsageList') ?? '');
  const isServer = parameters.get('sslserverauthentication') !== true || /5\.5\.7\.3\.1\)/.test(usages);
  const isCode = parameters.get('codesigningcert') !== true || /5\.5\.7\.3\.3\)/.test(usages);
  const names = textOf(properties.get('DnsNameList') ?? '').toLowerCase();
  const isNamed =
    parameters.get('dnsname') === undefined ||
    names.includes(textOf(parameters.get('dnsname')!).replace(/^\*/, '').toLowerCase());
  return soon && isServer && isCode && isNamed;
}
