import { isIPv4 } from 'node:net';
import { asciiBytes, concat, Writer } from '../../base/bytes.ts';
import { addressBytes, mappedAddress } from './address.ts';

/** The line by which a load balancer tells a server behind it who is calling: the PROXY protocol. */
export interface ProxyHeader {
  readonly version: 'v1' | 'v2';
  /** Who is said to call; what is absent is as the connection shows us. */
  readonly source?: Partial<Endpoint>;
  /** Where the call is said to have gone; what is absent is where the connection went. */
  readonly destination?: Partial<Endpoint>;
}

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** HAProxy, "The PROXY protocol, versions 1 & 2": 2.1 (text) and 2.2 (binary). */
export function encodeProxyHeader(
  header: ProxyHeader,
  real: { local: Endpoint; remote: Endpoint },
): Uint8Array {
  const [from, to] = oneFamily(
    { ...real.local, ...header.source },
    { ...real.remote, ...header.destination },
  );
  return header.version === 'v1' ? text(from, to) : binary(from, to);
}

/** Both ends must be of one family; an IPv4 address has a form in IPv6. */
function oneFamily(from: Endpoint, to: Endpoint): [Endpoint, Endpoint] {
  const plain = [from, to].map(({ address, port }) => ({ address: unmapped(address), port }));
  const isMixed = isIPv4(plain[0]!.address) !== isIPv4(plain[1]!.address);
  const [a, b] = plain.map(({ address, port }) => ({
    address: isMixed ? mappedAddress(address) : address,
    port,
  }));
  return [a!, b!];
}

const unmapped = (address: string): string =>
  address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '').replace(/%.*$/, '');

const text = (from: Endpoint, to: Endpoint): Uint8Array =>
  asciiBytes(
    `PROXY ${isIPv4(from.address) ? 'TCP4' : 'TCP6'} ${from.address} ${to.address} ${from.port} ${to.port}\r\n`,
  );

const SIGNATURE = asciiBytes('\r\n\r\n\0\r\nQUIT\n');
const VERSION_2_PROXY = 0x21;
const [TCP_OVER_IPV4, TCP_OVER_IPV6] = [0x11, 0x21];

function binary(from: Endpoint, to: Endpoint): Uint8Array {
  const addresses = concat([addressBytes(from.address), addressBytes(to.address)]);
  const family = addresses.length === 8 ? TCP_OVER_IPV4 : TCP_OVER_IPV6;
  const head = new Writer()
    .raw(SIGNATURE)
    .u8(VERSION_2_PROXY)
    .u8(family)
    .u16(addresses.length + 4);
  return head.raw(addresses).u16(from.port).u16(to.port).done();
}
