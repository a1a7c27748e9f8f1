import { latin1Text } from '../../base/text.ts';
import type { Certificate } from '../../wire/x509/certificate.ts';
import { children, expect, oidText, readElement, TAG } from '../../wire/x509/der.ts';
import { extension, some } from '../facts.ts';
import { type CredentialCheck, remark } from '../remark.ts';

/** How Active Directory would find the account of this certificate (KB5014754: strong mappings by SID). */
export const accountMapping: CredentialCheck = ({ leaf }) => {
  const sid = sidOf(leaf);
  const names = leaf.subjectAltNames.filter(({ kind }) => kind === 'upn').map(({ value }) => value);
  return [
    sid === null
      ? remark('note', 'sid-absent', {}, 'KB5014754')
      : remark('note', 'sid', { sid }, 'KB5014754'),
    names.length === 0
      ? remark('note', 'upn-absent', {}, 'MS-PKCA 3.1.5.2')
      : remark('note', 'upn', { upn: some(names) }, 'MS-PKCA 3.1.5.2'),
  ];
};

const SID_EXTENSION = '1.3.6.1.4.1.311.25.2';
const SID_OBJECT = '1.3.6.1.4.1.311.25.2.1';
/** The other place that counts as strong: a URI in the subject alternative names. */
const SID_URI = /^tag:microsoft\.com,2022-09-14:sid:(S-1-[\d-]+)$/i;

/** The account's security identifier, 'S-1-5-21-…'; null when the certificate has none. */
function sidOf(leaf: Certificate): string | null {
  const inExtension = readSid(extension(leaf, SID_EXTENSION));
  if (inExtension) return inExtension;
  for (const { kind, value } of leaf.subjectAltNames) {
    const found = kind === 'uri' && SID_URI.exec(value);
    if (found) return found[1]!;
  }
  return null;
}

/** MS-WCCE 2.2.2.7.7.4: GeneralNames with one otherName, [0] of the OID and [0] of an OCTET STRING with the text. */
function readSid(value: Uint8Array | undefined): string | null {
  if (!value) return null;
  try {
    for (const name of children(expect(value, TAG.sequence, 'SID').contents)) {
      const [type, wrapped] = name.tag === 0xa0 ? children(name.contents) : [];
      if (type?.tag !== TAG.oid || oidText(type.contents) !== SID_OBJECT || !wrapped) continue;
      return latin1Text(readElement(wrapped.contents).contents);
    }
  } catch {
    // An extension that cannot be read maps nothing, as for Windows.
  }
  return null;
}
