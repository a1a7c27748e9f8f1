import type { Cmdlet, CmdletCall } from '../cmdlet.ts';
import { type BindingFilter, bindingObject, bindingsOf } from '../site-bindings.ts';
import { textOf } from '../values.ts';

/** `Get-WebBinding [-Name SITE] [-Protocol P] [-Port N] [-HostHeader H] [-IPAddress A]` (domain 10.2). */
const getWebBinding: Cmdlet = {
  name: 'Get-WebBinding',
  positional: ['name', 'protocol'],
  parameters: ['port', 'hostheader', 'ipaddress'],
  unverified: 'the layout of its table',
  run(call) {
    return bindingsOf(call.world.host, webFilter(call)).map((one) => bindingObject(one, call.world));
  },
};
export default getWebBinding;

export function webFilter({ parameters }: CmdletCall): BindingFilter {
  const text = (name: string) => (parameters.has(name) ? textOf(parameters.get(name)!) : undefined);
  return {
    name: text('name'),
    protocol: text('protocol'),
    port: text('port'),
    hostHeader: text('hostheader'),
    address: text('ipaddress'),
    information: text('bindinginformation'),
  };
}
