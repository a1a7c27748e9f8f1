import { Malformed, toHex } from '../../base/bytes.ts';
import type { Locus } from '../../base/locus.ts';
import { regBinary } from '../../windows/registry/reg-data.ts';
import { certificateInBlob } from '../../wire/identity/serialized-store.ts';
import { type Certificate, parseCertificate } from '../../wire/x509/certificate.ts';
import { printName } from '../../wire/x509/name.ts';
import type { ReadContext } from '../reader.ts';
import { type Area, locusOf, valueIn } from './section.ts';

/**
 * Certificates of the machine's stores. One physical place of several (Group Policy and the enterprise have their
 * own, Root adds AuthRoot; domain 8.2), so that no store is ever claimed whole from here.
 */
export const systemCertificates: Area = {
  path: /^SOFTWARE\\(?:Policies\\)?Microsoft\\(?:System|Enterprise)Certificates\\([^\\]+)\\Certificates\\([0-9a-f]{40})$/i,
  read(section, [, store = '', name = ''], context) {
    const value = valueIn(section, 'Blob');
    const at = locusOf(context, value ?? section.key);
    const note = (message: string) => context.note({ at, message });
    const blob = value ? regBinary(value.data) : null;
    if (!blob) return note(`the certificate ${name} of store ${store} has no readable blob: export it again`);
    try {
      const certificate = parseCertificate(certificateInBlob(blob));
      const thumbprint = toHex(context.digest.digest('sha1', certificate.der));
      if (thumbprint !== name.toLowerCase()) note(`key ${name} holds the certificate ${thumbprint}`);
      context.claim({ says: 'store-certificate', store, thumbprint, certificate, at });
      if (BY_POLICY.test(section.key.path)) claimByPolicy(store, thumbprint, certificate, at, context);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      note(`the certificate ${name} of store ${store} could not be read: ${error.message}`);
    }
  },
};

const BY_POLICY = /\\Policies\\Microsoft\\SystemCertificates\\/i;

/** What Group Policy put there comes back after it was deleted (domain 8.2). */
function claimByPolicy(
  store: string,
  thumbprint: string,
  certificate: Certificate,
  at: Locus,
  context: ReadContext,
): void {
  const [subject, issuer] = [printName(certificate.subject), printName(certificate.issuer)];
  const listed = { thumbprint, subject, issuer, root: subject === issuer, at };
  context.claim({
    says: 'store-listing',
    store,
    of: 'group-policy',
    whole: false,
    certificates: [listed],
    at,
  });
}
