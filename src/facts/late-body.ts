import { answerOf, known, unknown } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import type { BindingKey } from '../windows/http-sys/binding.ts';
import { WANTED } from '../windows/wanted.ts';
import { asksLate, eachRecord, logonsHere, worstOf } from './late-asking.ts';
import { messagesWith } from './messages.ts';
import { ask, type Question, type Subject } from './question.ts';
import { askingRules } from './site.ts';

/** Requests whose body does not fit into what a server keeps while it asks for a certificate. */
export interface BodyTooLarge {
  readonly key?: BindingKey;
  /** Requests answered 413 in the log. */
  readonly count?: number;
  /** uploadReadAheadSize as configured, in bytes; absent: the default. */
  readonly size?: number;
  readonly program: string;
  readonly because: readonly Locus[];
}

/** null: the certificate is asked for in the handshake, or nowhere. */
export const bodyTooLarge: Question<BodyTooLarge | null> = (subject) => {
  const said = messagesWith(subject, ['body-too-large']);
  const byApache = said.filter(({ program = '' }) => /apache/i.test(program));
  if (byApache.length > 0) {
    const because = byApache.map(({ at }) => at);
    return known<BodyTooLarge | null>({ program: 'Apache httpd', because }, because);
  }
  const records = eachRecord(subject);
  if (records.length > 0)
    return worstOf(
      records.map((one) => ask(one, atRecord)),
      WANTED.bindings,
    );
  return ask(subject, byConfiguration);
};

/** 48 KiB since IIS 7 (domain 5.3). */
const DEFAULT_SIZE = 49_152;

const WANTED_LOG =
  'the W3C log of the site (%SystemDrive%\\inetpub\\logs\\LogFiles\\W3SVC<id>\\u_ex*.log) with a large POST';

const atRecord: Question<BodyTooLarge | null> = (subject) => {
  const late = ask(subject, asksLate);
  const asker = answerOf(late);
  const because = late.is === 'known' ? late.because : [];
  if (asker === null) return known<BodyTooLarge | null>(null, because);
  return refusedAt(subject, because);
};

/** No record was seen: the rules of the configuration ask late unless the record says otherwise. */
const byConfiguration: Question<BodyTooLarge | null> = (subject) => {
  const { sites } = subject.host;
  const rules = askingRules(answerOf(sites));
  if (rules.length === 0) return known<BodyTooLarge | null>(null, sites.is === 'known' ? sites.because : []);
  return refusedAt(
    subject,
    rules.flatMap(({ because }) => because),
  );
};

function refusedAt(subject: Subject, asking: readonly Locus[]): ReturnType<typeof bodyTooLarge> {
  const logged = logonsHere(subject).filter(({ status }) => status === 413);
  const failed = (subject.picture.failedRequests ?? []).filter(({ status }) => status === 413);
  const said = messagesWith(subject, ['body-too-large']);
  const setting = (subject.picture.settings ?? []).find(
    ({ name, host }) => name === 'uploadReadAheadSize' && host === subject.host.name,
  );
  const size = Number(setting?.value);
  if (logged.length + failed.length + said.length === 0) {
    const good = logonsHere(subject).filter(({ status }) => status < 400);
    // Somebody raised it, and nobody is refused since.
    if (setting && size > DEFAULT_SIZE && good.length > 0)
      return known<BodyTooLarge | null>(null, [setting.at, ...good.map(({ at }) => at)]);
    return unknown(WANTED_LOG);
  }
  const because = [
    ...asking,
    ...[...logged, ...failed, ...said].map(({ at }) => at),
    ...(setting ? [setting.at] : []),
  ];
  return known<BodyTooLarge | null>(
    {
      program: 'IIS',
      ...(subject.key ? { key: subject.key } : {}),
      ...(logged.length > 0 ? { count: logged.reduce((sum, one) => sum + one.count, 0) } : {}),
      ...(Number.isFinite(size) ? { size } : {}),
      because,
    },
    because,
  );
}
