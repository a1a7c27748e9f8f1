import { answerOf } from '../base/known.ts';
import type { Host } from '../windows/host.ts';
import type { SslBinding } from '../windows/http-sys/binding.ts';
import { rebind } from '../windows/rebinders/rebind.ts';
import type { Rebinder } from '../windows/rebinders/rebinder.ts';
import { addToStore } from './base-host.ts';
import type { Issued } from './issue.ts';

/** Binds a renewed server certificate to every record of IIS's own, the way that `rebinder` does it. */
export function bindRenewed(host: Host, renewed: Issued, rebinder: Rebinder): Host {
  const values = { certhash: renewed.thumbprint, certstorename: 'My' };
  return answerOf(host.bindings)
    .filter(hasOwnCertificate)
    .reduce((all, { key }) => rebind(all, rebinder, key, values), addToStore(host, 'My', renewed));
}

/** Records of the central store have no certificate of their own (domain 1.1). */
function hasOwnCertificate({ fields }: SslBinding): boolean {
  return fields.certhash?.is === 'known' && fields.certhash.value !== undefined;
}
