import { known, unknown } from '../../base/known.ts';
import type { Locus } from '../../base/locus.ts';
import { usableSchemes } from '../../clients/rules/schemes.ts';
import { sameName } from '../../wire/x509/name.ts';
import { ask, type Question, type Subject } from '../question.ts';
import {
  type ClientCertificate,
  clientCertificates,
  theOne,
  WANTED_CERTIFICATE,
} from './client-certificates.ts';
import { type Exchange, names, sentNone, sentOne, succeeded, WANTED_TRACE } from './exchanges.ts';
import { exchangesIn } from './late-asking.ts';
import { said, speakerOf } from './messages.ts';
import { lacksUsage } from './usage.ts';

/** What keeps a client from showing a certificate that fits: no key to it, or somebody who switched the choice off. */

/** A certificate without a key that can be used. */
export type KeyMissing = {
  readonly subject?: string;
  /** 'curl', 'the client'. */
  readonly client: string;
};

const WANTED_KEY =
  "the user's store with its keys: `certutil -user -store My`, or `Get-ChildItem Cert:\\CurrentUser\\My | Format-List Subject, Thumbprint, HasPrivateKey`";

export const keyMissing: Question<KeyMissing> = (subject) => {
  const [told] = said(subject, 'key-unusable').filter(({ side }) => side !== 'server');
  const leaf = ask(subject, clientCertificates);
  const all = leaf.is === 'known' ? leaf.value : [];
  const keyless = all.filter(({ hasKey }) => hasKey === false);
  const one = keyless.find((each) => !all.some(({ subject: its, hasKey }) => its === each.subject && hasKey));
  const client = told ? speakerOf(told) : 'the client';
  if (told)
    return known<KeyMissing>({ client, ...(one ? { subject: one.subject } : {}) }, [
      told.at,
      ...(one ? [one.at] : []),
    ]);
  const silent = one ? silence(subject) : null;
  return one && silent
    ? known<KeyMissing>({ client: silent.client, subject: one.subject }, [one.at, silent.at])
    : unknown(WANTED_KEY);
};

/** Who was asked and sent none, or says that it has none. */
function silence(subject: Subject): { client: string; at: Locus } | null {
  const exchange = exchangesIn(subject).find((one) => one.asked && sentNone(one));
  if (exchange) return { client: exchange.tool ?? 'the client', at: exchange.at };
  const [told] = said(subject, 'no-certificate-chosen', 'no-certificate-sent');
  if (told) return { client: told.side === 'server' ? 'the client' : speakerOf(told), at: told.at };
  const refused = subject.picture.logons.find(({ status, substatus }) => status === 403 && substatus === 7);
  return refused ? { client: 'the client', at: refused.at } : null;
}

/** The client signed with its key, or its store lists the key. */
export const keyPresent: Question<true> = (subject) => {
  const signed = exchangesIn(subject).filter(
    (one) => succeeded(one) || one.answers.some(({ proved }) => proved === true),
  );
  const leaf = ask(subject, clientCertificates);
  const listed = leaf.is === 'known' ? leaf.value : [];
  const good = listed.some(({ hasKey }) => hasKey === false)
    ? []
    : listed.filter(({ hasKey }) => hasKey === true);
  const places = [...signed, ...good].map(({ at }) => at);
  return places.length === 0 ? unknown(WANTED_KEY) : known<true>(true, places);
};

/** A certificate that fits the request, and a client that sent none all the same. */
export type Suppressed = {
  readonly client: string;
  readonly subject: string;
  readonly names: number;
};

/** They send none unless their command line names one. */
const SCRIPTED = /openssl|curl|gnutls/i;

export const suppressed: Question<Suppressed> = (subject) => {
  const own = theOne(ask(subject, clientCertificates));
  const wants = own ? WANTED_TRACE : WANTED_CERTIFICATE;
  if (!own || own.by === 'left over') return unknown(wants);
  const exchange = exchangesIn(subject).find(
    (one) => one.asked && sentNone(one) && !SCRIPTED.test(one.tool ?? '') && fits(one, own, subject),
  );
  if (exchange)
    return known<Suppressed>(
      { client: exchange.tool ?? 'the client', subject: own.subject, names: exchange.names ?? 0 },
      [exchange.at, own.at],
    );
  const list = exchangesIn(subject).find((one) => one.asked && fits(one, own, subject));
  const told = said(subject, 'no-certificate-chosen').find(({ program }) => BROWSER.test(program ?? ''));
  return list && told
    ? known<Suppressed>({ client: speakerOf(told), subject: own.subject, names: list.names ?? 0 }, [
        told.at,
        list.at,
        own.at,
      ])
    : unknown(wants);
};

const BROWSER = /chrom|edge|firefox|safari|browser/i;

/** Issuer named or anybody welcome, usage, dates and key as the request wants them: nothing in it speaks against. */
function fits(exchange: Exchange, own: ClientCertificate, subject: Subject): boolean {
  const { certificate } = own;
  if (!certificate || own.hasKey === false || lacksUsage(own) || exchange.names === undefined) return false;
  const time = exchange.time ?? 0;
  if (time > 0 && (time > certificate.notAfter || time < certificate.notBefore)) return false;
  const { version = 0x0303, schemes } = exchange;
  if (schemes && usableSchemes({ leaf: certificate, version, offered: schemes }, ALL).length === 0)
    return false;
  return exchange.names === 0 || isNamed(exchange, certificate, subject);
}

const ALL = { sha1: true, sha224: true, pssKeys: true, ed25519: true, ed448: true };

function isNamed(
  exchange: Exchange,
  { issuer }: NonNullable<ClientCertificate['certificate']>,
  { picture }: Subject,
) {
  if (names(exchange, issuer)) return true;
  const above = picture.certificates.filter(({ certificate }) => sameName(certificate.subject, issuer));
  return above.some(({ certificate }) => names(exchange, certificate.issuer));
}

/** It was asked, and sent one. */
export const sentAsAsked: Question<true> = (subject) => {
  const sent = exchangesIn(subject).filter((one) => sentOne(one) && one.asked !== false);
  return sent.length === 0
    ? unknown(WANTED_TRACE)
    : known<true>(
        true,
        sent.map(({ at }) => at),
      );
};
