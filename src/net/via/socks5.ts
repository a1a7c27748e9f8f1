import { isIPv4, isIPv6 } from 'node:net';
import { Malformed, Writer } from '../../base/bytes.ts';
import { utf8Bytes } from '../../base/text.ts';
import { refused, type Script, type Verdict } from '../dialogue/dialogue.ts';
import type { Awaiting, Peer } from '../dialogue/peer.ts';
import { addressBytes } from './address.ts';
import type { Destination, ProxyServer } from './proxy.ts';

const NO_PASSWORD = 0;
const PASSWORD = 2;
const NONE_FITS = 0xff;
const [IPV4, NAME, IPV6] = [1, 3, 4];
const MAX_TEXT = 255;

/** SOCKS 5 (RFC 1928), with user and password where there are any (RFC 1929). */
export const connectBySocks5 = (proxy: ProxyServer, to: Destination): Script =>
  function* (peer) {
    const methods = proxy.user === undefined ? [NO_PASSWORD] : [NO_PASSWORD, PASSWORD];
    peer.say(Uint8Array.of(5, methods.length, ...methods));
    const [version, method = NONE_FITS] = yield* peer.take(2, 'choice of a method');
    if (version !== 5) throw new Malformed('choice of a method', 0, `version ${version}`);
    if (!methods.includes(method)) return refused(noMethod(method, proxy));
    const denied = method === PASSWORD ? yield* logOn(peer, proxy) : null;
    return denied ?? (yield* connect(peer, to));
  };

function noMethod(method: number, { user }: ProxyServer): string {
  if (method !== NONE_FITS) return `it chose method ${method}, which was not offered`;
  return user === undefined
    ? 'it wants a logon: give the user in the address of the proxy'
    : 'it accepts neither user and password nor none';
}

function* logOn(peer: Peer, { user = '', password = '' }: ProxyServer): Awaiting<Verdict | null> {
  const [name, secret] = [utf8Bytes(user), utf8Bytes(password)];
  if (name.length > MAX_TEXT || secret.length > MAX_TEXT)
    return refused('user or password exceeds 255 bytes');
  peer.say(new Writer().u8(1).u8(name.length).raw(name).u8(secret.length).raw(secret).done());
  const [, status] = yield* peer.take(2, 'answer to user and password');
  return status === 0 ? null : refused(`user or password is wrong (status ${status})`);
}

function* connect(peer: Peer, to: Destination): Awaiting<Verdict> {
  const name = utf8Bytes(to.host);
  if (name.length > MAX_TEXT) return refused('SOCKS 5 carries names of up to 255 bytes');
  const address = isIPv4(to.host)
    ? new Writer().u8(IPV4).raw(addressBytes(to.host))
    : isIPv6(to.host)
      ? new Writer().u8(IPV6).raw(addressBytes(to.host))
      : new Writer().u8(NAME).u8(name.length).raw(name);
  peer.say(new Writer().u8(5).u8(1).u8(0).raw(address.done()).u16(to.port).done());
  const [version, code = 0, , type = 0, length = 0] = yield* peer.take(5, 'answer to CONNECT');
  if (version !== 5) throw new Malformed('answer to CONNECT', 0, `version ${version}`);
  if (code !== 0) return refused(`${code} ${REASONS[code] ?? 'an unknown code'}`);
  // The rest of the address that the proxy uses, and its port. One byte of it has been read.
  const size = type === IPV4 ? 4 : type === IPV6 ? 16 : type === NAME ? 1 + length : null;
  if (size === null) throw new Malformed('answer to CONNECT', 3, `address type ${type}`);
  yield* peer.take(size - 1 + 2, 'answer to CONNECT');
  return 'ready';
}

/** RFC 1928 6. */
const REASONS: Readonly<Record<number, string>> = {
  1: 'general failure',
  2: 'not allowed by its rules',
  3: 'network unreachable',
  4: 'host unreachable',
  5: 'connection refused',
  6: 'TTL expired',
  7: 'command not supported',
  8: 'address type not supported',
};
