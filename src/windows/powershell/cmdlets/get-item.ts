import { registryKey } from '../../registry/view.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { keyObject, storeObject } from '../objects.ts';
import { notFound, readPath } from '../paths.ts';
import { listOf, PsError, textOf } from '../values.ts';
import getChildItem from './get-child-item.ts';

/** `Get-Item`: a store, a certificate by its thumbprint, or a key. */
const getItem: Cmdlet = {
  name: 'Get-Item',
  aliases: ['gi'],
  positional: ['path'],
  parameters: ['literalpath'],
  switches: ['force'],
  run(call) {
    const { parameters, world } = call;
    return listOf(parameters.get('path') ?? parameters.get('literalpath') ?? null).flatMap((typed) => {
      const path = readPath(typed);
      if (path.is === 'store') return [storeObject(path.store)];
      if (path.is === 'certificate') {
        const found = getChildItem.run({ ...call, parameters: new Map([['path', typed]]) });
        if (found.length === 0) throw notFound(textOf(typed));
        return found;
      }
      if (path.is !== 'registry') throw new PsError('The lab gives stores, certificates and keys here.');
      const key = registryKey(world.host, path.path);
      if (!key) throw notFound(textOf(typed));
      return [keyObject(key)];
    });
  },
};
export default getItem;
