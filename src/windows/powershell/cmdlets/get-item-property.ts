import { registryValue } from '../../registry/registry.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { keyCall, noProperty } from '../item-property.ts';
import { keyObject } from '../objects.ts';

/** `Get-ItemProperty HKLM:\… [-Name N]`. */
const getItemProperty: Cmdlet = {
  name: 'Get-ItemProperty',
  aliases: ['gp'],
  positional: ['path', 'name'],
  parameters: ['literalpath'],
  run(call) {
    const at = keyCall(call);
    for (const name of at.names) if (!registryValue(at.key, name)) throw noProperty(at, name);
    return [keyObject(at.key, at.names.length > 0 ? at.names : undefined)];
  },
};
export default getItemProperty;
