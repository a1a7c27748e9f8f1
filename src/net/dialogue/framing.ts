import type { Connection, Input } from '../connection.ts';

/** Wraps what is sent and unwraps what comes, until the handshake of TLS is over. Sans I/O. */
export interface Framing {
  wrap(bytes: Uint8Array): Uint8Array;
  /** May give no bytes yet. What is not framed passes as it is: TLS judges it. */
  unwrap(bytes: Uint8Array): Uint8Array;
  /** What is sent from now on travels bare. */
  handshakeOver(): void;
}

/** The connection as TLS sees it through the framing. */
export function frame(connection: Connection, framing: Framing): Connection {
  return {
    ...connection,
    next: async (until): Promise<Input> => {
      const input = await connection.next(until);
      return input.is === 'bytes' ? { is: 'bytes', bytes: framing.unwrap(input.bytes) } : input;
    },
    write: (bytes) => {
      if (bytes.length > 0) connection.write(framing.wrap(bytes));
    },
    handshakeOver: () => framing.handshakeOver(),
  };
}

/** The connection, beginning with bytes that were read too far. */
export function unread(connection: Connection, rest: Uint8Array): Connection {
  if (rest.length === 0) return connection;
  let first: Uint8Array | null = rest;
  return {
    ...connection,
    next: async (until): Promise<Input> => {
      if (!first) return connection.next(until);
      const bytes = first;
      first = null;
      return { is: 'bytes', bytes };
    },
  };
}
