import type { Message } from '../../base/message.ts';
import { type Name, printName, sameName } from '../../wire/x509/name.ts';
import type { Confidence } from '../model.ts';
import { type IssuerMatch, type IssuerScope, matchIssuers } from './issuers.ts';
import { difference, sameNames } from './names.ts';
import { type Check, message, type Pass, type Question, type Stop } from './verdict.ts';
import { quote } from './words.ts';

/** Checks of certificate_authorities (RFC 5246 7.4.4, RFC 8446 4.2.4). */

export interface IssuerRule extends IssuerScope {
  /** Where the issuing CA must lie for this client. */
  readonly place: Place;
  /** What follows from a store of which nothing is known: what the file holds decides, or nobody can tell. */
  readonly unknownStore?: 'file decides' | 'unknown';
  /** Confidence of a match, or mismatch, that hangs on the comparison of unequal bytes. */
  readonly alikeConfidence?: Confidence;
}

/** Words of the catalogs: 'in.keychain', 'into.keychain'. */
export type Place =
  | 'certificate-file'
  | 'chain-file'
  | 'key-store-entry'
  | 'nss-database'
  | 'certificate-store'
  | 'keychain'
  | 'windows-intermediates'
  | 'windows-stores'
  | 'installed-pkcs12';

/** The list, when it is not empty, must name an issuer that the client finds above the leaf. */
export function issuerListed(rule: IssuerRule): Check {
  return (question) => {
    const { request, identity, at } = question;
    if (request.authorities.length === 0) return anyIssuer(question);
    const { reachable } = identity;
    const stores = reachable.is === 'known' ? reachable.value : [];
    const match = matchIssuers(identity, request.authorities, rule, stores, at);
    if (match.found) return listed(match, question, rule);
    if (match.alike && rule.comparison === 'der') return spelledOtherwise(match.alike, rule);
    const undecided = rule.unknownStore === 'unknown' && reachable.is !== 'known' && match.missing;
    if (!undecided) return notListed(match, question, rule);
    // A chain that is known up to its root without a listed name is not rescued by any store.
    const all = matchAll(question, rule);
    return all.found || all.missing ? dependsOnStore(match, question, rule) : notListed(all, question, rule);
  };
}

/** The family never looks at the list. */
export const ignoresList: Check = ({ request, identity }) => {
  const issuer = identity.leaf.issuer;
  const named = request.authorities.some((one) => printName(one) === printName(issuer));
  const reason =
    request.authorities.length === 0 || named
      ? message('ignores-list')
      : message('ignores-list-of-others', { issuer: quote(issuer) });
  return { is: 'pass', rule: 'ignores-list', reason };
};

function anyIssuer({ identity }: Question): Pass {
  const reason = message('empty-list', { issuer: quote(identity.leaf.issuer) });
  return { is: 'pass', rule: 'empty-list', reason };
}

function listed(match: IssuerMatch, { identity, request }: Question, rule: IssuerRule): Pass {
  const { name, on, as } = match.found!;
  const own = on === identity.leaf;
  const id =
    as === 'issuer'
      ? `issuer-listed${own ? '' : '-above'}`
      : `issuer-listed-${own ? 'as-subject' : 'in-chain'}`;
  const reason = message(id, { name: quote(name), ...(own ? {} : { over: quote(on.subject) }) });
  const exact = request.authorities.some((one) => sameName(one, name));
  const confidence = exact ? undefined : rule.alikeConfidence;
  return { is: 'pass', rule: 'issuer-listed', reason, ...(confidence ? { confidence } : {}) };
}

function spelledOtherwise(
  { listed: there, name }: NonNullable<IssuerMatch['alike']>,
  rule: IssuerRule,
): Stop {
  const unsure = rule.alikeConfidence === 'unverified';
  const id = `issuer-encoding${unsure ? '-documented' : ''}`;
  return {
    is: 'stop',
    offer: unsure ? 'unknown' : 'withheld',
    rule: 'issuer-encoding',
    reason: message(id, { name: quote(name), ...difference(there, name) }),
    changes: [message('list-twin')],
    ...(rule.alikeConfidence ? { confidence: rule.alikeConfidence } : {}),
  };
}

function dependsOnStore(match: IssuerMatch, question: Question, rule: IssuerRule): Stop {
  const facts = { ...issuerNotAmong(question), missing: quote(match.missing!), in: rule.place };
  return {
    is: 'stop',
    offer: 'unknown',
    rule: 'depends-on-store',
    reason: message('depends-on-store', facts),
    changes: remedies(match, question, rule),
  };
}

function notListed(match: IssuerMatch, question: Question, rule: IssuerRule): Stop {
  return {
    is: 'stop',
    offer: 'withheld',
    rule: 'issuer-not-listed',
    reason: whyNotListed(match, question, rule),
    changes: remedies(match, question, rule),
  };
}

function whyNotListed({ missing }: IssuerMatch, question: Question, rule: IssuerRule): Message {
  const { issuer, subject } = question.identity.leaf;
  const facts = issuerNotAmong(question);
  if (missing && rule.subjects === 'parents' && isListed(missing, question, rule)) {
    return message('issuer-not-listed-elsewhere', { missing: quote(missing), in: rule.place });
  }
  if (missing === issuer) return message('issuer-not-listed-parentless', { ...facts, in: rule.place });
  if (sameName(issuer, subject)) return message('issuer-not-listed-self-signed', facts);
  if (!missing) return message('issuer-not-listed', facts);
  return message('issuer-not-listed-so-far', { ...facts, missing: quote(missing) });
}

/** The issuer, and the list as 'the one listed issuer' or 'among the 7 listed issuers'. */
function issuerNotAmong({ identity, request: { authorities } }: Question): Message['facts'] {
  const among = authorities.length === 1 ? 'one' : 'many';
  return { issuer: quote(identity.leaf.issuer), among, listed: authorities.length };
}

function isListed(name: Name, { request }: Question, { comparison }: IssuerRule): boolean {
  return request.authorities.some((one) => sameNames(comparison, one, name));
}

function remedies(match: IssuerMatch, question: Question, rule: IssuerRule): Message[] {
  const list = message('list-entry', { entry: quote(question.identity.leaf.issuer) });
  const up = wayUp(match, question, rule);
  return match.missing ? [...up, list] : [list, message('use-listed-ca')];
}

/** Puts the missing CA where the client looks: surely, when what is known beside the leaf leads to a listed name. */
function wayUp({ missing }: IssuerMatch, question: Question, rule: IssuerRule): Message[] {
  if (!missing) return [];
  if (rule.subjects === 'parents') return [message('put-whole-chain', { into: rule.place })];
  const which = missing === question.identity.leaf.issuer ? 'issuing' : 'other';
  const put = { which, missing: quote(missing), into: rule.place };
  const all = matchAll(question, rule);
  if (all.found) return [message('put-ca-leading', { ...put, name: quote(all.found.name) })];
  return all.missing ? [message('put-ca-if', put)] : [];
}

/** The match if the client knew all that we know: its file and, where they are known, its machine's stores. */
function matchAll({ identity, request, at }: Question, rule: IssuerRule): IssuerMatch {
  const stores = identity.reachable.is === 'known' ? identity.reachable.value : [];
  return matchIssuers(identity, request.authorities, { ...rule, parents: 'store' }, stores, at);
}
