import { Malformed } from '../../base/bytes.ts';
import { type Awaiting, Peer } from './peer.ts';

/** How a script ends: TLS, or the next dialogue, may begin; or the peer will have none of it. */
export type Verdict = 'ready' | { readonly refused: string };

/** One side of a dialogue, top-down: says something, waits for an answer, goes on. Throws Malformed. */
export type Script = (peer: Peer) => Awaiting<Verdict>;

/** What has become of a dialogue. Words of the peer are as it sent them: whoever prints them escapes them. */
export type Turn =
  | { readonly is: 'more' }
  /** `rest`: what came behind the peer's consent; it belongs to what follows. */
  | { readonly is: 'ready'; readonly rest: Uint8Array }
  | { readonly is: 'refused'; readonly said: string }
  | { readonly is: 'malformed'; readonly why: string };

export interface Move {
  readonly send: Uint8Array;
  readonly turn: Turn;
}

/** Runs a script against bytes as they come, in whatever pieces. Sans I/O: touches neither socket nor clock. */
export class Dialogue {
  readonly #peer: Peer;
  readonly #talk: Awaiting<Verdict>;

  /** `limit`: most bytes to take from the peer. */
  constructor(script: Script, limit?: number) {
    this.#peer = new Peer(limit);
    this.#talk = script(this.#peer);
  }

  /** What the peer owes us at this moment. */
  get awaited(): string {
    return this.#peer.awaited;
  }

  start(): Move {
    return this.#move(() => undefined);
  }

  receive(bytes: Uint8Array): Move {
    return this.#move(() => this.#peer.hear(bytes));
  }

  #move(hear: () => void): Move {
    try {
      hear();
      const { done, value } = this.#talk.next();
      return { send: this.#peer.takeWords(), turn: done ? this.#turn(value) : { is: 'more' } };
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      return { send: new Uint8Array(0), turn: { is: 'malformed', why: `${error.what}: ${error.why}` } };
    }
  }

  #turn(verdict: Verdict): Turn {
    if (verdict === 'ready') return { is: 'ready', rest: this.#peer.takeRest() };
    return { is: 'refused', said: verdict.refused.slice(0, MAX_SAID) };
  }
}

const MAX_SAID = 300;

/** Gives up with a reason in words. */
export const refused = (said: string): Verdict => ({ refused: said });
