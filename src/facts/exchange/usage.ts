import { known, unknown } from '../../base/known.ts';
import type { Locus } from '../../base/locus.ts';
import type { MessageCode } from '../../evidence/claims.ts';
import { ask, type Question, type Subject } from '../question.ts';
import {
  type ClientCertificate,
  clientCertificates,
  theOne,
  WANTED_CERTIFICATE,
} from './client-certificates.ts';
import { refusesOne, sentNone, succeeded, wantsOne } from './exchanges.ts';
import { exchangesIn } from './late-asking.ts';
import { said } from './messages.ts';
import { lastOfCode, placesOfCode } from './refusal-codes.ts';

/** That a certificate may not be used to log on. */
export type UsageMissing = {
  /** As printed. */
  readonly subject?: string;
  /** 'serverAuth (1.3.6.1.5.5.7.3.1)'. */
  readonly usages?: string;
};

export const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const ANY = '2.5.29.37.0';
/** CERT_E_WRONG_USAGE, SEC_E_CERT_WRONG_USAGE (domain 5.2, 9.3). */
const WRONG_USAGE = [0x800b0110, 0x80090349];

export const usageMissing: Question<UsageMissing> = (subject) => {
  const told = [...said(subject, 'usage-refused').map(({ at }) => at), ...placesOfCode(subject, WRONG_USAGE)];
  const own = ask(subject, clientCertificates);
  const all = own.is === 'known' ? own.value : [];
  const one = told.length > 0 ? all.find(lacksUsage) : lackingOne(subject, theOne(own), all);
  if (told.length > 0 && !isOver(subject))
    return known(one ? factsOf(one) : {}, [...told, ...(one ? [one.at] : [])]);
  const symptoms = one ? symptomsOf(subject) : [];
  const isSure = one !== undefined && (one.by !== 'left over' || isRenewed(one, all));
  if (!one || (!isSure && symptoms.length === 0)) return unknown(WANTED_CERTIFICATE);
  return known(factsOf(one), [one.at, ...symptoms]);
};

/** A success at the same place after the last refusal: repaired since. */
function isOver(subject: Subject): boolean {
  const last = lastOfCode(subject, WRONG_USAGE);
  if (last === undefined || said(subject, 'usage-refused').length > 0) return false;
  const refused = subject.picture.logons.filter(({ win32 }) => WRONG_USAGE.includes(win32));
  const good = subject.picture.logons.filter(({ status, last: at }) => status < 400 && at > last);
  return refused.every(({ path }) => good.some((one) => one.path === path));
}

/** Unless it was sent and taken all the same: not every server looks. */
function lackingOne(
  subject: Subject,
  sure: ClientCertificate | null,
  all: readonly ClientCertificate[],
): ClientCertificate | undefined {
  const one = sure ?? newest(all);
  if (!one || !lacksUsage(one)) return undefined;
  const isTaken = one.by === 'wire' && exchangesIn(subject).some(succeeded);
  return isTaken ? undefined : one;
}

/** Of several the newest, which a renewal brought. */
const newest = (all: readonly ClientCertificate[]): ClientCertificate | undefined =>
  all
    .filter(({ certificate }) => certificate)
    .toSorted((a, b) => b.certificate!.notBefore - a.certificate!.notBefore)[0];

export const lacksUsage = ({ usages }: ClientCertificate): boolean =>
  Array.isArray(usages) && !usages.includes(CLIENT_AUTH) && !usages.includes(ANY);

const allows = ({ usages }: ClientCertificate): boolean =>
  usages === null || (usages !== undefined && (usages.includes(CLIENT_AUTH) || usages.includes(ANY)));

/** An older certificate of the same subject had the usage: the renewal lost it. */
function isRenewed(one: ClientCertificate, all: readonly ClientCertificate[]): boolean {
  const began = one.certificate?.notBefore ?? 0;
  return all.some(
    (other) =>
      other.subject === one.subject && allows(other) && (other.certificate?.notBefore ?? began) < began,
  );
}

const SYMPTOMS: readonly MessageCode[] = [
  'no-certificate-chosen',
  'no-certificate-sent',
  'certificate-refused',
  'handshake-failure',
  'http-certificate-error',
  'connection-reset',
];

function symptomsOf(subject: Subject): Locus[] {
  const refused = subject.picture.logons.filter(
    ({ status, substatus }) => status === 403 && (substatus === 7 || substatus === 16),
  );
  return [
    ...exchangesIn(subject)
      .filter((one) => (one.asked && sentNone(one)) || wantsOne(one) || refusesOne(one))
      .map(({ at }) => at),
    ...said(subject, ...SYMPTOMS).map(({ at }) => at),
    ...refused.map(({ at }) => at),
  ];
}

const NAMES: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.3.1': 'serverAuth',
  '1.3.6.1.5.5.7.3.3': 'codeSigning',
  '1.3.6.1.5.5.7.3.4': 'emailProtection',
  '1.3.6.1.4.1.311.20.2.2': 'smartCardLogon',
};

function factsOf({ subject, usages }: ClientCertificate): UsageMissing {
  const printed = (usages ?? []).map((oid) => (NAMES[oid] ? `${NAMES[oid]} (${oid})` : oid));
  return { subject, ...(printed.length > 0 ? { usages: printed.join(', ') } : {}) };
}

/** The client's certificate has the usage, or no extended key usage at all. */
export const usagePresent: Question<true> = (subject) => {
  const own = ask(subject, clientCertificates);
  const one = theOne(own);
  const all = own.is === 'known' ? own.value : [];
  const good = one ? allows(one) : all.length > 0 && all.every(allows);
  return good ? known<true>(true, one ? [one.at] : all.map(({ at }) => at)) : unknown(WANTED_CERTIFICATE);
};
