import { Unanswered } from '../../../base/known.ts';
import { addRegistryKey } from '../../registry/write.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { readPath } from '../paths.ts';
import { object, PsError, textOf } from '../values.ts';

/** `New-Item HKLM:\…\Name [-Force]`: a key of the registry. */
const newItem: Cmdlet = {
  name: 'New-Item',
  aliases: ['ni'],
  positional: ['path'],
  parameters: ['name', 'itemtype', 'value'],
  switches: ['force'],
  run({ parameters, world }) {
    const name = textOf(parameters.get('name') ?? '');
    const typed = textOf(parameters.get('path') ?? '') + (name === '' ? '' : `\\${name}`);
    const path = readPath(typed);
    if (path.is !== 'registry') throw new Unanswered(`what New-Item makes at ${typed}: the lab makes keys`);
    if (world.host.registry?.has(path.path.toLowerCase()) && parameters.get('force') !== true)
      throw new PsError('A key in this path already exists.', 'System.IO.IOException');
    world.host = addRegistryKey(world.host, path.path);
    return [object('list', { Name: path.path.slice(path.path.lastIndexOf('\\') + 1), Property: [] })];
  },
};
export default newItem;
