import { equalBytes } from '../../base/bytes.ts';
import type { Message } from '../../base/message.ts';
import { lookAlike } from '../../clients/rules/names.ts';
import type { Certificate } from '../../wire/x509/certificate.ts';
import { walkIssuers } from '../../wire/x509/chain.ts';
import { stringTypeName } from '../../wire/x509/der.ts';
import { type Attribute, type Name, printName, sameName } from '../../wire/x509/name.ts';

/** Where the certificate's issuers stand in the list, and names that only look like them. */
export function leafRemarks(
  listed: readonly Name[],
  leaf: Certificate,
  known: readonly Certificate[],
): Message[] {
  if (listed.length === 0) return [];
  const above = walkIssuers(leaf, known).map(({ issuer }) => issuer);
  const issuers = [leaf.issuer, ...above].filter(
    (name, i, all) => all.findIndex((one) => sameName(one, name)) === i,
  );
  return [placeOf(listed, issuers), ...issuers.flatMap((name) => twinOf(listed, name))];
}

function placeOf(listed: readonly Name[], [issuer, ...above]: readonly Name[]): Message {
  const isListed = (name: Name) => listed.some((one) => sameName(one, name));
  if (isListed(issuer!)) return { id: 'list-has-issuer', facts: { issuer: printName(issuer!) } };
  const higher = above.find(isListed);
  return higher
    ? { id: 'list-has-ca-above', facts: { issuer: printName(issuer!), above: printName(higher) } }
    : { id: 'list-lacks-issuer', facts: { issuer: printName(issuer!) } };
}

/** The first listed name that a reader takes for the issuer and a comparison of bytes does not. */
function twinOf(listed: readonly Name[], name: Name): Message[] {
  if (listed.some((one) => sameName(one, name))) return [];
  const twin = lookAlike(name, listed);
  if (!twin) return [];
  const [there, here] = differing(twin, name);
  return [
    {
      id: `list-twin-${differenceOf(there, here)}`,
      facts: { name: printName(name), there: spell(there), here: spell(here) },
    },
  ];
}

/** Attributes that are not the same bytes on both sides. */
function differing(twin: Name, name: Name): [there: Attribute[], here: Attribute[]] {
  const [theirs, ours] = [twin.rdns.flat(), name.rdns.flat()];
  const differs = (one: Attribute, other: Attribute | undefined) => !other || !equalBytes(one.der, other.der);
  return [theirs.filter((one, i) => differs(one, ours[i])), ours.filter((one, i) => differs(one, theirs[i]))];
}

function differenceOf(
  there: readonly Attribute[],
  here: readonly Attribute[],
): 'type' | 'case' | 'blanks' | 'order' {
  const pairs = here.map((one, i) => [one, there[i]] as const);
  if (pairs.length === 0 || pairs.some(([one, other]) => other?.type !== one.type)) return 'order';
  if (pairs.some(([one, other]) => one.tag !== other!.tag)) return 'type';
  return pairs.every(([one, other]) => one.value.toLowerCase() === other!.value.toLowerCase())
    ? 'case'
    : 'blanks';
}

/** '«Example  CA» (UTF8String), «DE» (PrintableString)'. */
function spell(attributes: readonly Attribute[]): string {
  return attributes.map(({ tag, value }) => `«${value}» (${stringTypeName(tag)})`).join(', ');
}
