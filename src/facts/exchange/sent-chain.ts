import { known, unknown } from '../../base/known.ts';
import type { Locus } from '../../base/locus.ts';
import type { LooseCertificate } from '../../evidence/claims.ts';
import { type Name, printName, sameName } from '../../wire/x509/name.ts';
import { isNameInWords } from '../../wire/x509/name-in-words.ts';
import { endsAfter } from '../logons.ts';
import { ask, type Question, type Subject } from '../question.ts';
import { clientCertificates, theOne } from './client-certificates.ts';
import { type Exchange, refusesOne, succeeded, WANTED_TRACE } from './exchanges.ts';
import { exchangesIn } from './late-asking.ts';
import { said } from './messages.ts';
import { placesOfCode } from './refusal-codes.ts';
import { bundlesOf, pathAbove } from './trust-bundle.ts';

/** A client that sent its certificate without the intermediate, to a server that does not have it. */
export type ChainIncomplete = {
  /** Of the client, as printed. */
  readonly subject?: string;
  /** Whose certificate is missing. */
  readonly issuer?: string;
};

/** CERT_E_CHAINING (domain 5.2). */
const CHAINING = [0x800b010a];
/** Also said where a request was refused for an unknown issuer, whatever the chain. */
const UNKNOWN_CA = 48;

/** X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE of OpenSSL: one certificate, and no issuer to it anywhere. */
const LEAF_ALONE = 21;

const WANTED_CHAIN = `how many certificates the client sends: ${WANTED_TRACE}`;

export const chainIncomplete: Question<ChainIncomplete> = (subject) => {
  const codes = isOver(subject) ? [] : placesOfCode(subject, CHAINING);
  const told = [
    ...said(subject, 'chain-incomplete'),
    ...said(subject, 'issuer-unknown').filter(({ facts }) => facts?.error === LEAF_ALONE),
  ].map(({ at }) => at);
  const alone = sentAlone(subject) ?? fileAlone(subject) ?? notLedOn(subject);
  const at = [...told, ...codes, ...(alone ? [alone.at, ...alone.because] : [])];
  if (at.length === 0) return unknown(WANTED_CHAIN);
  return known<ChainIncomplete>(alone?.facts ?? ownFacts(subject), at);
};

interface Alone {
  readonly facts: ChainIncomplete;
  readonly at: Locus;
  readonly because: readonly Locus[];
}

/** A file that holds what was sent, by its name ('sent.pem'), with one certificate that is not self-signed. */
function sentInFile(subject: Subject): SentFile[] {
  const files = new Map<string, LooseCertificate[]>();
  for (const one of subject.picture.certificates)
    if (SENT.test(one.at.source.split(/[\\/]/).at(-1) ?? ''))
      files.set(one.at.source, [...(files.get(one.at.source) ?? []), one]);
  return [...files.values()].flatMap((certificates) => {
    const leaf = certificates.find(({ certificate: { isCa } }) => !isCa);
    return leaf ? [{ leaf, certificates }] : [];
  });
}

interface SentFile {
  readonly leaf: LooseCertificate;
  readonly certificates: readonly LooseCertificate[];
}

const SENT = /(?:^|[-_.])(?:sent|presented)(?:[-_.]|$)/i;

/** Such a file, and a server or an alert that says that the issuer is unknown. */
function fileAlone(subject: Subject): Alone | null {
  const refused = said(subject, 'issuer-unknown', 'certificate-refused', 'http-certificate-error');
  if (refused.length === 0) return null;
  for (const { leaf, certificates } of sentInFile(subject)) {
    const { subject: its, issuer } = leaf.certificate;
    const printed = printName(issuer);
    if (certificates.length > 1 || sameName(its, issuer) || isIssuedByRoot(printed, subject)) continue;
    return {
      facts: { subject: printName(its), issuer: printed },
      at: leaf.at,
      because: refused.map(({ at }) => at),
    };
  }
  return null;
}

/**
 * The server holds a CA above the client's issuer, not the issuer, and says that it has no issuer to the certificate:
 * with the intermediate it would have been led on.
 */
function notLedOn(subject: Subject): Alone | null {
  const own = theOne(ask(subject, clientCertificates))?.certificate;
  const told = said(subject, 'issuer-unknown').filter(
    ({ side, facts }) => side === 'server' && NO_ISSUER.includes(Number(facts?.error)),
  );
  if (!own || told.length === 0) return null;
  const above = pathAbove(own, subject);
  const bundle = bundlesOf(subject).find(({ certificates }) => {
    const holds = (name: Name) => certificates.some(({ certificate }) => sameName(certificate.subject, name));
    return !holds(own.issuer) && above.slice(1).some(holds);
  });
  if (!bundle) return null;
  return {
    facts: { subject: printName(own.subject), issuer: printName(own.issuer) },
    at: bundle.at,
    because: told.map(({ at }) => at),
  };
}

/** X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, UNABLE_TO_VERIFY_LEAF_SIGNATURE. */
const NO_ISSUER = [20, 21];

/** One certificate was sent, not a self-signed one, and the server knew no issuer to it. */
function sentAlone(subject: Subject): Alone | null {
  const refused = said(subject, 'issuer-unknown', 'certificate-refused', 'http-certificate-error').filter(
    ({ side }) => side !== 'client',
  );
  for (const exchange of exchangesIn(subject))
    for (const { leaf, chainLength } of exchange.answers) {
      if (chainLength !== 1 || !leaf || leaf.issuer === undefined || leaf.issuer === leaf.subject) continue;
      if (succeeded(exchange) || !(isRefused(exchange) || refused.length > 0)) continue;
      if (isIssuedByRoot(leaf.issuer, subject)) continue;
      return {
        facts: { subject: leaf.subject, issuer: leaf.issuer },
        at: exchange.at,
        because: refused.map(({ at }) => at),
      };
    }
  return null;
}

const isRefused = (one: Exchange): boolean =>
  refusesOne(one) || one.answers.some(({ alerts = [] }) => alerts.some(({ code }) => code === UNKNOWN_CA));

/** Then no intermediate is missing: it is the server that does not know the root. */
function isIssuedByRoot(issuer: string, { picture, host }: Subject): boolean {
  const stored = [...host.stores.values()].flatMap((one) => (one.is === 'known' ? one.value : []));
  return [...picture.certificates, ...stored].some(
    ({ certificate: { subject, issuer: its } }) => sameName(subject, its) && isNameInWords(issuer, subject),
  );
}

function ownFacts(subject: Subject): ChainIncomplete {
  const one = theOne(ask(subject, clientCertificates));
  return one ? { subject: one.subject, ...(one.issuer === undefined ? {} : { issuer: one.issuer }) } : {};
}

/** Successes at the same paths after the last refusal: repaired since. */
function isOver(subject: Subject): boolean {
  const { logons } = subject.picture;
  const refused = logons.filter(({ win32 }) => CHAINING.includes(win32));
  return refused.every((line) =>
    logons.some((one) => one.path === line.path && one.status < 400 && endsAfter(one, line)),
  );
}

/** The intermediate goes along, or the server has it itself. */
export const chainComplete: Question<true> = (subject) => {
  const whole = exchangesIn(subject).filter(
    (one) => !isRefused(one) && one.answers.some(({ chainLength = 0 }) => chainLength > 1),
  );
  const own = theOne(ask(subject, clientCertificates));
  const issuer = own?.certificate?.issuer;
  const holding = issuer
    ? bundlesOf(subject).filter(({ certificates }) =>
        certificates.some(({ certificate }) => sameName(certificate.subject, issuer)),
      )
    : [];
  const files = sentInFile(subject).filter(({ leaf, certificates }) =>
    certificates.some(({ certificate }) => sameName(certificate.subject, leaf.certificate.issuer)),
  );
  const places = [
    ...whole.map(({ at }) => at),
    ...files.map(({ leaf }) => leaf.at),
    ...(holding.length > 0 && own ? [own.at, ...holding.map(({ at }) => at)] : []),
  ];
  return places.length === 0 ? unknown(WANTED_CHAIN) : known<true>(true, places);
};
