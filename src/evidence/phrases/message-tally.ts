import { lineLocus } from '../line-locus.ts';
import type { ProgramMessage } from '../program-claims.ts';
import type { Said } from './find-phrases.ts';
import { clockIn, peerIn, surroundingsOf, timeIn } from './surroundings.ts';

/** Texts of more kinds of messages than these are counted without host, path and facts. */
const MOST = 500;
const MOST_PEERS = 32;

export type Open = { -readonly [name in keyof ProgramMessage]: ProgramMessage[name] };

/** Counts what programs say, in bounded memory: one claim for what is the same but for its time. */
export class MessageTally {
  readonly #messages = new Map<string, Open>();

  add(full: Open): void {
    const key = keyOf(full);
    const known = this.#messages.get(key);
    if (known) count(known, full);
    else if (this.#messages.size < MOST) this.#messages.set(key, full);
    else this.#addBare(full);
  }

  claims(): readonly ProgramMessage[] {
    return [...this.#messages.values()];
  }

  #addBare({ host: _, port: __, path: ___, facts: ____, ...bare }: Open): void {
    const key = keyOf(bare);
    const known = this.#messages.get(key);
    if (known) count(known, bare);
    else this.#messages.set(key, bare);
  }
}

function keyOf({ code, program, side, host, port, path, facts }: Open): string {
  return JSON.stringify([code, program, side, host, port, path, facts]);
}

function count(known: Open, { first, lastClock, peers = {} }: Open): void {
  known.count++;
  addPeers(known, peers);
  if (lastClock !== undefined) known.lastClock = Math.max(known.lastClock ?? lastClock, lastClock);
  if (first === undefined) return;
  known.first = Math.min(known.first ?? first, first);
  known.last = Math.max(known.last ?? first, first);
}

function addPeers(known: Open, added: Readonly<Record<string, number | null>>): void {
  const peers: Record<string, number | null> = { ...known.peers };
  for (const [peer, clock] of Object.entries(added)) {
    const before = peers[peer];
    if (before === undefined && Object.keys(peers).length >= MOST_PEERS) known.morePeers = true;
    else peers[peer] = before == null || clock == null ? (before ?? clock) : Math.max(before, clock);
  }
  if (Object.keys(peers).length > 0) known.peers = peers;
}

const PLACE = ['host', 'port', 'path'];

/** What a phrase in a line of `source` tells. */
export function messageOf({ phrase, line, text, speaker, groups }: Said, source: string): Open {
  const program = speaker?.program ?? phrase.program;
  const side = phrase.side ?? speaker?.side;
  const time = timeIn(text);
  const facts = {
    ...phrase.facts,
    ...Object.fromEntries(
      Object.entries(groups)
        .filter(([name]) => !PLACE.includes(name))
        .map(([name, value]) => [name, /^\d{1,9}$/.test(value) ? Number(value) : value.slice(0, 200)]),
    ),
  };
  return {
    says: 'program-message',
    code: phrase.code,
    ...(program === undefined ? {} : { program }),
    ...(side === undefined ? {} : { side }),
    ...surroundingsOf(text),
    count: 1,
    ...(time === undefined ? {} : { first: time, last: time }),
    ...(side === 'server' ? whenAndWho(clockIn(text), peerIn(text)) : {}),
    ...(Object.keys(facts).length > 0 ? { facts } : {}),
    at: lineLocus(source, line),
  };
}

export const whenAndWho = (
  clock: number | undefined,
  peer: string | undefined,
): Pick<Open, 'lastClock' | 'peers'> => ({
  ...(clock === undefined ? {} : { lastClock: clock }),
  ...(peer === undefined ? {} : { peers: { [peer]: clock ?? null } }),
});
