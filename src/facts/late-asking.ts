import { type Known, known, unknown } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import { endpointOf } from '../windows/http-sys/key.ts';
import { ownerOf } from '../windows/http-sys/owners.ts';
import { asksForCertificate } from './asking.ts';
import { field } from './endpoint.ts';
import { logonsOf } from './logons.ts';
import { ask, type Question, type Subject, sisterOf } from './question.ts';
import { recordsShown } from './records.ts';
import { askingRules, sitesOf } from './site.ts';

/** Who asks for a certificate after the first request. */
export type LateAsker = 'rule' | 'WinRM' | 'AD FS' | 'logs';

/**
 * null: nobody asks late, as the record asks in the handshake or nothing here wants a certificate. What programs with
 * records of their own do (WinRM, AD FS) no configuration of IIS tells.
 */
export const asksLate: Question<LateAsker | null> = (subject) => {
  const negotiates = field(subject, 'clientcertnegotiation');
  if (negotiates.is === 'known' && negotiates.value) return known<LateAsker | null>(null, negotiates.because);
  const because = negotiates.is === 'known' ? negotiates.because : [];
  const program = programAt(subject);
  if (program) return known<LateAsker | null>(program.asker, [...because, ...program.because]);
  const sites = ask(subject, sitesOf);
  const rules = sites.is === 'known' ? askingRules(sites.value) : [];
  if (rules.length > 0)
    return known<LateAsker | null>('rule', [...because, ...rules.flatMap((rule) => rule.because)]);
  const asks = ask(subject, asksForCertificate);
  if (asks.is === 'known' && asks.value !== 'later') return known<LateAsker | null>(null, asks.because);
  if (asks.is === 'known') return known<LateAsker | null>('logs', asks.because);
  return asks as Known<LateAsker | null>;
};

const WINRM_PORT = 5986;

function programAt(subject: Subject): { asker: LateAsker; because: readonly Locus[] } | null {
  const endpoint = subject.key && endpointOf(subject.key);
  const owner = field(subject, 'appid');
  const because = owner.is === 'known' ? owner.because : [];
  if (endpoint?.port === WINRM_PORT) return { asker: 'WinRM', because };
  const isAdfs = owner.is === 'known' && ownerOf(owner.value)?.title === 'AD FS';
  const isLogon =
    endpoint?.port === 49443 || (endpoint?.is === 'host' && endpoint.host.startsWith('certauth.'));
  return isAdfs && isLogon ? { asker: 'AD FS', because } : null;
}

/** Each record that was seen of the host. */
export const eachRecord = (subject: Subject): Subject[] =>
  recordsShown(subject.host).map(({ key }) => sisterOf(subject, key));

/** Logons of this record; of a host without records, and where only one host is in the evidence, all of them. */
export function logonsHere(subject: Subject) {
  if (!subject.key) return subject.picture.hosts.length > 1 ? [] : subject.picture.logons;
  const logons = ask(subject, logonsOf);
  return logons.is === 'known' ? logons.value : [];
}

/** The first answer that says yes, else one that is open, else what all that are healthy rest on. */
export function worstOf<T>(answers: readonly Known<T | null>[], wants: string): Known<T | null> {
  const ill = answers.find((one) => one.is === 'known' && one.value !== null);
  if (ill) return ill;
  const open = answers.find((one) => one.is !== 'known');
  if (open) return open;
  if (answers.length === 0) return unknown(wants);
  return known<T | null>(
    null,
    answers.flatMap((one) => (one.is === 'known' ? one.because : [])),
  );
}
