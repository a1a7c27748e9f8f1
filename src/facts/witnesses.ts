import type { Picture } from '../picture/picture.ts';
import { endpointOf } from '../windows/http-sys/key.ts';
import { spelledStore } from '../windows/stores/names.ts';
import { type Name, printName, sameName } from '../wire/x509/name.ts';
import { keyIn } from './endpoint.ts';
import { requestSeen, requestTo } from './handshakes.ts';
import { listPredicted, SURELY_WHOLE, sameNames, subjectsOf, without } from './issuers.ts';
import { ask, type Subject } from './question.ts';
import type { Contradiction, Witness } from './witness.ts';

/** The issuer list on the wire against the list that the model sends: tells which store feeds it. */
const listOnTheWire: Witness = {
  hypothesis: 'issuer-list-without-store',
  title: 'the issuer list on the wire',
  hasSeen,
  contradicts(subject: Subject): Contradiction | null {
    const seen = ask(subject, requestSeen);
    const predicted = ask(subject, listPredicted);
    if (seen.is !== 'known' || predicted.is !== 'known' || predicted.value === null) return null;
    const list = predicted.value;
    const wire = seen.value.authorities;
    const whole = [...list.names, ...subjectsOf(list.cut)];
    // Where exactly a long list is cut is not told alike everywhere: any beginning of it is the same store's.
    if (seen.value.authoritiesLength > SURELY_WHOLE && startsWith(whole, wire)) return null;
    const missing = without(list.names, wire);
    // Windows merges third-party roots into Root that an export seldom has: further names do not speak against Root.
    const foreign = list.source.store === 'root' ? [] : without(wire, list.names);
    if (missing.length === 0 && foreign.length === 0) return null;
    return {
      why: sayDifference(spelledStore(list.source.store), missing, foreign, wire),
      because: seen.because,
    };
  },
};

function hasSeen({ handshakes }: Picture): boolean {
  return handshakes.length > 0;
}

const startsWith = (whole: readonly Name[], start: readonly Name[]): boolean =>
  start.every((name, i) => whole[i] !== undefined && sameName(name, whole[i]));

function sayDifference(
  store: string,
  missing: readonly Name[],
  foreign: readonly Name[],
  wire: readonly Name[],
): string {
  if (wire.length === 0) return `the list on the wire is empty, not the contents of ${store}`;
  const lacks = missing.length > 0 ? `lacks ${printSome(missing)}` : '';
  const has = foreign.length > 0 ? `names ${printSome(foreign)}` : '';
  return `the list on the wire ${[has, lacks].filter(Boolean).join(' and ')}, unlike ${store}`;
}

function printSome(names: readonly Name[]): string {
  const shown = names.slice(0, 2).map((name) => `«${printName(name)}»`);
  return names.length > 2 ? `${shown.join(', ')} and ${names.length - 2} more` : shown.join(' and ');
}

/**
 * If a wildcard answered before SNI, a client would get the same list with the name of the record and without:
 * two lists that differ show that the name was looked at.
 */
const listsByName: Witness = {
  hypothesis: 'wildcard-before-sni',
  title: 'the issuer lists with SNI and without',
  hasSeen,
  contradicts(subject: Subject): Contradiction | null {
    const endpoint = endpointOf(keyIn(subject));
    const variant = subject.host.assume.variant('wildcard-before-sni');
    if (endpoint?.is !== 'host' || variant !== 'wildcard-first') return null;
    const [named, nameless] = [requestTo(subject, endpoint.host), requestTo(subject, null)];
    if (named.is !== 'known' || nameless.is !== 'known') return null;
    if (sameNames(named.value.authorities, nameless.value.authorities)) return null;
    return {
      why: `the port names other issuers to clients that send the name ${endpoint.host} than to those that send none`,
      because: [...named.because, ...nameless.because],
    };
  },
};

export const witnesses: readonly Witness[] = [listOnTheWire, listsByName];
