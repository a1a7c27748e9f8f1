import { sayHeard } from './lang/heard.ts';
import type { Language } from './lang/language.ts';
import type { EndRecord, ProbeRecord } from './why.ts';

/** What came of one connection; a refusal is the peer's answer, not an error. No full stop. */
export function sayOutcome(
  { asks, sent, ending }: Pick<ProbeRecord, 'asks' | 'sent' | 'ending'>,
  language: Language,
): string {
  const parts = [];
  if (asks !== null || ending.is === 'completed') parts.push(sayAsks(asks, sent, language));
  if (ending.is !== 'completed') parts.push(sayEnd(ending, language));
  return parts.join('; ');
}

function sayAsks(asks: ProbeRecord['asks'], sent: number | null, language: Language): string {
  if (asks === null) return language.say('asks-not');
  const asked = language.say(`asks-${asks}`);
  if (sent === null) return asked;
  return `${asked}, ${sent === 0 ? language.say('sent-none') : language.say('sent-some', { count: sent })}`;
}

/** How it ended before all was said: 'refused with alert 116 certificate_required on the client's Certificate'. */
export function sayEnd(end: EndRecord, language: Language): string {
  const { is, after, alert, detail } = end;
  if (is === 'before-tls') return language.say('end-before-tls', { what: sayBeforeTls(end, language) });
  return language.say(`end-${is}`, {
    after: after === undefined ? '' : language.say(`after-${after}`),
    ...(alert === undefined ? {} : { alert }),
    ...(detail === undefined ? {} : { detail: sayHeard(detail, language) }),
  });
}

function sayBeforeTls({ how, protocol, detail = '' }: EndRecord, language: Language): string {
  const who = protocol ? language.say('before-tls-server', { protocol }) : language.say('before-tls-proxy');
  const facts = { who, protocol: protocol ?? '', detail: sayHeard(detail, language) };
  return language.say(`before-tls-${how}`, facts);
}

/** The HTTP answer as IIS counts it where its page tells: '403.7', '200'. */
export function statusOf({ http }: Pick<ProbeRecord, 'http'>): string | null {
  return http === null ? null : (http.substatus ?? String(http.status));
}
