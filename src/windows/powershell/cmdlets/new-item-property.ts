import { registryValue } from '../../registry/registry.ts';
import { registryKey } from '../../registry/view.ts';
import { setRegistryValue } from '../../registry/write.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { dataFor, evidence, keyCall } from '../item-property.ts';
import { keyObject } from '../objects.ts';
import { PsError } from '../values.ts';

/** `New-ItemProperty HKLM:\… -Name N -Value V [-PropertyType DWORD] [-Force]`: shows what it made. */
const newItemProperty: Cmdlet = {
  name: 'New-ItemProperty',
  positional: ['path', 'name'],
  parameters: ['literalpath', 'value', 'propertytype', 'type'],
  switches: ['force'],
  run(call) {
    const { parameters, world } = call;
    const at = keyCall(call);
    const [name = ''] = at.names;
    if (registryValue(at.key, name) && parameters.get('force') !== true)
      throw new PsError('The property already exists.', 'System.IO.IOException');
    const type = parameters.get('propertytype') ?? parameters.get('type') ?? null;
    const data = dataFor(
      { ...at, key: { ...at.key, values: [] } },
      name,
      parameters.get('value') ?? null,
      type,
    );
    world.host = setRegistryValue(world.host, at.path, { name, data }, evidence('New-ItemProperty', at));
    return [keyObject(registryKey(world.host, at.path)!, [name])];
  },
};
export default newItemProperty;
