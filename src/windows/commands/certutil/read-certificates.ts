import { Malformed, toHex } from '../../../base/bytes.ts';
import { latin1Text } from '../../../base/text.ts';
import { pemBlocks } from '../../../wire/identity/pem.ts';
import { certificatesInPkcs7 } from '../../../wire/identity/pkcs7.ts';
import { isSst, readSst } from '../../../wire/identity/serialized-store.ts';
import { parseCertificate, type Thumbprinted } from '../../../wire/x509/certificate.ts';
import type { CommandContext } from '../command.ts';

/** The certificates of a .cer, .crt, .pem, .p7b or .sst file in order; null when it holds none that can be read. */
export function readCertificates(bytes: Uint8Array, { digest }: CommandContext): Thumbprinted[] | null {
  try {
    const all = dersIn(bytes).map((der) => {
      const certificate = parseCertificate(der);
      const thumbprint = digest ? toHex(digest.digest('sha1', certificate.der)) : '';
      return { certificate, thumbprint };
    });
    return all.length > 0 ? all : null;
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

function dersIn(bytes: Uint8Array): Uint8Array[] {
  if (isSst(bytes)) return readSst(bytes).certificates.map(({ data }) => data);
  const blocks = pemBlocks(latin1Text(bytes));
  if (blocks.length > 0)
    return blocks.flatMap(({ label, der }) => {
      if (label === 'PKCS7') return certificatesInPkcs7(der);
      return /^(?:X509 |TRUSTED )?CERTIFICATE$/.test(label) ? derOrBag(der) : [];
    });
  return derOrBag(bytes);
}

/** certutil writes a bag under the label of a certificate too. */
function derOrBag(der: Uint8Array): Uint8Array[] {
  try {
    return certificatesInPkcs7(der);
  } catch (error) {
    if (error instanceof Malformed) return [der];
    throw error;
  }
}
