import { isIPv4 } from 'node:net';
import { Malformed, Writer } from '../../base/bytes.ts';
import { utf8Bytes } from '../../base/text.ts';
import { refused, type Script } from '../dialogue/dialogue.ts';
import { addressBytes } from './address.ts';
import type { Destination, ProxyServer } from './proxy.ts';

const GRANTED = 90;
/** An address of the form 0.0.0.x says that a name follows (SOCKS 4A). */
const NAME_FOLLOWS = Uint8Array.of(0, 0, 0, 1);

/**
 * SOCKS 4, which takes an IPv4 address (Y. Lee, "SOCKS: A protocol for TCP proxy across firewalls"), and 4A, where
 * the proxy resolves the name (the same, "SOCKS 4A: A Simple Extension to SOCKS 4 Protocol").
 */
export const connectBySocks4 = ({ kind, user = '' }: ProxyServer, to: Destination): Script =>
  function* (peer) {
    const title = kind === 'socks4a' ? 'SOCKS 4A' : 'SOCKS 4';
    if (to.host.includes(':')) return refused(`${title} carries no IPv6 addresses`);
    const isAddress = kind === 'socks4' && isIPv4(to.host);
    const request = new Writer().u8(4).u8(1).u16(to.port);
    request
      .raw(isAddress ? addressBytes(to.host) : NAME_FOLLOWS)
      .raw(utf8Bytes(user))
      .u8(0);
    peer.say((isAddress ? request : request.raw(utf8Bytes(to.host)).u8(0)).done());
    const [version = 0, code = 0] = yield* peer.take(8, `answer of ${title}`);
    if (version !== 0) throw new Malformed(`answer of ${title}`, 0, `version ${version}`);
    return code === GRANTED ? 'ready' : refused(`${code} ${REASONS[code] ?? 'an unknown code'}`);
  };

const REASONS: Readonly<Record<number, string>> = {
  91: 'request rejected or failed',
  92: 'identd on our machine cannot be reached',
  93: 'identd on our machine names another user',
};
