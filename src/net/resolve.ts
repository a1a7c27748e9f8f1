import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';

/** Addresses of a farm that are worth asking one by one. */
const MOST_ADDRESSES = 4;

/** The addresses of a host as the system's resolver gives them, both families in turn; none for an address. */
export async function resolveHost(host: string): Promise<string[]> {
  // Names under .localhost are this machine, and the probe connects to 127.0.0.1 (RFC 6761 6.3).
  if (isIP(host) !== 0 || /\.localhost\.?$/i.test(host)) return [];
  const found = await lookup(host, { all: true }).catch(() => []);
  const [four, six] = [4, 6].map((family) => found.filter((one) => one.family === family));
  const turns = Math.max(four!.length, six!.length);
  const mixed = Array.from({ length: turns }, (_, i) => [four![i], six![i]]).flat();
  return mixed.flatMap((one) => one?.address ?? []).slice(0, MOST_ADDRESSES);
}
