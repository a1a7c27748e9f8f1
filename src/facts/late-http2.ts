import { answerOf, becauseOf, known, unknown } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import type { BindingKey } from '../windows/http-sys/binding.ts';
import { WANTED } from '../windows/wanted.ts';
import { field } from './endpoint.ts';
import { asksLate, eachRecord, worstOf } from './late-asking.ts';
import { machineSetting } from './machine-settings.ts';
import { messagesWith } from './messages.ts';
import { ask, type Question } from './question.ts';

/** A late request over HTTP/2, which knows neither renegotiation nor post-handshake authentication. */
export interface LateOverHttp2 {
  readonly key?: BindingKey;
  readonly because: readonly Locus[];
}

/** null: it is asked for in the handshake or nowhere, or HTTP/2 is off. */
export const lateOverHttp2: Question<LateOverHttp2 | null> = (subject) => {
  const records = eachRecord(subject);
  if (records.length > 0)
    return worstOf(
      records.map((one) => ask(one, atRecord)),
      WANTED.bindings,
    );
  const said = messagesWith(subject, ['http2-in-the-way']).map(({ at }) => at);
  return said.length > 0 ? known<LateOverHttp2 | null>({ because: said }, said) : unknown(WANTED.bindings);
};

const atRecord: Question<LateOverHttp2 | null> = (subject) => {
  const off = field(subject, 'disablehttp2');
  if (off.is === 'known' && off.value) return known<LateOverHttp2 | null>(null, off.because);
  const machine = machineSetting(subject, 'http.enable-http2-tls');
  if (machine?.value === '0') return known<LateOverHttp2 | null>(null, [machine.at]);
  const late = ask(subject, asksLate);
  if (answerOf(late) === null) return known<LateOverHttp2 | null>(null, becauseOf(late));
  const said = messagesWith(subject, ['http2-in-the-way']).map(({ at }) => at);
  if (said.length === 0)
    return unknown('what the client says (an error of HTTP/2), and whether it works with `curl --http1.1`');
  const because = [...becauseOf(late), ...becauseOf(off), ...said];
  return known<LateOverHttp2 | null>({ ...(subject.key ? { key: subject.key } : {}), because }, because);
};
