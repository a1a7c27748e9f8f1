import { toHex } from '../../base/bytes.ts';
import type { Message } from '../../base/message.ts';
import type { Certificate } from '../../wire/x509/certificate.ts';
import { type Name, sameName } from '../../wire/x509/name.ts';
import type { ListedName } from './read-list.ts';

/**
 * By certificates at hand with that subject: self-signed, issued by another CA, both (a root that is cross-signed
 * as well), or none at hand.
 */
export type Kind = 'root' | 'issuing' | 'both' | 'unknown';

export function kindsOf(listed: readonly Name[], known: readonly Certificate[]): ListedName[] {
  const kinds = new Map<string, Kind>();
  for (const { subject, issuer } of known) {
    const key = toHex(subject.der);
    const kind = sameName(subject, issuer) ? 'root' : 'issuing';
    const before = kinds.get(key);
    kinds.set(key, before === undefined || before === kind ? kind : 'both');
  }
  return listed.map((name) => ({
    name,
    kind: kinds.get(toHex(name.der)) ?? 'unknown',
    hint: hintOf(name),
  }));
}

/** What the common name calls itself. Anybody may call a CA anything. */
function hintOf(name: Name): ListedName['hint'] {
  const called = name.rdns
    .flat()
    .filter((one) => one.type === '2.5.4.3')
    .map((one) => one.value)
    .join(' ');
  if (/\b(root|wurzel)/i.test(called)) return 'root';
  return /\b(issuing|intermediate|sub(ordinate)?[ -]?ca)\b/i.test(called) ? 'issuing' : null;
}

export function kindRemarks(names: readonly ListedName[]): Message[] {
  const count = (kind: Kind) => names.filter((one) => one.kind === kind).length;
  const [roots, issuing, both, unknown] = [count('root'), count('issuing'), count('both'), count('unknown')];
  if (unknown === names.length) return [];
  const message: Message = {
    id: 'list-kinds',
    facts: { roots, issuing, unknown, ...(both ? { both } : {}) },
  };
  return roots === names.length ? [{ id: 'list-roots-only', facts: { count: roots } }] : [message];
}
