import type { Certificate } from '../../wire/x509/certificate.ts';
import { children, expect, oidText, readElement, stringText, TAG } from '../../wire/x509/der.ts';
import { extension, oidName, oidsIn, some } from '../facts.ts';
import { type CredentialCheck, remark } from '../remark.ts';

const POLICIES = '2.5.29.32';
/** Certificate templates of Active Directory: by name (version 1) and by OID (version 2); MS-WCCE 2.2.2.7.7. */
const TEMPLATE_NAME = '1.3.6.1.4.1.311.20.2';
const TEMPLATE = '1.3.6.1.4.1.311.21.7';

/** Under which policies it was issued: some servers ask for one (GeneralName, eIDAS, smart-card mapping). */
export const policies: CredentialCheck = ({ leaf }) => {
  const listed = oidsIn(extension(leaf, POLICIES) ?? new Uint8Array(0));
  const template = templateOf(leaf);
  return [
    ...(listed.length > 0
      ? [remark('note', 'policies', { policies: some(listed.map(oidName), 6) }, 'RFC 5280 4.2.1.4')]
      : []),
    ...(template ? [remark('note', 'template', { template }, 'MS-WCCE 2.2.2.7.7')] : []),
  ];
};

function templateOf(leaf: Certificate): string | null {
  const [named, numbered] = [extension(leaf, TEMPLATE_NAME), extension(leaf, TEMPLATE)];
  try {
    if (named) return stringText(readElement(named));
    const [oid] = numbered ? children(expect(numbered, TAG.sequence, 'template').contents) : [];
    return oid?.tag === TAG.oid ? oidText(oid.contents) : null;
  } catch {
    return null;
  }
}
