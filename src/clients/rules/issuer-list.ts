import { printName, sameName } from '../../wire/x509/name.ts';
import type { Confidence } from '../model.ts';
import type { Check, Pass, Question, Stop } from './family.ts';
import { type IssuerMatch, type IssuerScope, matchIssuers } from './issuers.ts';
import { difference } from './names.ts';
import { count, quote } from './words.ts';

/** Checks of certificate_authorities (RFC 5246 7.4.4, RFC 8446 4.2.4). */

export interface IssuerRule extends IssuerScope {
  /** Where the issuing CA must lie for this client: 'the key store entry'. */
  readonly place: string;
  /** What follows from a store of which nothing is known: what the file holds decides, or nobody can tell. */
  readonly unknownStore?: 'file decides' | 'unknown';
  /** Confidence of a match, or mismatch, that hangs on the comparison of unequal bytes. */
  readonly alikeConfidence?: Confidence;
}

/** The list, when it is not empty, must name an issuer that the client finds above the leaf. */
export function issuerListed(rule: IssuerRule): Check {
  return (question) => {
    const { request, identity, at } = question;
    if (request.authorities.length === 0) return anyIssuer(question);
    const { reachable } = identity;
    const stores = reachable.is === 'known' ? reachable.value : [];
    const match = matchIssuers(identity, request.authorities, rule, stores, at);
    if (match.found) return listed(match, question, rule);
    if (match.alike && rule.comparison === 'der') return spelledOtherwise(match.alike, question, rule);
    const storeCounts = rule.parents === 'store' || rule.parents === 'system-store';
    if (rule.unknownStore === 'unknown' && storeCounts && reachable.is !== 'known' && match.missing) {
      return dependsOnStore(match, question, rule);
    }
    return notListed(match, question, rule);
  };
}

/** The family never looks at the list. */
export const ignoresList: Check = ({ request, identity, family }) => {
  const issuer = identity.leaf.issuer;
  const named = request.authorities.some((one) => printName(one) === printName(issuer));
  const rest =
    request.authorities.length === 0 || named
      ? ''
      : `, although ${quote(issuer)} is not on it; the server decides`;
  return {
    is: 'pass',
    rule: 'ignores-list',
    because: `${family.name} sends it whatever the list says${rest}.`,
  };
};

function anyIssuer({ identity, family }: Question): Pass {
  const issuer = quote(identity.leaf.issuer);
  return {
    is: 'pass',
    rule: 'empty-list',
    because: `The server names no issuers, so any will do for ${family.name}, ${issuer} too.`,
  };
}

function listed(match: IssuerMatch, { identity, request, family }: Question, rule: IssuerRule): Pass {
  const { name, on, as } = match.found!;
  const said = quote(name);
  const because =
    on === identity.leaf
      ? as === 'issuer'
        ? `The list names ${said}, which issued the certificate.`
        : `The list names ${said}, the certificate's own subject, and ${family.name} takes that for a match.`
      : as === 'issuer'
        ? `The list names ${said}, and ${family.name} finds the way there over ${quote(on.subject)}.`
        : `The list names ${said}, which ${family.name} finds in the chain.`;
  const exact = request.authorities.some((one) => sameName(one, name));
  const confidence = exact ? undefined : rule.alikeConfidence;
  return { is: 'pass', rule: 'issuer-listed', because, ...(confidence ? { confidence } : {}) };
}

function spelledOtherwise(
  { listed: there, name }: NonNullable<IssuerMatch['alike']>,
  { family }: Question,
  rule: IssuerRule,
): Stop {
  const unsure = rule.alikeConfidence === 'unverified';
  const compares = unsure ? 'is documented to compare' : 'compares';
  return {
    is: 'stop',
    offer: unsure ? 'unknown' : 'withheld',
    rule: 'issuer-encoding',
    because: `The list names ${quote(name)}, but ${difference(there, name)}, and ${family.name} ${compares} names byte for byte.`,
    wouldChange: [
      `list the CA certificate whose subject is encoded as the issuer in the client's certificate`,
    ],
    ...(rule.alikeConfidence ? { confidence: rule.alikeConfidence } : {}),
  };
}

function dependsOnStore({ missing }: IssuerMatch, { family, identity }: Question, rule: IssuerRule): Stop {
  const name = quote(missing!);
  return {
    is: 'stop',
    offer: 'unknown',
    rule: 'depends-on-store',
    because: `The list does not name ${quote(identity.leaf.issuer)}, so it depends on whether ${family.name} finds ${name} in ${rule.place} and a listed CA above it.`,
    wouldChange: [
      `put ${name} into ${rule.place}, if a listed CA issued it`,
      listOnServer(identity.leaf.issuer),
    ],
  };
}

function notListed(match: IssuerMatch, question: Question, rule: IssuerRule): Stop {
  const { request, identity } = question;
  const issuer = quote(identity.leaf.issuer);
  const names = count(request.authorities.length, 'listed issuer');
  const among =
    request.authorities.length === 1
      ? `The one listed issuer is not ${issuer}`
      : `None of the ${names} is ${issuer}`;
  return {
    is: 'stop',
    offer: 'withheld',
    rule: 'issuer-not-listed',
    because: `${among}, ${whatIsKnown(match, question, rule)}.`,
    wouldChange: [...wayUp(match, question, rule), listOnServer(identity.leaf.issuer)],
  };
}

function whatIsKnown(match: IssuerMatch, { identity, family }: Question, rule: IssuerRule): string {
  if (!match.missing) return `which issued the certificate, nor any CA above it`;
  const direct = match.missing === identity.leaf.issuer;
  return direct
    ? `which issued the certificate, and without that CA's certificate in ${rule.place} ${family.name} cannot look further up`
    : `which issued the certificate, nor a CA above it as far as ${family.name} can see, which is up to ${quote(match.missing)}`;
}

/** Puts the missing CA where the client looks: surely, when a known store has it and it leads to a listed name. */
function wayUp(match: IssuerMatch, question: Question, rule: IssuerRule): string[] {
  const { missing } = match;
  if (!missing) return [];
  const { identity, request, at } = question;
  const which = missing === identity.leaf.issuer ? 'issuing CA' : 'CA certificate';
  const put = `put the ${which} ${quote(missing)} into ${rule.place}`;
  if (identity.reachable.is !== 'known') return [`${put}, if a listed CA issued it`];
  const better = { ...identity, held: [...identity.held, ...identity.reachable.value] };
  const found = matchIssuers(better, request.authorities, { ...rule, parents: 'store' }, [], at).found;
  return found ? [`${put}: it leads to ${quote(found.name)}, which is listed`] : [];
}

const listOnServer = (issuer: Parameters<typeof quote>[0]): string => `list ${quote(issuer)} on the server`;
