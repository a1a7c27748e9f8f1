import type { Locus } from '../../base/locus.ts';
import type { Moment } from '../../wire/capture/moment.ts';
import type { SeenRequest } from '../../wire/tls/passive/seen.ts';
import { version as versions } from '../../wire/tls/registry/index.ts';
import type { Claim, ClientAnswer } from '../claims.ts';
import type { UnreadWhy } from '../tls-claims.ts';
import { type Answered, answerKey, answerOf } from './answer.ts';

/** What makes handshakes alike: one endpoint, one name, and the same request. */
export interface Alike {
  readonly address: string;
  readonly port: number;
  readonly serverName: string | null | undefined;
  readonly version: number | undefined;
  readonly outcome: SeenRequest | 'not-asked' | UnreadWhy;
}

/** So many kinds of handshakes are told apart, and so many kinds of answers to each. */
const MOST_GROUPS = 2_000;
const MOST_ANSWERS = 64;

interface Group extends Alike {
  moment: Moment;
  first: number | null;
  last: number | null;
  count: number;
  readonly answers: Map<string, { count: number; readonly answer: Omit<ClientAnswer, 'count'> }>;
}

/** Puts handshakes that are alike together, so that a capture of a busy server says little and all of it. */
export class Groups {
  /** Handshakes that were too many kinds of to be kept. */
  overflow = 0;
  /** Answers of clients, likewise. */
  answersLeftOut = 0;
  readonly #groups = new Map<string, Group>();
  /** Numbers of requests; as many as there may be groups. */
  readonly #requests = new Map<object, number>();
  #otherRequests = 0;

  add(alike: Alike, moment: Moment, answered: Answered): void {
    const key = this.#keyOf(alike);
    let group = this.#groups.get(key);
    if (!group) {
      if (this.#groups.size === MOST_GROUPS) {
        this.overflow++;
        return;
      }
      group = {
        ...alike,
        moment: { ...moment },
        first: moment.time,
        last: moment.time,
        count: 0,
        answers: new Map(),
      };
      this.#groups.set(key, group);
    }
    group.count++;
    // Connections end in another order than they began.
    if (moment.place < group.moment.place) group.moment = { ...moment };
    if (moment.time !== null) {
      group.first = Math.min(group.first ?? moment.time, moment.time);
      group.last = Math.max(group.last ?? moment.time, moment.time);
    }
    this.#addAnswer(group, answered);
  }

  /** In the order in which they first stand in the capture. */
  claims(source: string): Claim[] {
    const inOrder = [...this.#groups.values()].sort((a, b) => a.moment.place - b.moment.place);
    return inOrder.map((group) => claimOf(group, source));
  }

  #keyOf({ address, port, serverName, version, outcome }: Alike): string {
    const what = typeof outcome === 'string' ? outcome : `${this.#numberOf(outcome.request)} ${outcome.late}`;
    return `${address} ${port} ${serverName} ${version} ${what}`;
  }

  /** Equal requests are one object (wire/tls/passive/interned.ts). */
  #numberOf(request: object): number {
    const known = this.#requests.get(request);
    if (known !== undefined) return known;
    if (this.#requests.size === MOST_GROUPS) return MOST_GROUPS + this.#otherRequests++;
    this.#requests.set(request, this.#requests.size);
    return this.#requests.size - 1;
  }

  #addAnswer({ answers }: Group, answered: Answered): void {
    const key = answerKey(answered);
    const known = answers.get(key);
    if (known) known.count++;
    else if (answers.size === MOST_ANSWERS) this.answersLeftOut++;
    else answers.set(key, { count: 1, answer: answerOf(answered) });
  }
}

function claimOf(group: Group, source: string): Claim {
  const { address, port, serverName, version, outcome, count, answers } = group;
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
