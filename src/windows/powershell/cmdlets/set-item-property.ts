import { setRegistryValue } from '../../registry/write.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { dataFor, evidence, keyCall } from '../item-property.ts';

/** `Set-ItemProperty HKLM:\… -Name N -Value V [-Type DWord]`: makes the value when it is not there. */
const setItemProperty: Cmdlet = {
  name: 'Set-ItemProperty',
  aliases: ['sp'],
  positional: ['path', 'name', 'value'],
  parameters: ['literalpath', 'type'],
  switches: ['force', 'passthru', 'whatif'],
  run(call) {
    const { parameters, world } = call;
    const at = keyCall(call);
    const [name = ''] = at.names;
    const data = dataFor(at, name, parameters.get('value') ?? null, parameters.get('type') ?? null);
    if (parameters.get('whatif') === true) return [];
    world.host = setRegistryValue(world.host, at.path, { name, data }, evidence('Set-ItemProperty', at));
    return [];
  },
};
export default setItemProperty;
