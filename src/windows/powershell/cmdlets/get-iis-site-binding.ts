import type { Cmdlet } from '../cmdlet.ts';
import { bindingObject, bindingsOf, flagNames, siteNamed } from '../site-bindings.ts';
import { textOf } from '../values.ts';

/** `Get-IISSiteBinding -Name SITE [-BindingInformation I] [-Protocol P]`. */
const getIisSiteBinding: Cmdlet = {
  name: 'Get-IISSiteBinding',
  positional: ['name', 'bindinginformation', 'protocol'],
  unverified: 'the layout of its table',
  run({ parameters, world }) {
    const text = (name: string) => (parameters.has(name) ? textOf(parameters.get(name)!) : undefined);
    const { name } = siteNamed(world.host, text('name') ?? '');
    const filter = { name, information: text('bindinginformation'), protocol: text('protocol') };
    return bindingsOf(world.host, filter).map((one) =>
      bindingObject(one, world, flagNames(one.binding.sslFlags)),
    );
  },
};
export default getIisSiteBinding;
