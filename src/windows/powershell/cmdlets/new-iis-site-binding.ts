import { parseInformation } from '../../iis/access.ts';
import { sameSiteBinding, withSiteBinding } from '../../iis/change-sites.ts';
import microsoftWebAdministration from '../../rebinders/microsoft-web-administration.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { bindCertificate, flagsOf, siteNamed, storeOfLocation } from '../site-bindings.ts';
import { PsError, textOf } from '../values.ts';

/** `New-IISSiteBinding -Name SITE -BindingInformation I -Protocol https -CertificateThumbPrint H -CertStoreLocation S -SslFlag F`. */
const newIisSiteBinding: Cmdlet = {
  name: 'New-IISSiteBinding',
  positional: [
    'name',
    'bindinginformation',
    'protocol',
    'certificatethumbprint',
    'sslflag',
    'certstorelocation',
  ],
  switches: ['force', 'passthru'],
  unverified: 'the texts of its errors',
  run({ parameters, world }) {
    const site = siteNamed(world.host, textOf(parameters.get('name') ?? ''));
    const information = textOf(parameters.get('bindinginformation') ?? '');
    if (!parseInformation(information))
      throw new PsError(`The binding information ${information} is not valid.`);
    const protocol = textOf(parameters.get('protocol') ?? 'http');
    const binding = { protocol, information, sslFlags: flagsOf(parameters.get('sslflag') ?? null) };
    if (site.bindings.some((one) => sameSiteBinding(one, binding)))
      throw new PsError('A binding with the same protocol and binding information is there already.');
    const before = world.host;
    world.host = withSiteBinding(world.host, site, binding);
    const hash = parameters.get('certificatethumbprint');
    if (hash === undefined) return [];
    const store = storeOfLocation(parameters.get('certstorelocation') ?? 'Cert:\\LocalMachine\\My');
    try {
      bindCertificate(binding, textOf(hash), store, microsoftWebAdministration, world);
    } catch (error) {
      // Nothing is committed when the certificate cannot be bound.
      world.host = before;
      throw error;
    }
    return [];
  },
};
export default newIisSiteBinding;
