import { equalBytes } from '../../base/bytes.ts';
import type { Message } from '../../base/message.ts';
import { stringTypeName } from '../../wire/x509/der.ts';
import { canonicalName, type Name, printName } from '../../wire/x509/name.ts';

/** When a client family holds two names equal (clients/README, "Issuer-name comparison, exactly"). */
export type Comparison = 'der' | 'java' | 'openssl' | 'text';

/** A key of a name: equal keys are equal names under the comparison. */
export function sameNames(comparison: Comparison, a: Name, b: Name): boolean {
  if (equalBytes(a.der, b.der)) return true;
  if (comparison === 'der' || a.broken || b.broken) return false;
  if (comparison === 'text') return printName(a) === printName(b);
  return canonicalName(a, comparison) === canonicalName(b, comparison);
}

/** A listed name that a reader would take for `name` but whose bytes differ. */
export function lookAlike(name: Name, listed: readonly Name[]): Name | undefined {
  return listed.find((one) => !equalBytes(one.der, name.der) && sameNames('openssl', one, name));
}

/** How two look-alikes differ, as facts: in the string type, letter case, blanks, or order of their parts. */
export function difference(listed: Name, inCertificate: Name): Message['facts'] {
  const theirs = listed.rdns.flat();
  const ours = inCertificate.rdns.flat();
  const at = ours.findIndex((one, i) => theirs[i] && !equalBytes(one.der, theirs[i].der));
  const [there, here] = [theirs[at], ours[at]];
  if (!there || !here) return { how: 'order' };
  if (there.tag !== here.tag)
    return { how: 'type', there: stringTypeName(there.tag), here: stringTypeName(here.tag) };
  const onlyCase = there.value.toLowerCase() === here.value.toLowerCase();
  return { how: onlyCase ? 'case' : 'blanks' };
}
