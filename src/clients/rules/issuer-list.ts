import type { CertificateRequest } from '../../wire/tls/handshake/certificate-request.ts';
import { type Name, printName, sameName } from '../../wire/x509/name.ts';
import type { Confidence } from '../model.ts';
import type { Check, Pass, Question, Stop } from './family.ts';
import { type IssuerMatch, type IssuerScope, matchIssuers } from './issuers.ts';
import { difference, sameNames } from './names.ts';
import { quote } from './words.ts';

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
    const undecided = rule.unknownStore === 'unknown' && reachable.is !== 'known' && match.missing;
    if (!undecided) return notListed(match, question, rule);
    // A chain that is known up to its root without a listed name is not rescued by any store.
    const all = matchAll(question, rule);
    return all.found || all.missing ? dependsOnStore(match, question, rule) : notListed(all, question, rule);
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
    because: `The server names no issuers, so ${family.name} takes any certificate, this one from ${issuer} too.`,
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
    wouldChange: ['list the CA certificate whose subject is encoded like the issuer of this certificate'],
    ...(rule.alikeConfidence ? { confidence: rule.alikeConfidence } : {}),
  };
}

function dependsOnStore(match: IssuerMatch, question: Question, rule: IssuerRule): Stop {
  const missing = quote(match.missing!);
  return {
    is: 'stop',
    offer: 'unknown',
    rule: 'depends-on-store',
    because: `${issuerNotAmong(question)}; it depends on whether ${question.family.name} finds ${missing} in ${rule.place} and a listed CA above it.`,
    wouldChange: remedies(match, question, rule),
  };
}

function notListed(match: IssuerMatch, question: Question, rule: IssuerRule): Stop {
  return {
    is: 'stop',
    offer: 'withheld',
    rule: 'issuer-not-listed',
    because: `${whyNotListed(match, question, rule)}.`,
    wouldChange: remedies(match, question, rule),
  };
}

function whyNotListed(match: IssuerMatch, question: Question, rule: IssuerRule): string {
  const { identity, request, family } = question;
  const { missing } = match;
  const { issuer, subject } = identity.leaf;
  if (missing && rule.subjects === 'parents' && isListed(missing, question, rule)) {
    return `The list names ${quote(missing)}, but ${family.name} counts only CAs that lie in ${rule.place}, and that one does not`;
  }
  if (missing === issuer) {
    return `${issuerNotAmong(question)}, and without that CA's certificate in ${rule.place} ${family.name} cannot look further up`;
  }
  if (sameName(issuer, subject))
    return `It is self-signed, and ${quote(issuer)} is not ${amongListed(request)}`;
  const neither = `Neither its issuer ${quote(issuer)} nor a CA above it is ${amongListed(request)}`;
  return missing ? `${neither}, as far as ${family.name} can see, which is up to ${quote(missing)}` : neither;
}

const issuerNotAmong = ({ identity, request }: Question): string =>
  `Its issuer ${quote(identity.leaf.issuer)} is not ${amongListed(request)}`;

const amongListed = ({ authorities }: CertificateRequest): string =>
  authorities.length === 1 ? 'the one listed issuer' : `among the ${authorities.length} listed issuers`;

function isListed(name: Name, { request }: Question, { comparison }: IssuerRule): boolean {
  return request.authorities.some((one) => sameNames(comparison, one, name));
}

function remedies(match: IssuerMatch, question: Question, rule: IssuerRule): string[] {
  const list = `list ${quote(question.identity.leaf.issuer)} on the server`;
  const up = wayUp(match, question, rule);
  return match.missing ? [...up, list] : [list, 'use a certificate from one of the listed CAs'];
}

/** Puts the missing CA where the client looks: surely, when what is known beside the leaf leads to a listed name. */
function wayUp(match: IssuerMatch, question: Question, rule: IssuerRule): string[] {
  const { missing } = match;
  if (!missing) return [];
  if (rule.subjects === 'parents')
    return [`put the whole chain into ${rule.place}, up to and with a listed CA`];
  const which = missing === question.identity.leaf.issuer ? 'issuing CA' : 'CA certificate';
  const put = `put the ${which} ${quote(missing)} into ${rule.place}`;
  const all = matchAll(question, rule);
  if (all.found) return [`${put}: it leads to ${quote(all.found.name)}, which is listed`];
  return all.missing ? [`${put}, if a listed CA issued it`] : [];
}

/** The match if the client knew all that we know: its file and, where they are known, its machine's stores. */
function matchAll({ identity, request, at }: Question, rule: IssuerRule): IssuerMatch {
  const stores = identity.reachable.is === 'known' ? identity.reachable.value : [];
  return matchIssuers(identity, request.authorities, { ...rule, parents: 'store' }, stores, at);
}
