import { known, unknown } from '../../base/known.ts';
import type { Locus } from '../../base/locus.ts';
import { version as versions } from '../../wire/tls/registry/index.ts';
import { TLS13 } from '../../wire/tls/registry/version.ts';
import { ask, type Question, type Subject } from '../question.ts';
import { clientCertificates } from './client-certificates.ts';
import { type Exchange, sentNone, sentOne, succeeded, wantsOne } from './exchanges.ts';
import { exchangesIn } from './late-asking.ts';
import { said } from './messages.ts';

/** Requests for a certificate that name no issuer. */

const WANTED_LISTS =
  'the request under both versions: `openssl s_client -connect HOST:PORT -tls1_2` and `-tls1_3`, or `handclasp why`';

/** A server that names issuers in one version and not in another, or none to clients that have to choose. */
export type NoNames = {
  /** 'TLS 1.3'. */
  readonly version?: string;
  /** The version in which it does. */
  readonly other?: string;
  readonly names?: number;
};

export const namesMissing: Question<NoNames> = (subject) => {
  const asked = requests(subject);
  for (const without of asked.filter((one) => one.names === 0))
    for (const other of asked.filter(({ names = 0 }) => names > 0))
      if (isSamePlace(without, other) && without.version !== other.version)
        return known<NoNames>(
          { ...printed('version', without), ...printed('other', other), names: other.names! },
          [without.at, other.at],
        );
  const chosen = wrongChoice(subject, asked);
  return chosen ? known<NoNames>(chosen.facts, chosen.at) : unknown(WANTED_LISTS);
};

const requests = (subject: Subject): Exchange[] =>
  exchangesIn(subject).filter(({ asked, names }) => asked && names !== undefined);

const isSamePlace = (a: Exchange, b: Exchange): boolean => a.port === b.port && a.host === b.host;

const printed = (name: 'version' | 'other', { version }: Exchange) =>
  version === undefined ? {} : { [name]: versions.name(version) };

/** No names, and a client that had several certificates took none or a wrong one. */
function wrongChoice(subject: Subject, asked: readonly Exchange[]): { facts: NoNames; at: Locus[] } | null {
  const nameless = asked.find(({ names }) => names === 0);
  const told = said(subject, 'no-issuers-named');
  const [missed] = said(
    subject,
    'no-certificate-chosen',
    'no-certificate-sent',
    'issuer-unknown',
    'usage-refused',
    'certificate-refused',
    'http-certificate-error',
  );
  const own = ask(subject, clientCertificates);
  const at = nameless?.at ?? told[0]?.at;
  if (!at || !missed || own.is !== 'known' || own.value.length < 2) return null;
  return { facts: nameless ? printed('version', nameless) : {}, at: [at, missed.at] };
}

/** Every request that was seen names issuers, and one of TLS 1.3 is among them: there they may be left out. */
export const namesPresent: Question<true> = (subject) => {
  const asked = requests(subject);
  const isNew = asked.some(({ version = TLS13 }) => version >= TLS13);
  return isNew && asked.every(({ names = 0 }) => names > 0)
    ? known<true>(
        true,
        asked.map(({ at }) => at),
      )
    : unknown(WANTED_LISTS);
};

/** A handshake that ended for want of a certificate, without a word of whose certificates would do. */
export type RequiredNameless = {
  /** 'handshake_failure (40)'. */
  readonly alert: string;
  readonly host?: string;
};

const ALERTS: Readonly<Record<number, string>> = {
  40: 'handshake_failure (40)',
  116: 'certificate_required (116)',
};

const WANTED_FAILURE = 'output of `openssl s_client -connect HOST:PORT` without a certificate';

export const requiredNameless: Question<RequiredNameless> = (subject) => {
  const one = exchangesIn(subject).find(
    (exchange) => isAskedNameless(exchange) && wantsOne(exchange) && !sentOne(exchange),
  );
  if (!one) return unknown(WANTED_FAILURE);
  const code = one.answers
    .flatMap(({ alerts = [] }) => alerts)
    .find(({ from, code }) => from === 'server' && ALERTS[code])!.code;
  const where = one.host === undefined ? {} : { host: one.port ? `${one.host}:${one.port}` : one.host };
  return known<RequiredNameless>({ alert: ALERTS[code]!, ...where }, [
    one.at,
    ...said(subject, 'handshake-failure').map(({ at }) => at),
  ]);
};

const isAskedNameless = ({ asked, names }: Exchange): boolean => asked === true && names === 0;

/** Issuers are named, or the handshake goes through without a certificate, or with one. */
export const notRequiredNameless: Question<true> = (subject) => {
  const good = exchangesIn(subject).filter(
    (one) => one.asked && ((one.names ?? 0) > 0 || succeeded(one) || (sentNone(one) && !wantsOne(one))),
  );
  return good.length === 0
    ? unknown(WANTED_FAILURE)
    : known<true>(
        true,
        good.map(({ at }) => at),
      );
};
