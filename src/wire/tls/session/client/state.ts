import type { HandshakeMessage } from '../../handshake/message.ts';

/** A state of the handshake, named for what it expects. Handling a message gives the next state. */
export interface State {
  /** In words, for messages: 'ServerHello'. */
  readonly expects: string;
  /** Handlers by handshake type; any other type is a violation. */
  readonly on: Readonly<Partial<Record<number, (message: HandshakeMessage) => Promise<State>>>>;
  readonly changeCipherSpec?: () => Promise<State>;
  /** The handshake is over and application data may be sent. */
  readonly connected?: true;
}
