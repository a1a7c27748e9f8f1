import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Host } from '../windows/host.ts';
import { type Connection, type ConnectionTools, openConnection } from './connection.ts';
import { Ports } from './ports.ts';
import { answerRequest } from './request.ts';
import { forgetRunning, type PortState, readRunning, tellRunning } from './running.ts';
import { hostReader, NoLab } from './state.ts';
import { ContextCache } from './tls-context.ts';
import { LogWriter } from './w3c-log.ts';

export interface LabOptions {
  /** Hears why a connection was reset or a port could not be opened: the lab's Schannel event log. */
  onNote?(note: string): void;
  /** Milliseconds that a client may keep silent; http.sys waits two minutes. */
  patience?: number;
}

export interface Lab extends AsyncDisposable {
  readonly folder: string;
  readonly ports: readonly PortState[];
  close(): Promise<void>;
}

/** How often host.json is looked at for new ports. A connection looks at it anyway. */
const LOOK_EVERY = 100;
const PATIENCE = 120_000;

/** Starts the web server of a lab folder: TCP on loopback, TLS and HTTP as the model of its host decides. */
export async function startLab(folder: string, options: LabOptions = {}): Promise<Lab> {
  const other = await readRunning(folder);
  if (other) throw new NoLab(`${folder}: a lab runs there already (process ${other.pid})`, 'busy');
  const server = new LabServer(folder, options);
  await server.start();
  return server;
}

class LabServer implements Lab {
  readonly folder: string;
  readonly #note: (note: string) => void;
  readonly #tools: ConnectionTools & { readonly log: LogWriter };
  readonly #ports = new Ports((socket) => void this.#accept(socket));
  readonly #http = http.createServer((request, response) => void this.#answer(request, response));
  readonly #connections = new WeakMap<Duplex, Connection>();
  readonly #sockets = new Set<Socket>();
  readonly #startedAt = new Date().toISOString();
  #timer: NodeJS.Timeout | undefined;
  #followed: Host | undefined;

  constructor(folder: string, { onNote, patience = PATIENCE }: LabOptions) {
    this.folder = folder;
    this.#note = onNote ?? (() => {});
    this.#tools = {
      folder,
      patience,
      contexts: new ContextCache(),
      log: new LogWriter(folder),
      readHost: hostReader(folder),
    };
    this.#http.keepAliveTimeout = patience;
    this.#http.on('clientError', (_error, socket) => socket.destroy());
  }

  get ports(): readonly PortState[] {
    return this.#ports.states;
  }

  async start(): Promise<void> {
    await this.#follow();
    this.#timer = setInterval(() => {
      this.#follow().catch((error: Error) => this.#note(error.message));
    }, LOOK_EVERY);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    for (const socket of this.#sockets) socket.destroy();
    await this.#ports.close();
    await forgetRunning(this.folder);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #follow(): Promise<void> {
    const host = await this.#tools.readHost();
    if (host === this.#followed) return;
    this.#followed = host;
    if (!(await this.#ports.follow(host))) return;
    for (const { port, problem } of this.ports) if (problem) this.#note(`port ${port}: ${problem}`);
    await tellRunning(this.folder, { pid: process.pid, startedAt: this.#startedAt, ports: this.ports });
  }

  /** A connection that the model cannot serve is reset, as http.sys does it. */
  async #accept(raw: Socket): Promise<void> {
    this.#sockets.add(raw);
    raw.on('close', () => this.#sockets.delete(raw)).on('error', () => {});
    try {
      const connection = await openConnection(raw, this.#tools);
      const { tls } = connection;
      this.#connections.set(tls, connection);
      const end = (error: Error) => {
        this.#note(`TLS with ${connection.client} failed: ${error.message}`);
        tls.destroy();
      };
      // Past the handshake Node tells failures of TLS by this event alone, when no tls.Server owns the socket.
      tls.on('error', end).on('_tlsError', end);
      tls.setTimeout(this.#tools.patience, () => tls.destroy());
      this.#http.emit('connection', tls);
    } catch (error) {
      this.#note(error instanceof Error ? error.message : String(error));
      raw.resetAndDestroy();
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const connection = this.#connections.get(request.socket)!;
    try {
      await answerRequest(request, response, connection, this.#tools);
    } catch (error) {
      this.#note(error instanceof Error ? error.message : String(error));
      connection.reset();
    }
  }
}
