import { registryValue } from '../../registry/registry.ts';
import { removeRegistryValue } from '../../registry/write.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { evidence, keyCall, noProperty } from '../item-property.ts';

/** `Remove-ItemProperty HKLM:\… -Name N`. */
const removeItemProperty: Cmdlet = {
  name: 'Remove-ItemProperty',
  aliases: ['rp'],
  positional: ['path', 'name'],
  parameters: ['literalpath'],
  switches: ['force'],
  run(call) {
    const at = keyCall(call);
    for (const name of at.names) {
      if (!registryValue(at.key, name)) throw noProperty(at, name);
      call.world.host = removeRegistryValue(
        call.world.host,
        at.path,
        name,
        evidence('Remove-ItemProperty', at),
      );
    }
    return [];
  },
};
export default removeItemProperty;
