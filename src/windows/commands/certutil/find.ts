import { printName } from '../../../wire/x509/name.ts';
import type { StoredCertificate } from '../../host.ts';

/** The certificates that a CertId names: number, thumbprint, serial number, or part of a subject; `*` for all. */
export function findCertificates(
  held: readonly StoredCertificate[],
  id: string | undefined,
): readonly { readonly number: number; readonly one: StoredCertificate }[] {
  const numbered = held.map((one, number) => ({ number, one }));
  if (id === undefined || id === '*') return numbered;
  const hex = id.replace(/\s/g, '').toLowerCase();
  const byHash = numbered.filter(({ one }) => one.thumbprint.toLowerCase() === hex);
  if (byHash.length > 0) return byHash;
  const bySerial = numbered.filter(({ one }) => plainSerial(one.certificate.serial) === plainSerial(hex));
  if (bySerial.length > 0) return bySerial;
  if (/^\d{1,5}$/.test(id)) return numbered.filter(({ number }) => number === Number(id));
  const wanted = id.toLowerCase();
  return numbered.filter(({ one }) => printName(one.certificate.subject).toLowerCase().includes(wanted));
}

/** Without the zeros that keep an integer positive. */
const plainSerial = (hex: string): string => hex.replace(/^0+/, '');
