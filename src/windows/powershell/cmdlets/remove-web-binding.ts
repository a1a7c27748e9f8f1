import { withoutSiteBinding } from '../../iis/change-sites.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { bindingsOf, ofObject, siteNamed } from '../site-bindings.ts';
import { PsError } from '../values.ts';
import { webFilter } from './get-web-binding.ts';

/** `Remove-WebBinding -Name SITE -BindingInformation I`, or what comes through the pipeline. */
const removeWebBinding: Cmdlet = {
  name: 'Remove-WebBinding',
  positional: ['name', 'protocol', 'port', 'ipaddress', 'hostheader'],
  parameters: ['bindinginformation'],
  unverified: 'that the record of http.sys stays behind',
  run(call) {
    const { world, input, isPiped } = call;
    const found = isPiped
      ? input.flatMap((one) => ofObject(world.host, one))
      : bindingsOf(world.host, webFilter(call));
    if (found.length === 0) throw new PsError('There is no such binding.');
    for (const { site, binding } of found)
      world.host = withoutSiteBinding(world.host, siteNamed(world.host, site.name), binding);
    return [];
  },
};
export default removeWebBinding;
