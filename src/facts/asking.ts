import { answerOf, known, unknown } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import { Trail } from '../windows/trail.ts';
import { WANTED } from '../windows/wanted.ts';
import { field } from './endpoint.ts';
import { requestSeen } from './handshakes.ts';
import { logonsOf } from './logons.ts';
import { ask, type Question, type Subject } from './question.ts';
import { askingRules, sitesOf } from './site.ts';

/** In the handshake by the record, later by the rule of a path, or never. */
export type Asking = 'first-handshake' | 'later' | 'never';

/** Whether this endpoint asks for a client certificate: by its record, its site's rules, or what was seen. */
export const asksForCertificate: Question<Asking> = (subject) => {
  const negotiates = field(subject, 'clientcertnegotiation');
  if (negotiates.is === 'known' && negotiates.value) return known('first-handshake', negotiates.because);
  const sites = ask(subject, sitesOf);
  const rules = sites.is === 'known' ? askingRules(sites.value) : [];
  if (rules.length > 0)
    return known(
      'later',
      rules.flatMap((rule) => rule.because),
    );
  const seen = seenAsking(subject);
  if (seen) return seen;
  const trail = new Trail();
  const quiet = trail.read(sites);
  trail.read(negotiates);
  if (quiet.length === 0 && !isOfIis(subject)) return unknown(WANTED.wire);
  return trail.answer('never');
};

/** A CertificateRequest on the wire, or a status that only an endpoint that asks can give (domain 5.1). */
function seenAsking(subject: Subject) {
  const request = ask(subject, requestSeen);
  if (request.is === 'known') {
    const isLate = subject.picture.handshakes.some((one) => one.request === request.value && one.late);
    return known<Asking>(isLate ? 'later' : 'first-handshake', request.because);
  }
  const logons = ask(subject, logonsOf);
  if (logons.is !== 'known') return null;
  const telling = logons.value.filter((one) => one.status === 403 && ASKED.has(one.substatus));
  const because: Locus[] = telling.map((one) => one.at);
  return telling.length > 0 ? known<Asking>('later', because) : null;
}

const ASKED: ReadonlySet<number> = new Set([7, 12, 13, 16, 17]);

const IIS = '{4dc3e181-e14b-4a21-b022-59fc669b0914}';

/** Behind a record of IIS to which no site leads nothing answers; another program may ask as it likes. */
function isOfIis(subject: Subject): boolean {
  return answerOf(field(subject, 'appid')).toLowerCase() === IIS;
}
