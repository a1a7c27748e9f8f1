import type { Locus } from '../../base/locus.ts';
import type { Ends, Side } from '../../wire/capture/ends.ts';
import { copyOfMoment, type Moment } from '../../wire/capture/moment.ts';
import type { SeenRequest } from '../../wire/tls/passive/seen.ts';
import { version as versions } from '../../wire/tls/registry/index.ts';
import type { Claim, ClientAnswer } from '../claims.ts';
import type { UnreadWhy } from '../tls-claims.ts';
import { type Answered, answerKey, answerOf } from './answer.ts';

/** What makes handshakes alike: one endpoint, one name, one certificate of the server, and the same request. */
export interface Alike {
  /** Lent. */
  readonly ends: Ends;
  /** Which of them is the server. */
  readonly server: Side;
  readonly serverName: string | null | undefined;
  readonly serverCertificate: Uint8Array | undefined;
  readonly version: number | undefined;
  readonly outcome: SeenRequest | 'not-asked' | UnreadWhy;
}

/** So many kinds of handshakes are told apart, and so many kinds of answers to each. */
const MOST_GROUPS = 2_000;
const MOST_ANSWERS = 64;

interface Group extends Alike {
  /** In the order of their making. */
  readonly number: number;
  readonly next: Group | undefined;
  moment: Moment;
  first: number | null;
  last: number | null;
  count: number;
  readonly answers: Map<string | number, { count: number; readonly answer: Omit<ClientAnswer, 'count'> }>;
}

/** Puts handshakes that are alike together, so that a capture of a busy server says little and all of it. */
export class Groups {
  /** Handshakes that were too many kinds of to be kept. */
  overflow = 0;
  /** Answers of clients, likewise. */
  answersLeftOut = 0;
  /** By a hash of the server's end and port; groups that share it are chained. */
  readonly #groups = new Map<number, Group>();
  #size = 0;

  add(alike: Alike, moment: Moment, answered: Answered): void {
    const hash = hashOf(alike);
    const first = this.#groups.get(hash);
    let group = first;
    while (group && !isAlike(group, alike)) group = group.next;
    if (!group) {
      if (this.#size === MOST_GROUPS) {
        this.overflow++;
        return;
      }
      group = makeGroup(alike, moment, this.#size++, first);
      this.#groups.set(hash, group);
    }
    group.count++;
    // Connections end in another order than they began.
    if (moment.place < group.moment.place) group.moment = copyOfMoment(moment);
    if (moment.time !== null) {
      group.first = Math.min(group.first ?? moment.time, moment.time);
      group.last = Math.max(group.last ?? moment.time, moment.time);
    }
    this.#addAnswer(group, answered);
  }

  /** In the order in which they first stand in the capture. */
  claims(source: string, thumbprintOf: (der: Uint8Array) => string): Claim[] {
    const all: Group[] = [];
    for (const first of this.#groups.values())
      for (let one: Group | undefined = first; one; one = one.next) all.push(one);
    all.sort((a, b) => a.moment.place - b.moment.place || a.number - b.number);
    return all.map((group) => claimOf(group, source, thumbprintOf));
  }

  #addAnswer({ answers }: Group, answered: Answered): void {
    const key = answerKey(answered);
    const known = answers.get(key);
    if (known) known.count++;
    else if (answers.size === MOST_ANSWERS) this.answersLeftOut++;
    else answers.set(key, { count: 1, answer: answerOf(answered) });
  }
}

const hashOf = ({ ends, server, serverName, version }: Alike): number =>
  (ends.endHash(server) ^ Math.imul((version ?? 0) + 31 * (serverName?.length ?? 0), 0x9e3779b1)) &
  0x3fffffff;

/** Equal requests and certificates are one object each (wire/tls/passive/interned.ts). */
function isAlike(one: Alike, other: Alike): boolean {
  return (
    one.version === other.version &&
    one.serverName === other.serverName &&
    one.serverCertificate === other.serverCertificate &&
    (typeof one.outcome === 'string' || typeof other.outcome === 'string'
      ? one.outcome === other.outcome
      : one.outcome.request === other.outcome.request && one.outcome.late === other.outcome.late) &&
    one.ends.isSameEnd(one.server, other.ends, other.server)
  );
}

const makeGroup = (alike: Alike, moment: Moment, number: number, next: Group | undefined): Group => ({
  ...alike,
  ends: alike.ends.copy(),
  number,
  next,
  moment: copyOfMoment(moment),
  first: moment.time,
  last: moment.time,
  count: 0,
  answers: new Map(),
});

function claimOf(group: Group, source: string, thumbprintOf: (der: Uint8Array) => string): Claim {
  const { ends, server, serverName, serverCertificate, version, outcome, count, answers } = group;
  const [address, port] = [ends.address(server), ends.port(server)];
  const at: Locus = {
    source,
    byte: group.moment.place,
    byteEnd: group.moment.placeEnd,
    text: `${address.includes(':') ? `[${address}]` : address}:${port}${serverName ? ` (${serverName})` : ''}, ${version === undefined ? 'TLS' : versions.name(version)}: ${inWords(outcome)}${count > 1 ? `, ${count} times` : ''}`,
  };
  const common = {
    address,
    port,
    ...(serverName ? { serverName } : {}),
    ...(serverCertificate ? { serverCertificate: thumbprintOf(serverCertificate) } : {}),
    ...(version === undefined ? {} : { version }),
    count,
    ...(group.last === null ? {} : { last: group.last }),
    answers: [...answers.values()]
      .map(({ answer, count: times }) => ({ ...answer, count: times }))
      .sort((a, b) => b.count - a.count),
    at,
  };
  const isUnread = typeof outcome === 'string' && outcome !== 'not-asked';
  if (isUnread)
    return {
      says: 'handshakes-unread',
      ...common,
      why: outcome,
      ...(group.first === null ? {} : { first: group.first }),
    };
  const late = typeof outcome === 'string' ? null : outcome.late;
  return {
    says: 'certificate-request',
    ...common,
    ...(group.first === null ? {} : { time: group.first }),
    request: typeof outcome === 'string' ? null : outcome.request,
    ...(late ? { late: { when: late } } : {}),
  };
}

const WORDS: Readonly<Record<UnreadWhy | 'not-asked', string>> = {
  'not-asked': 'no certificate asked for',
  encrypted: 'encrypted',
  renegotiation: 'renegotiated inside the encryption',
  resumed: 'an earlier session taken up',
  'cut-off': 'parts are missing',
  refused: 'refused',
};

function inWords(outcome: Alike['outcome']): string {
  if (typeof outcome === 'string') return WORDS[outcome];
  const { request, late } = outcome;
  const { length } = request.authorities;
  const asked = !request.authoritiesPresent || length === 0 ? 'any issuer' : `${length} issuers named`;
  return `a certificate asked for, ${asked}${late ? `, by ${late}` : ''}`;
}
