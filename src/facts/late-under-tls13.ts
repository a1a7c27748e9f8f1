import { answerOf, becauseOf, type Known, known, unknown } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import type { ProgramMessage } from '../evidence/claims.ts';
import type { BindingKey } from '../windows/http-sys/binding.ts';
import { printKey } from '../windows/http-sys/key.ts';
import { WANTED } from '../windows/wanted.ts';
import { asksLate, eachRecord, type LateAsker, logonsHere, worstOf } from './late-asking.ts';
import { messagesWith } from './messages.ts';
import { ask, type Question, type Subject } from './question.ts';
import { askingRules } from './site.ts';
import { tls13 } from './tls13.ts';

/** A certificate that is asked for after a TLS 1.3 handshake, in which nothing can be asked again. */
export interface LateUnderTls13 {
  readonly asker?: LateAsker;
  readonly key?: BindingKey;
  /** What it ended in: 'HTTP 500.0 (0x80070032)', 'a reset connection'. */
  readonly ends: string;
  readonly because: readonly Locus[];
}

export const lateUnderTls13: Question<LateUnderTls13 | null> = (subject) => {
  const records = eachRecord(subject).map((one) => ask(one, atRecord));
  const told = symptom(subject);
  const isPlaced = records.some((one) => one.is === 'known' && one.value !== null);
  if (told.sure && !isPlaced && !records.some(isOff))
    return known<LateUnderTls13 | null>({ ends: told.ends, because: told.because }, told.because);
  if (records.length > 0) return worstOf(records, WANTED.bindings);
  return withoutRecords(subject, told);
};

/** A record that answers for sure that it is not so: the only one, or all of them. */
const isOff = (one: Known<LateUnderTls13 | null>): boolean => one.is === 'known' && one.value === null;

const atRecord: Question<LateUnderTls13 | null> = (subject) => {
  const none = (because: readonly Locus[]) => known<LateUnderTls13 | null>(null, because);
  const late = ask(subject, asksLate);
  if (late.is === 'known' && late.value === null) return none(late.because);
  const version = ask(subject, tls13);
  if (version.is === 'known' && version.value === 'off') return none(version.because);
  const told = symptom(subject);
  const asker = answerOf(late);
  if (told.because.length === 0) {
    if (answerOf(version) === 'by-default')
      return unknown(
        'what clients of TLS 1.3 meet there (`handclasp why https://HOST:PORT/path`), or the SCHANNEL\\Protocols key of the host',
      );
  }
  // A reset alone has other causes where nobody told the version.
  if (!told.sure) answerOf(version);
  const because = [...becauseOf(late), ...becauseOf(version), ...told.because];
  const key = subject.key ? { key: subject.key } : {};
  return known<LateUnderTls13 | null>({ asker: asker!, ...key, ends: told.ends, because }, because);
};

function withoutRecords(subject: Subject, told: Symptom): Known<LateUnderTls13 | null> {
  const { sites } = subject.host;
  if (sites.is === 'known') {
    const rules = askingRules(sites.value);
    if (rules.length === 0 && told.because.length === 0)
      return known<LateUnderTls13 | null>(null, sites.because);
    const because = [...rules.flatMap((rule) => rule.because), ...told.because];
    if (rules.length > 0 && (told.byBrowser || told.because.length > 0) && !told.byOthers)
      return known<LateUnderTls13 | null>({ asker: 'rule', ends: told.ends, because }, because);
  }
  const ofWinRm = told.messages.filter(({ port }) => port === 5986);
  if (ofWinRm.length > 0 && ask(subject, tls13).is === 'known') {
    const because = ofWinRm.map(({ at }) => at);
    return known<LateUnderTls13 | null>({ asker: 'WinRM', ends: told.ends, because }, because);
  }
  return unknown(WANTED.bindings);
}

interface Symptom {
  /** It is told in a way that has no other cause (domain 6.4). */
  readonly sure: boolean;
  readonly byBrowser: boolean;
  /** By programs that end a connection for reasons of their own: they do not renegotiate. */
  readonly byOthers: boolean;
  readonly ends: string;
  readonly because: readonly Locus[];
  readonly messages: readonly ProgramMessage[];
}

const NOT_SUPPORTED = new Set([50, 2147942450]);
const RENEGOTIATE_NEVER = /rustls|^go\b|golang|bouncy|java|node/i;

function symptom(subject: Subject): Symptom {
  const told = messagesWith(subject, ['late-request-not-supported']);
  const failed = (subject.picture.failedRequests ?? []).filter(
    (one) => one.status === 500 && NOT_SUPPORTED.has(one.win32),
  );
  const logged = logonsHere(subject).filter((one) => one.status === 500 && NOT_SUPPORTED.has(one.win32));
  const sure = [...told, ...failed, ...logged].map(({ at }) => at);
  if (sure.length > 0)
    return {
      sure: true,
      byBrowser: true,
      byOthers: false,
      ends: 'HTTP 500.0 (0x80070032, not supported)',
      because: sure,
      messages: told,
    };
  const ended = messagesWith(subject, ['connection-reset', 'post-handshake-failed']);
  const others = messagesWith(subject, [
    'renegotiation-refused',
    'renegotiation-asked',
    'post-handshake-not-announced',
  ]);
  const byOthers = ended.some(({ program = '' }) => RENEGOTIATE_NEVER.test(program)) || others.length > 0;
  const reset = (subject.picture.unread ?? []).filter(
    (one) =>
      one.version === 0x0304 &&
      isAt(subject, one.port) &&
      one.answers.some(({ closed }) => closed?.by === 'server' && closed.how === 'reset'),
  );
  const because = [...(byOthers ? [] : ended), ...reset].map(({ at }) => at);
  return {
    sure: false,
    byBrowser: ended.some(({ program = '' }) => /chrom|edge|firefox|browser/i.test(program)),
    byOthers,
    ends: 'a reset connection',
    because,
    messages: byOthers ? [] : ended,
  };
}

const isAt = ({ key }: Subject, port: number): boolean => !key || printKey(key).endsWith(`:${port}`);
