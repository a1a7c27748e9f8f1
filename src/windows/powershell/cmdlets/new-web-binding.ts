import { sameSiteBinding, withSiteBinding } from '../../iis/change-sites.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { information, siteNamed } from '../site-bindings.ts';
import { PsError, textOf } from '../values.ts';

/** `New-WebBinding -Name SITE -Protocol https -Port 443 -HostHeader H -SslFlags N`: the binding, no certificate. */
const newWebBinding: Cmdlet = {
  name: 'New-WebBinding',
  positional: ['name', 'protocol', 'port', 'ipaddress', 'hostheader'],
  parameters: ['sslflags'],
  switches: ['force'],
  unverified: 'the texts of its errors',
  run({ parameters, world }) {
    const site = siteNamed(world.host, textOf(parameters.get('name') ?? ''));
    const sslFlags = Number(parameters.get('sslflags') ?? 0);
    // The cmdlet takes 0 to 3 (domain 10.2).
    if (!Number.isInteger(sslFlags) || sslFlags < 0 || sslFlags > 3)
      throw new PsError(
        `Cannot validate argument on parameter 'SslFlags'. The ${sslFlags} argument is greater than the maximum allowed range of 3.`,
        'ParameterArgumentValidationError',
      );
    const binding = {
      protocol: textOf(parameters.get('protocol') ?? 'http'),
      information: information(
        parameters.get('ipaddress') ?? '*',
        parameters.get('port') ?? 80,
        parameters.get('hostheader') ?? '',
      ),
      sslFlags,
    };
    if (site.bindings.some((one) => sameSiteBinding(one, binding)))
      throw new PsError("Cannot add duplicate collection entry of type 'binding'.");
    world.host = withSiteBinding(world.host, site, binding);
    return [];
  },
};
export default newWebBinding;
