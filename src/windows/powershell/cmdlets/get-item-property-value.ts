import { registryValue } from '../../registry/registry.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { keyCall, noProperty } from '../item-property.ts';
import { dataValue } from '../objects.ts';

/** `Get-ItemPropertyValue HKLM:\… -Name N`. */
const getItemPropertyValue: Cmdlet = {
  name: 'Get-ItemPropertyValue',
  aliases: ['gpv'],
  positional: ['path', 'name'],
  parameters: ['literalpath'],
  run(call) {
    const at = keyCall(call);
    return at.names.map((name) => {
      const value = registryValue(at.key, name);
      if (!value) throw noProperty(at, name);
      return dataValue(value.data);
    });
  },
};
export default getItemPropertyValue;
