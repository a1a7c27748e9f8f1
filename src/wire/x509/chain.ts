import { equalBytes } from '../../base/bytes.ts';
import type { Certificate } from './certificate.ts';
import { sameName } from './name.ts';

/** No client walks further; it also bounds a pool made to loop. */
const LONGEST_CHAIN = 20;

/**
 * The issuers of `leaf` found in `pool`, nearest first, the leaf left out. Goes by name, byte for byte, and
 * where several bear the name by key identifier. Ends with a self-issued certificate, or where the pool has none.
 */
export function walkIssuers(leaf: Certificate, pool: readonly Certificate[]): Certificate[] {
  const chain: Certificate[] = [];
  let last = leaf;
  while (chain.length < LONGEST_CHAIN && !sameName(last.issuer, last.subject)) {
    const next = issuerOf(last, pool);
    if (!next || equalBytes(next.der, leaf.der) || chain.includes(next)) break;
    chain.push(next);
    last = next;
  }
  return chain;
}

function issuerOf(certificate: Certificate, pool: readonly Certificate[]): Certificate | undefined {
  const named = pool.filter((one) => sameName(one.subject, certificate.issuer));
  const keyed = named.find(
    (one) => one.subjectKeyId !== undefined && one.subjectKeyId === certificate.authorityKeyId,
  );
  return keyed ?? named[0];
}
