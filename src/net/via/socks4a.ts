import { Malformed, Writer } from '../../base/bytes.ts';
import { utf8Bytes } from '../../base/text.ts';
import { refused, type Script } from '../dialogue/dialogue.ts';
import type { Destination, ProxyServer } from './proxy.ts';

const GRANTED = 90;

/** SOCKS 4A: the proxy resolves the name (Y. Lee, "SOCKS 4A: A Simple Extension to SOCKS 4 Protocol"). */
export const connectBySocks4a = ({ user = '' }: ProxyServer, to: Destination): Script =>
  function* (peer) {
    if (to.host.includes(':')) return refused('SOCKS 4A carries no IPv6 addresses');
    // An address of the form 0.0.0.x says that a name follows.
    const request = new Writer().u8(4).u8(1).u16(to.port).u8(0).u8(0).u8(0).u8(1);
    peer.say(request.raw(utf8Bytes(user)).u8(0).raw(utf8Bytes(to.host)).u8(0).done());
    const [version = 0, code = 0] = yield* peer.take(8, 'answer of SOCKS 4A');
    if (version !== 0) throw new Malformed('answer of SOCKS 4A', 0, `version ${version}`);
    return code === GRANTED ? 'ready' : refused(`${code} ${REASONS[code] ?? 'an unknown code'}`);
  };

const REASONS: Readonly<Record<number, string>> = {
  91: 'request rejected or failed',
  92: 'identd on our machine cannot be reached',
  93: 'identd on our machine names another user',
};
