import type { MessageCode, ProgramMessage } from '../evidence/claims.ts';
import { endpointOf } from '../windows/http-sys/key.ts';
import type { Subject } from './question.ts';

/**
 * What programs said with one of these codes that can be of this endpoint: one that names another port or, of a
 * record for a host name, another host is left out. Without a record all are taken.
 */
export function messagesWith({ picture, key }: Subject, codes: readonly MessageCode[]): ProgramMessage[] {
  if (!picture.messages) return [];
  const endpoint = key ? endpointOf(key) : null;
  return picture.messages.filter((one) => {
    if (!codes.includes(one.code)) return false;
    if (endpoint && one.port !== undefined && one.port !== endpoint.port) return false;
    return endpoint?.is !== 'host' || one.host === undefined || mayBe(one.host, endpoint.host);
  });
}

/** An address may be that of any name. */
function mayBe(host: string, wanted: string): boolean {
  const name = host.toLowerCase();
  return name === wanted || /^[\d.]+$|:/.test(name) || wanted.startsWith('*.');
}
