import { withoutSiteBinding } from '../../iis/change-sites.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { bindingsOf, removeCertificate, siteNamed } from '../site-bindings.ts';
import { PsError, textOf } from '../values.ts';

/** `Remove-IISSiteBinding -Name SITE -BindingInformation I [-Protocol P] [-RemoveConfigOnly]`: its record too. */
const removeIisSiteBinding: Cmdlet = {
  name: 'Remove-IISSiteBinding',
  positional: ['name', 'bindinginformation', 'protocol'],
  switches: ['removeconfigonly', 'force'],
  unverified: 'that it asks before it removes, unless -Confirm:$false is given, is left out',
  run({ parameters, world }) {
    const { name } = siteNamed(world.host, textOf(parameters.get('name') ?? ''));
    const information = textOf(parameters.get('bindinginformation') ?? '');
    const protocol = parameters.has('protocol') ? textOf(parameters.get('protocol')!) : undefined;
    const found = bindingsOf(world.host, { name, information, protocol });
    if (found.length === 0) throw new PsError(`There is no binding ${information}.`);
    for (const { binding } of found) {
      if (parameters.get('removeconfigonly') !== true) removeCertificate(binding, world);
      world.host = withoutSiteBinding(world.host, siteNamed(world.host, name), binding);
    }
    return [];
  },
};
export default removeIisSiteBinding;
