import type { Message } from '../../base/message.ts';
import { latin1Text } from '../../base/text.ts';
import type { Certificate } from '../../wire/x509/certificate.ts';
import { type Attribute, type Name, sameName } from '../../wire/x509/name.ts';
import type { ListedName } from './read-list.ts';

/**
 * By certificates at hand with that subject: self-signed, issued by another CA, both (a root that is cross-signed
 * as well), or none at hand.
 */
export type Kind = 'root' | 'issuing' | 'both' | 'unknown';

export function kindsOf(listed: readonly Name[], known: readonly Certificate[]): ListedName[] {
  const kinds = new Map<string, Kind>();
  for (const { subject, issuer } of known) {
    const key = latin1Text(subject.der);
    const kind = sameName(subject, issuer) ? 'root' : 'issuing';
    const before = kinds.get(key);
    kinds.set(key, before === undefined || before === kind ? kind : 'both');
  }
  return listed.map((name) => ({
    name,
    kind: kinds.get(latin1Text(name.der)) ?? 'unknown',
    hint: hintOf(name),
  }));
}

/** What the common name calls itself. Anybody may call a CA anything. */
function hintOf({ rdns }: Name): ListedName['hint'] {
  if (rdns.some((rdn) => rdn.some((one) => isCalled(one, /\b(root|wurzel)/i)))) return 'root';
  const issuing = /\b(issuing|intermediate|sub(ordinate)?[ -]?ca)\b/i;
  return rdns.some((rdn) => rdn.some((one) => isCalled(one, issuing))) ? 'issuing' : null;
}

const isCalled = ({ type, value }: Attribute, what: RegExp): boolean =>
  type === '2.5.4.3' && what.test(value);

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
