import { BlockList, isIP, isIPv6 } from 'node:net';
import { type Destination, type ProxyServer, parseProxy } from './proxy.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The proxy that the environment names for connections by TLS; null: none, or none for this host. */
export function proxyFromEnvironment(environment: Environment, to: Destination): ProxyServer | null {
  const text = read(environment, 'https_proxy') ?? read(environment, 'all_proxy');
  if (!text || isExempt(read(environment, 'no_proxy') ?? '', to)) return null;
  const proxy = parseProxy(text);
  if (!proxy) throw new RangeError('the environment names a proxy that is none');
  return proxy;
}

/** Small letters win, as with curl. */
const read = (environment: Environment, name: string): string | undefined =>
  environment[name] || environment[name.toUpperCase()] || undefined;

/** NO_PROXY: names with all that lie below them, addresses and networks, each with a port or without; '*' is all. */
function isExempt(list: string, to: Destination): boolean {
  const entries = list.split(/[\s,]+/).filter((entry) => entry !== '');
  return entries.some((entry) => entry === '*' || fits(entry, to));
}

function fits(entry: string, { host, port }: Destination): boolean {
  const isAddress = isIP(entry) !== 0;
  const [, name = entry, only] = isAddress ? [] : (/^\[?(.*?)\]?(?::(\d+))?$/.exec(entry) ?? []);
  if (only !== undefined && Number(only) !== port) return false;
  const plain = name.toLowerCase().replace(/^\*?\./, '');
  if (isIP(host)) return isInNetwork(host, plain);
  const wanted = host.toLowerCase().replace(/\.$/, '');
  return wanted === plain || wanted.endsWith(`.${plain}`);
}

function isInNetwork(address: string, network: string): boolean {
  const [base = '', bits] = network.split('/');
  if (isIP(base) === 0) return false;
  const family = isIPv6(base) ? 'ipv6' : 'ipv4';
  const width = family === 'ipv6' ? 128 : 32;
  const prefix = bits === undefined ? width : Number(bits);
  if (!(prefix >= 0 && prefix <= width)) return false;
  const list = new BlockList();
  list.addSubnet(base, prefix, family);
  return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
