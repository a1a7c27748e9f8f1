import { X509Certificate } from 'node:crypto';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import type { Host } from '../windows/host.ts';
import { type Certificate, parseCertificate } from '../wire/x509/certificate.ts';
import { walkIssuers } from '../wire/x509/chain.ts';
import { sameName } from '../wire/x509/name.ts';
import { thumbprintOf } from './issue.ts';
import { isStandIn } from './tls-context.ts';

/** What the client sent, leaf first; empty when it sent nothing. Certificates that fit nowhere are not seen. */
export function clientChain(socket: TLSSocket): Certificate[] {
  const chain: Certificate[] = [];
  let next: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  // A self-signed certificate is its own issuer: that is where the objects end.
  for (let last: unknown; next?.raw && next !== last; last = next, next = next.issuerCertificate) {
    if (isStandIn(thumbprintOf(next.raw)) || chain.length === 20) break;
    chain.push(parseCertificate(next.raw));
  }
  return chain;
}

/** Whether every signature up the chain is by the key of an issuer that the client sent or the host holds. */
export function checkSignatures(chain: readonly Certificate[], host: Host): 'good' | 'bad' {
  const [leaf] = chain;
  if (!leaf) return 'good';
  const pool = [...chain.slice(1), ...storedIn(host)];
  const walked = [leaf, ...walkIssuers(leaf, pool)];
  const isSigned = (one: Certificate) => {
    const issuers = pool.filter((other) => sameName(other.subject, one.issuer));
    return issuers.length === 0 || issuers.some((issuer) => verifies(one, issuer));
  };
  return walked.every(isSigned) ? 'good' : 'bad';
}

function storedIn(host: Host): Certificate[] {
  return [...host.stores.values()].flatMap((store) =>
    store.is === 'known' ? store.value.map((one) => one.certificate) : [],
  );
}

/** Whether the certificate is signed by the key of the issuer. */
export function verifies(certificate: Certificate, issuer: Certificate): boolean {
  try {
    return new X509Certificate(certificate.der).verify(new X509Certificate(issuer.der).publicKey);
  } catch {
    return false;
  }
}
