import type { Socket } from 'node:net';
import { TLSSocket, type TLSSocketOptions } from 'node:tls';
import { answerOf } from '../base/known.ts';
import type { Host } from '../windows/host.ts';
import type { SslBinding } from '../windows/http-sys/binding.ts';
import { bindingFor } from '../windows/http-sys/lookup.ts';
import type { Certificate } from '../wire/x509/certificate.ts';
import { clientChain } from './client-chain.ts';
import { readClientHello } from './client-hello.ts';
import { serverSettings, settingOf, Unusable } from './handshake.ts';
import type { ContextCache } from './tls-context.ts';

export interface ConnectionTools {
  readonly folder: string;
  readonly contexts: ContextCache;
  readHost(): Promise<Host>;
  /** Milliseconds that a client may keep silent. */
  readonly patience: number;
}

/** A TLS connection and what http.sys decided about it before any request. */
export class Connection {
  readonly tls: TLSSocket;
  readonly record: SslBinding;
  readonly address: string;
  readonly port: number;
  readonly client: string;
  readonly #raw: Socket;
  #asked: boolean;
  #asking: Promise<boolean> | undefined;

  constructor(raw: Socket, tls: TLSSocket, record: SslBinding, asked: boolean) {
    this.#raw = raw;
    this.#asked = asked;
    this.tls = tls;
    this.record = record;
    this.address = plainAddress(raw.localAddress);
    this.port = raw.localPort ?? 0;
    this.client = plainAddress(raw.remoteAddress);
  }

  /** null: no certificate was asked for so far. Empty: asked, none sent. */
  chain(): Certificate[] | null {
    return this.#asked ? clientChain(this.tls) : null;
  }

  /** TLS 1.2: a second handshake, now with a CertificateRequest. False when the client would not. */
  askAgain(): Promise<boolean> {
    // Requests may come before the one ahead is answered; they share one handshake.
    this.#asking ??= this.#renegotiate();
    return this.#asking;
  }

  #renegotiate(): Promise<boolean> {
    return new Promise((resolve) => {
      const gone = () => resolve(false);
      this.tls.once('close', gone);
      this.tls.renegotiate({ requestCert: true, rejectUnauthorized: false }, (error) => {
        this.tls.off('close', gone);
        this.#asked = true;
        resolve(!error);
      });
    });
  }

  /** A TCP reset, as http.sys ends what it cannot serve. */
  reset(): void {
    this.#raw.resetAndDestroy();
  }
}

/** Reads the ClientHello, lets the model choose the record, and starts the handshake as that record says. */
export async function openConnection(raw: Socket, tools: ConnectionTools): Promise<Connection> {
  const hello = await readClientHello(raw, tools.patience);
  if (!hello) throw new Unusable('no ClientHello came');
  const host = await tools.readHost();
  const address = plainAddress(raw.localAddress);
  const port = raw.localPort ?? 0;
  const record = answerOf(bindingFor(host, { address, port, serverName: hello.serverName ?? null }));
  if (!record) throw new Unusable(`no record answers ${hello.serverName ?? address}:${port}`);
  const secureContext = tools.contexts.get(await serverSettings(host, record, tools.folder));
  const asks = settingOf(record, 'clientcertnegotiation') === true;
  const options: TLSSocketOptions = {
    isServer: true,
    secureContext,
    requestCert: asks,
    // Whom to trust is for the model to say; OpenSSL only proves that the client holds the key.
    rejectUnauthorized: false,
    ALPNProtocols: ['http/1.1'],
  };
  return new Connection(raw, new TLSSocket(raw, options), record, asks);
}

/** IPv4 addresses arrive as '::ffff:127.0.0.1' on sockets of both families. */
function plainAddress(address: string | undefined): string {
  return (address ?? '').replace(/^::ffff:/, '');
}
