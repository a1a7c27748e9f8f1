import type { Locus } from '../base/locus.ts';
import { NOT_LOGGED } from '../evidence/claims.ts';
import type { Picture } from '../picture/picture.ts';
import { BINDING_FIELDS, type SslBinding } from '../windows/http-sys/binding.ts';
import { printKey, sameKey } from '../windows/http-sys/key.ts';
import type { Moment } from './report.ts';
import { count } from './words.ts';

/** A moment before its time is printed; `time` in milliseconds since 1970 UTC. */
interface Seen {
  readonly time: number;
  readonly what: string;
  readonly at: Locus;
  readonly role: Moment['role'];
}

/** More than this hides what matters; the evidence itself stays in the picture. */
const MOST = 16;

/**
 * What happened when, in order: changes of the server, the first of each kind of refusal with the success before it,
 * events, what programs said. Where there are more, those nearest to the first refusal stay.
 */
export function timelineOf(picture: Picture): Moment[] {
  const all = [
    ...refusals(picture),
    ...eventMoments(picture),
    ...snapshotMoments(picture),
    ...httpErrorMoments(picture),
    ...messageMoments(picture),
    ...wireMoments(picture),
  ];
  const first = firstRefusal(all);
  const near = (one: Seen) => Math.abs(one.time - (first ?? one.time)) - (one.role === 'other' ? 0 : HOUR);
  const kept = all.length > MOST ? all.toSorted((a, b) => near(a) - near(b)).slice(0, MOST) : all;
  return kept
    .toSorted((a, b) => a.time - b.time)
    .map(({ time, what, at, role }) => ({
      time: new Date(time).toISOString(),
      ...(first === undefined ? { offset: null } : { offset: Math.round((time - first) / 1000) }),
      what,
      at,
      role,
    }));
}

const HOUR = 3_600_000;

const firstRefusal = (all: readonly Seen[]): number | undefined =>
  all.filter(({ role }) => role === 'refusal').toSorted((a, b) => a.time - b.time)[0]?.time;

/** Statuses that an endpoint gives to clients whose certificate is missing or not accepted (domain 5.1). */
const REFUSALS: Readonly<Record<number, readonly number[]>> = {
  401: [NOT_LOGGED, 1, 2, 3],
  403: [4, 7, 12, 13, 16, 17],
  413: [NOT_LOGGED, 0, 1],
  500: [0],
};

function refusals({ logons }: Picture): Seen[] {
  const byStatus = new Map<string, (typeof logons)[number][]>();
  for (const one of logons) {
    if (!REFUSALS[one.status]?.includes(one.substatus)) continue;
    const name = one.substatus > 0 ? `${one.status}.${one.substatus}` : `${one.status}`;
    const told = one.win32 > 0 ? `${name} (win32 ${one.win32})` : name;
    byStatus.set(told, [...(byStatus.get(told) ?? []), one]);
  }
  return [...byStatus].flatMap(([name, some]) => {
    const first = some.toSorted((a, b) => a.first - b.first)[0]!;
    const lines = some.reduce((sum, one) => sum + one.count, 0);
    const refused: Seen = {
      time: first.first,
      what: lines === 1 ? `a request ends in ${name}` : `requests begin to end in ${name}: ${lines} of them`,
      at: first.at,
      role: 'refusal',
    };
    const { successBefore: before } = first;
    return before
      ? [{ time: before.time, what: 'the last success before', at: before.at, role: 'success' }, refused]
      : [refused];
  });
}

/** Events whose number says that a record of http.sys was written or failed (domain 1.6, 4.5). */
const CHANGES: Readonly<Record<number, string>> = {
  15300: 'was deleted',
  15301: 'was created',
  15302: 'was reserved',
};

function eventMoments({ events = [] }: Picture): Seen[] {
  return events.flatMap((event) => {
    const change = /HttpEvent/i.test(event.provider) ? CHANGES[event.id] : undefined;
    if (change)
      return event.cases.flatMap((one): Seen[] => {
        const time = one.first ?? event.first;
        const endpoint = Object.values(one.data).find((value) => /:\d+$/.test(value)) ?? 'an endpoint';
        return time === undefined
          ? []
          : [
              {
                time,
                what: `the record of ${endpoint} ${change} (event ${event.id})`,
                at: one.at,
                role: 'change',
              },
            ];
      });
    if (event.first === undefined) return [];
    const what = `${event.provider} event ${event.id}${event.count === 1 ? '' : `, ${event.count} times`}`;
    return [{ time: event.first, what, at: event.at, role: 'other' as const }];
  });
}

/** Fields in which an older snapshot of a record differs from the one that counts. */
function snapshotMoments({ history = [], hosts }: Picture): Seen[] {
  return history.flatMap(({ takenAt, host: past }): Seen[] => {
    const now = hosts.find(({ name }) => name === past.name);
    if (takenAt === undefined || now?.bindings.is !== 'known' || past.bindings.is !== 'known') return [];
    const records = now.bindings.value;
    return past.bindings.value.flatMap((old): Seen[] => {
      const record = records.find(({ key }) => sameKey(key, old.key));
      const at = old.because[0];
      if (!at) return [];
      const was = record ? differing(old, record) : ['it was there'];
      if (was.length === 0) return [];
      return [
        {
          time: takenAt,
          what: `${printKey(old.key)} in a snapshot: ${was.join(', ')}`,
          at,
          role: 'snapshot',
        },
      ];
    });
  });
}

function differing(old: SslBinding, now: SslBinding): string[] {
  return BINDING_FIELDS.flatMap(({ name, label }) => {
    const [was, is] = [old.fields[name], now.fields[name]];
    if (was?.is !== 'known' || is?.is !== 'known' || was.value === is.value) return [];
    return [`${label} was ${said(was.value)}, later ${said(is.value)}`];
  });
}

const said = (value: unknown): string =>
  value === undefined ? '(null)' : value === true ? 'Enabled' : value === false ? 'Disabled' : `${value}`;

const httpErrorMoments = ({ httpErrors = [] }: Picture): Seen[] =>
  httpErrors.map((one) => ({
    time: one.first,
    what: `http.sys drops ${count(one.count, 'request')}: ${one.reason}`,
    at: one.at,
    role: 'other',
  }));

const messageMoments = ({ messages = [] }: Picture): Seen[] =>
  messages.flatMap((one) =>
    one.first === undefined
      ? []
      : [
          {
            time: one.first,
            what: `${one.program ?? 'a program'} says: ${one.code.replaceAll('-', ' ')}`,
            at: one.at,
            role: 'other' as const,
          },
        ],
  );

const wireMoments = ({ handshakes }: Picture): Seen[] =>
  handshakes.flatMap(({ time, request, port, serverName, at }) =>
    time === undefined || request === null
      ? []
      : [
          {
            time,
            what: `${serverName ?? 'the server'}:${port} asks for a certificate and names ${count(request.authorities.length, 'issuer')}`,
            at,
            role: 'other' as const,
          },
        ],
  );
