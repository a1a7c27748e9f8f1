import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { Destination, ProxyServer } from './proxy.ts';

/** The destination as the proxy shall hear it: socks4 and socks5 resolve here, the others there. A sentence when that fails. */
export async function resolveFor(
  proxy: ProxyServer,
  to: Destination,
  until: number,
): Promise<Destination | string> {
  if (!['socks4', 'socks5'].includes(proxy.kind) || isIP(to.host)) return to;
  const onlyOld = proxy.kind === 'socks4';
  // RFC 6761 6.3.
  if (/\.localhost\.?$/i.test(to.host)) return { ...to, host: '127.0.0.1' };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(
      () => resolve(`the resolver did not answer for ${to.host}`),
      Math.max(0, until - performance.now()),
    );
  });
  const found = lookup(to.host, onlyOld ? { family: 4 } : {}).then(
    ({ address }): Destination => ({ ...to, host: address }),
    () =>
      onlyOld
        ? `the resolver knows no IPv4 address of ${to.host} (socks4a:// leaves that to the proxy)`
        : `the name ${to.host} is not known to the resolver (socks5h:// leaves that to the proxy)`,
  );
  return Promise.race([found, late]).finally(() => clearTimeout(timer));
}
