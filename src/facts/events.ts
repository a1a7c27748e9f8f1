import type { EventsSeen } from '../evidence/claims.ts';
import type { Subject } from './question.ts';

/** Events of this host; where the evidence is of several hosts or of none, of all. Matched by number, never by text. */
export function eventsWith(
  { picture, host }: Subject,
  provider: 'Schannel' | 'HttpEvent',
  ids: readonly number[],
): EventsSeen[] {
  if (!picture.events) return [];
  const isMine = (one: { readonly host: string }): boolean =>
    host.name === '' || picture.hosts.length === 0 || one.host === host.name;
  return picture.events.filter(
    (one) => ids.includes(one.id) && PROVIDERS[provider].test(one.provider) && isMine(one),
  );
}

const PROVIDERS = {
  Schannel: /schannel/i,
  HttpEvent: /^(?:Microsoft-Windows-)?Http(?:Event|Service)?$/i,
} as const;
