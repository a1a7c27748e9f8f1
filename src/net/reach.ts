import { type Connection, connect } from './connection.ts';
import { Dialogue } from './dialogue/dialogue.ts';
import { frame } from './dialogue/framing.ts';
import { hold, type Talk } from './dialogue/hold.ts';
import type { BeforeTls, ProbeEnd, ProbeOptions, ProbeTarget } from './probe-types.ts';
import { findProtocol } from './starttls/find.ts';
import { type ProxyServer, printProxy, proxyScript } from './via/proxy.ts';
import { encodeProxyHeader } from './via/proxy-header.ts';
import { resolveFor } from './via/resolve.ts';

/** A connection on which TLS may begin, or why there is none. */
export type Reached =
  | { readonly address: string | null; readonly connection: Connection; readonly failure?: never }
  | { readonly address: string | null; readonly connection?: never; readonly failure: ProbeEnd };

/**
 * Brings a connection to the point where TLS begins: through a proxy, past a header of the PROXY protocol, past the
 * words of STARTTLS, as far as each is wanted. Never rejects.
 */
export async function reach(target: ProbeTarget, options: ProbeOptions, until: number): Promise<Reached> {
  const { proxy, proxyHeader } = options;
  const way = await (proxy ? tunnel(target, proxy, until, options) : open(target.host, target.port, until));
  if ('is' in way) return { address: null, failure: way };
  const address = proxy ? null : way.address;
  if (proxyHeader) {
    const header = encodeProxyHeader(proxyHeader, way);
    options.onPreamble?.('sent', header);
    way.write(header);
  }
  if (target.starttls === undefined) return { address, connection: way };
  const started = await startTls(way, target, target.starttls, until, options);
  if (!('is' in started)) return { address, connection: started };
  way.close();
  return { address, failure: started };
}

async function open(
  host: string,
  port: number,
  until: number,
  secure = false,
): Promise<Connection | ProbeEnd> {
  const connection = await connect(host, port, until, secure);
  return typeof connection === 'string' ? { is: 'unreachable', why: connection } : connection;
}

async function tunnel(
  target: ProbeTarget,
  proxy: ProxyServer,
  until: number,
  options: ProbeOptions,
): Promise<Connection | ProbeEnd> {
  const destination = await resolveFor(proxy, target, until);
  if (typeof destination === 'string') return { is: 'unreachable', why: destination };
  const connection = await connect(proxy.host, proxy.port, until, proxy.kind === 'https');
  if (typeof connection === 'string')
    return { is: 'unreachable', why: `the proxy ${printProxy(proxy)}: ${connection}` };
  const dialogue = new Dialogue(proxyScript(proxy, destination), options.byteLimit);
  const held = await hold({ connection, dialogue, until });
  if (!('how' in held)) return held;
  connection.close();
  return { is: 'before-tls', stage: 'proxy', protocol: proxy.kind, ...held };
}

async function startTls(
  connection: Connection,
  target: ProbeTarget,
  name: string,
  until: number,
  options: ProbeOptions,
): Promise<Connection | BeforeTls> {
  const stage = { is: 'before-tls', stage: 'starttls', protocol: name } as const;
  const protocol = findProtocol(name);
  if (!protocol) return { ...stage, how: 'malformed', said: 'no such protocol is known to handclasp' };
  const script = protocol.script({
    name: target.serverName ?? target.host,
    from: connection.local.address,
  });
  const talk: Talk = { connection, dialogue: new Dialogue(script, options.byteLimit), until };
  const held = await hold(options.onPreamble ? { ...talk, onBytes: options.onPreamble } : talk);
  if ('how' in held) return { ...stage, protocol: protocol.id, ...held };
  return protocol.framing ? frame(held, protocol.framing()) : held;
}
