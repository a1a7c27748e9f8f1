import { equalBytes } from '../../base/bytes.ts';
import type { Certificate } from '../../wire/x509/certificate.ts';
import { sameName } from '../../wire/x509/name.ts';

/** Bounds for pools that were made to loop or to branch. */
const LONGEST_CHAIN = 20;
const MOST_CHAINS = 50;

/** Issuer and subject are the same bytes; the signature is not looked at. */
export function isSelfSigned(certificate: Certificate): boolean {
  return sameName(certificate.issuer, certificate.subject);
}

function sameCertificate(a: Certificate, b: Certificate): boolean {
  return equalBytes(a.der, b.der);
}

export function holds(pool: readonly Certificate[], certificate: Certificate): boolean {
  return pool.some((one) => sameCertificate(one, certificate));
}

/**
 * Every chain from `leaf` (included) upwards through the pool: to a self-signed certificate, or to one whose
 * issuer the pool lacks. More than one where a CA was renewed or cross-signed. No signature is verified here.
 */
export function chainsOf(leaf: Certificate, pool: readonly Certificate[]): Certificate[][] {
  const distinct = pool.filter((one, i) => pool.findIndex((other) => sameCertificate(other, one)) === i);
  const chains: Certificate[][] = [];
  const climb = (chain: Certificate[]): void => {
    if (chains.length >= MOST_CHAINS) return;
    const last = chain.at(-1)!;
    const full = chain.length >= LONGEST_CHAIN || isSelfSigned(last);
    const issuers = full ? [] : distinct.filter((one) => mayHaveIssued(one, last) && !holds(chain, one));
    if (issuers.length === 0) chains.push(chain);
    for (const issuer of issuers) climb([...chain, issuer]);
  };
  climb([leaf]);
  return chains;
}

/** By name, byte for byte, and by key identifier where both sides tell one. */
function mayHaveIssued(issuer: Certificate, certificate: Certificate): boolean {
  if (!sameName(issuer.subject, certificate.issuer)) return false;
  const { authorityKeyId } = certificate;
  return !authorityKeyId || !issuer.subjectKeyId || authorityKeyId === issuer.subjectKeyId;
}
