import type { Language } from './lang/language.ts';
import type { PathAnswer, PathRecord, ProbeRecord, WhyReport } from './why.ts';
import { statusOf } from './why-end.ts';
import { acceptanceOf } from './why-verdict.ts';

/** What the server does for each path that was asked for: to connections that differ in nothing else but TLS. */
export function recordPaths(probes: readonly ProbeRecord[]): PathRecord[] {
  const [first] = probes;
  const plain = probes.filter((probe) => first && isLike(first, probe));
  const paths = [...new Set(plain.map(({ askedWith }) => askedWith.path))];
  return paths.map((path) =>
    recordPath(
      path,
      plain.filter((probe) => probe.askedWith.path === path),
      probes,
    ),
  );
}

/** The same name at the same place, by a GET on a fresh connection over HTTP/1.1. */
const isLike = (first: ProbeRecord, { askedWith }: ProbeRecord): boolean =>
  askedWith.serverName === first.askedWith.serverName &&
  askedWith.address === first.askedWith.address &&
  (askedWith.method ?? 'GET') === 'GET' &&
  !askedWith.http2 &&
  !askedWith.resumed;

function recordPath(path: string, probes: readonly ProbeRecord[], all: readonly ProbeRecord[]): PathRecord {
  const shown = probes.filter(({ sent }) => sent !== null && sent > 0);
  const bare = probes.filter(({ sent }) => sent === null || sent === 0);
  return {
    path,
    asks: unique(probes.flatMap(({ asks }) => asks ?? [])),
    without: unique(bare.flatMap(answerOf)),
    with: unique(shown.flatMap(answerOf)),
    accepted: acceptanceOf({ probes })?.accepted ?? null,
    answers: probes.map((probe) => recordAnswer(probe, all.indexOf(probe))),
  };
}

function recordAnswer(record: ProbeRecord, probe: number): PathAnswer {
  const { version, askedWith, asks, sent, http } = record;
  return {
    probe,
    version,
    announced: askedWith.postHandshakeAuth === true,
    asks,
    sent,
    status: http?.status ?? null,
    substatus: http?.substatus ?? null,
    ending: http === null ? (endingOf(record)[0] ?? null) : null,
  };
}

/** '403.7', '200', 'alert 116 certificate_required'; none for a version that the server does not speak. */
function answerOf(probe: ProbeRecord): string[] {
  const status = statusOf(probe);
  return status === null ? endingOf(probe) : [status];
}

function endingOf({ ending: { is, after, alert } }: ProbeRecord): string[] {
  if (is === 'completed' || after === 'client-hello' || after === 'connect') return [];
  return [alert === undefined ? is : `alert ${alert}`];
}

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];

/** A path as told: what connections of one kind were asked and answered. */
export interface ToldPath {
  readonly path: string;
  readonly rows: readonly {
    /** 'TLS 1.2', 'TLS 1.3, post-handshake authentication announced'. */
    readonly where: string;
    readonly asked: string;
    /** Answers to who shows no certificate, and to who shows one; '' when there was none. */
    readonly without: string;
    readonly given: string;
  }[];
}

/** All paths, where there are several, or where the certificate is asked for late; else none. */
export function tellPaths({ paths = [] }: Pick<WhyReport, 'paths'>, language: Language): ToldPath[] {
  const isLate = paths.some(({ asks }) => asks.some((one) => one !== 'handshake'));
  if (paths.length < 2 && !isLate) return [];
  return paths.map(({ path, answers }) => ({ path, rows: rowsOf(answers, language) }));
}

function rowsOf(answers: readonly PathAnswer[], language: Language): ToldPath['rows'] {
  const groups = new Map<string, PathAnswer[]>();
  for (const one of answers) {
    if (one.ending === null && one.status === null && one.asks === null) continue;
    const where = whereOf(one, language);
    groups.set(where, [...(groups.get(where) ?? []), one]);
  }
  const rows = new Map<string, { told: Omit<ToldPath['rows'][number], 'where'>; wheres: string[] }>();
  for (const [where, group] of groups) {
    const told = rowOf(group, language);
    const key = JSON.stringify(told);
    const row = rows.get(key) ?? { told, wheres: [] };
    rows.set(key, row);
    row.wheres.push(where);
  }
  return [...rows.values()].map(({ told, wheres }) => ({ where: language.listing(wheres), ...told }));
}

const whereOf = ({ version, announced }: PathAnswer, language: Language): string =>
  announced ? `${version}, ${language.say('with-postHandshakeAuth-true')}` : version;

function rowOf(answers: readonly PathAnswer[], language: Language): Omit<ToldPath['rows'][number], 'where'> {
  const asks = answers.find((one) => one.asks !== null)?.asks ?? 'no';
  const answersTo = (isShown: boolean): string => {
    const these = answers.filter(({ sent }) => (sent ?? 0) > 0 === isShown);
    return unique(these.flatMap((one) => said(one, language))).join(', ');
  };
  return { asked: language.say(`path-asks-${asks}`), without: answersTo(false), given: answersTo(true) };
}

function said({ status, substatus, ending }: PathAnswer, language: Language): string[] {
  if (status !== null) return [substatus ?? String(status)];
  if (ending === null) return [];
  const id = `path-ends-${ending}`;
  const alert = /^alert (.*)$/.exec(ending)?.[1];
  if (alert !== undefined) return [language.say('path-ends-alert', { alert })];
  return [language.has(id) ? language.say(id) : ending];
}

/** 'asked for after the request (renegotiation); without a certificate 403.7, with it 200'. */
export function sayPathRow({ asked, without, given }: ToldPath['rows'][number], language: Language): string {
  return language.say('path-row', {
    asked,
    ...(without === '' ? {} : { without }),
    ...(given === '' ? {} : { given }),
  });
}
