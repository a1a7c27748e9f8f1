import type { Socket } from 'node:net';
import type { ClientHello } from '../wire/tls/handshake/client-hello.ts';
import { helloIn } from '../wire/tls/record.ts';

/** As much as a ClientHello may be; whoever sends more means no good. */
const MOST_BYTES = 64 << 10;

/**
 * Reads the ClientHello off a fresh connection and puts the bytes back for OpenSSL to read again.
 * null: what came is no TLS, or the client went away or kept silent for too long.
 */
export function readClientHello(socket: Socket, timeout: number): Promise<ClientHello | null> {
  return new Promise((resolve) => {
    let seen = Buffer.alloc(0);
    const timer = setTimeout(() => finish(null), timeout);
    const onData = (chunk: Buffer) => {
      seen = Buffer.concat([seen, chunk]);
      const hello = helloIn(seen);
      if (hello === 'more' && seen.length < MOST_BYTES) return;
      finish(hello === 'more' ? null : hello);
    };
    const onEnd = () => finish(null);
    const finish = (hello: ClientHello | null) => {
      clearTimeout(timer);
      socket.off('data', onData).off('close', onEnd).off('end', onEnd);
      socket.pause();
      if (hello) socket.unshift(seen);
      resolve(hello);
    };
    socket.on('data', onData).on('close', onEnd).on('end', onEnd);
  });
}
