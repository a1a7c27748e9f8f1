import { equalBytes } from '../base/bytes.ts';
import type { CertificateRequest } from '../wire/tls/handshake/certificate-request.ts';
import type { Certificate } from '../wire/x509/certificate.ts';
import type { Name } from '../wire/x509/name.ts';

/**
 * What peers send grows in memory: a name of three bytes becomes some objects, and one of 64 KiB thousands. Whoever
 * keeps what several connections brought counts by this, not by bytes on the wire.
 */

/** Of one name and what is later said of it, and of one attribute in it; measured in V8 with lists of 64 KiB. */
const NAME_BYTES = 500;
const ATTRIBUTE_BYTES = 300;

/** About how many bytes these names hold once read. */
export function weightOfNames(names: readonly Name[]): number {
  let weight = 0;
  for (const { der, rdns } of names) {
    weight += NAME_BYTES + der.length;
    for (const rdn of rdns) weight += ATTRIBUTE_BYTES * rdn.length;
  }
  return weight;
}

export function weightOfChain(chain: readonly Certificate[]): number {
  const names = chain.flatMap(({ subject, issuer }) => [subject, issuer]);
  return weightOfNames(names) + chain.reduce((sum, { der }) => sum + 4 * der.length, 0);
}

/** Byte for byte the same names in the same order. */
export const sameNames = (a: readonly Name[], b: readonly Name[]): boolean =>
  a === b || (a.length === b.length && a.every((name, i) => equalBytes(name.der, b[i]!.der)));

export const sameChain = (a: readonly Certificate[], b: readonly Certificate[]): boolean =>
  a === b || (a.length === b.length && a.every(({ der }, i) => equalBytes(der, b[i]!.der)));

/** The request with `authorities` in place of its own, which are the same. */
export const withNames = (request: CertificateRequest, authorities: readonly Name[]): CertificateRequest =>
  request.authorities === authorities ? request : { ...request, authorities };
