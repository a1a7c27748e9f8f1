import { performance } from 'node:perf_hooks';
import type { Connection } from '../connection.ts';
import type { Dialogue, Move } from './dialogue.ts';
import { unread } from './framing.ts';

export interface Talk {
  readonly connection: Connection;
  readonly dialogue: Dialogue;
  /** As performance.now(). */
  readonly until: number;
  readonly onBytes?: (direction: 'sent' | 'received', bytes: Uint8Array) => void;
}

/** How a dialogue failed; see BeforeTls. */
export interface Failure {
  readonly how: 'refused' | 'closed' | 'reset' | 'timeout' | 'malformed';
  readonly said: string;
}

/** Holds a dialogue over a connection. Returns what follows on it, or how it failed; the caller closes it then. */
export async function hold(talk: Talk): Promise<Connection | Failure> {
  const { connection, dialogue, until, onBytes } = talk;
  for (let move = dialogue.start(); ; ) {
    const outcome = carryOut(move, talk);
    if (outcome) return outcome;
    const input = await connection.next(until);
    // A peer that drips has always something waiting.
    if (input.is === 'timeout' || performance.now() >= until)
      return { how: 'timeout', said: dialogue.awaited };
    if (input.is !== 'bytes') return { how: input.is === 'end' ? 'closed' : 'reset', said: dialogue.awaited };
    onBytes?.('received', input.bytes);
    move = dialogue.receive(input.bytes);
  }
}

function carryOut({ send, turn }: Move, { connection, onBytes }: Talk): Connection | Failure | null {
  if (send.length > 0) onBytes?.('sent', send);
  connection.write(send);
  switch (turn.is) {
    case 'more':
      return null;
    case 'ready':
      return unread(connection, turn.rest);
    case 'refused':
      return { how: 'refused', said: turn.said };
    case 'malformed':
      return { how: 'malformed', said: turn.why };
  }
}
