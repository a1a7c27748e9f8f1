import net, { type Socket } from 'node:net';
import { answerOf } from '../base/known.ts';
import type { Host } from '../windows/host.ts';
import { endpointOf } from '../windows/http-sys/key.ts';
import type { PortState } from './running.ts';

/** Never another: the lab is for this machine alone. */
const LOOPBACK = ['127.0.0.1', '::1'];

/** The lab's TCP listeners: one a port and address family, opened and closed as the host's records say. */
export class Ports {
  readonly #onConnection: (socket: Socket) => void;
  readonly #open = new Map<number, readonly net.Server[]>();
  readonly #problems = new Map<number, string>();

  constructor(onConnection: (socket: Socket) => void) {
    this.#onConnection = onConnection;
  }

  /** Every port that a record or a site of the host names; true when something changed. */
  async follow(host: Host): Promise<boolean> {
    const wanted = portsOf(host);
    const surplus = [...this.#open.keys()].filter((port) => !wanted.has(port));
    const missing = [...wanted].filter((port) => !this.#open.has(port) && !this.#problems.has(port));
    for (const port of [...this.#problems.keys()]) if (!wanted.has(port)) this.#problems.delete(port);
    for (const port of surplus) await this.#shut(port);
    for (const port of missing) await this.#listen(port);
    return surplus.length + missing.length > 0;
  }

  get states(): PortState[] {
    const ports = [...this.#open.keys(), ...this.#problems.keys()].sort((a, b) => a - b);
    return ports.map((port) => ({ port, problem: this.#problems.get(port) ?? null }));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((port) => this.#shut(port)));
  }

  /** A machine without IPv6 has no ::1; that is no problem. */
  async #listen(port: number): Promise<void> {
    const opened: net.Server[] = [];
    try {
      for (const address of LOOPBACK) {
        const server = await listen(port, address, this.#onConnection);
        if (server) opened.push(server);
      }
      this.#open.set(port, opened);
    } catch (error) {
      await Promise.all(opened.map(close));
      this.#problems.set(port, problemOf(error as NodeJS.ErrnoException));
    }
  }

  async #shut(port: number): Promise<void> {
    const servers = this.#open.get(port) ?? [];
    this.#open.delete(port);
    await Promise.all(servers.map(close));
  }
}

/** Ports of the records and of the sites' https bindings ('IP:port:host'). */
function portsOf(host: Host): Set<number> {
  const records = answerOf(host.bindings).flatMap((record) => endpointOf(record.key)?.port ?? []);
  const sites = answerOf(host.sites).flatMap((site) =>
    site.bindings
      .filter((binding) => binding.protocol === 'https')
      .map((binding) => Number(/:(\d+):[^:\]]*$/.exec(binding.information)?.[1])),
  );
  return new Set([...records, ...sites].filter((port) => port > 0 && port < 65_536));
}

function listen(
  port: number,
  address: string,
  onConnection: (socket: Socket) => void,
): Promise<net.Server | null> {
  return new Promise((resolve, reject) => {
    const server = net.createServer({ noDelay: true }, onConnection);
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isAbsent = error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT';
      if (isAbsent && address !== LOOPBACK[0]) resolve(null);
      else reject(error);
    });
    server.listen({ port, host: address, ipv6Only: address === '::1' }, () => resolve(server));
  });
}

function close(server: net.Server): Promise<void> {
  return new Promise((resolve) => void server.close(() => resolve()));
}

function problemOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'EADDRINUSE') return 'another program listens there';
  if (code === 'EACCES') return 'ports below 1024 are for the administrator here';
  return message;
}
