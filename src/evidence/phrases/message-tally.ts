import { lineLocus } from '../line-locus.ts';
import type { ProgramMessage } from '../program-claims.ts';
import type { ReadContext } from '../reader.ts';
import type { Said } from './find-phrases.ts';
import { surroundingsOf, timeIn } from './surroundings.ts';

/** Texts of more kinds of messages than these are counted without host, path and facts. */
const MOST = 500;

type Open = { -readonly [name in keyof ProgramMessage]: ProgramMessage[name] };

/** Counts what programs say, in bounded memory: one claim for what is the same but for its time. */
export class MessageTally {
  readonly #context: Pick<ReadContext, 'source'>;
  readonly #messages = new Map<string, Open>();

  constructor(context: Pick<ReadContext, 'source'>) {
    this.#context = context;
  }

  add(said: Said): void {
    const full = messageOf(said, this.#context.source);
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

function count(known: Open, { first }: Open): void {
  known.count++;
  if (first === undefined) return;
  known.first = Math.min(known.first ?? first, first);
  known.last = Math.max(known.last ?? first, first);
}

const PLACE = ['host', 'port', 'path'];

function messageOf({ phrase, line, text, speaker, groups }: Said, source: string): Open {
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
    ...(Object.keys(facts).length > 0 ? { facts } : {}),
    at: lineLocus(source, line),
  };
}
