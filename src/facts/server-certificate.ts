import { known, unknown } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import type { EventsSeen } from '../evidence/claims.ts';
import { DEFAULT_CERTIFICATE_STORE, storeKey } from '../windows/stores/names.ts';
import { field } from './endpoint.ts';
import { eventsWith } from './events.ts';
import { eachRecord } from './late-asking.ts';
import { messagesWith } from './messages.ts';
import { ask, type Question, type Subject } from './question.ts';
import { listingsOf, shownStore } from './store-contents.ts';

/** The server's own certificate or key fails, and with it every handshake. */
export interface BrokenCertificate {
  /** 'event 36870 (its private key cannot be used)', 'its certificate is not in My'. */
  readonly sign: string;
  readonly thumbprint?: string;
  readonly because: readonly Locus[];
}

/** null: the store has certificate and key, or handshakes went through after the last sign of trouble. */
export const brokenCertificate: Question<BrokenCertificate | null> = (subject) => {
  const lacking = inStore(subject);
  if (lacking.is === 'known' && lacking.value) return lacking;
  const told = signsOf(subject);
  const latest = told.toSorted((a, b) => (b.last ?? 0) - (a.last ?? 0))[0];
  const works = handshakesSince(subject, latest?.last);
  if (latest && works.length === 0)
    return known<BrokenCertificate | null>(
      { sign: latest.sign, because: told.map(({ at }) => at) },
      told.map(({ at }) => at),
    );
  if (works.length > 0) return known(null, works);
  return lacking.is === 'known' ? lacking : unknown(WANTED_SYSTEM);
};

const WANTED_SYSTEM =
  'the System log (`wevtutil epl System System.evtx`) and `certutil -store My` with its lines on private keys';

interface Sign {
  readonly sign: string;
  readonly last?: number;
  readonly at: Locus;
}

function signsOf(subject: Subject): Sign[] {
  const signs = (events: readonly EventsSeen[], sign: string): Sign[] =>
    events.map(({ at, last, id }) => ({
      sign: `event ${id} (${sign})`,
      at,
      ...(last === undefined ? {} : { last }),
    }));
  return [
    ...signs(eventsWith(subject, 'HttpEvent', [15021]), 'its SSL settings cannot be used'),
    ...signs(eventsWith(subject, 'Schannel', [36870]), 'its private key cannot be used'),
    ...signs(eventsWith(subject, 'Schannel', [36869]), 'it has no private key'),
    ...messagesWith(subject, ['server-key-unusable']).map(({ at, last }) => ({
      sign: 'a program says that its key cannot be used',
      at,
      ...(last === undefined ? {} : { last }),
    })),
  ];
}

/** A line in a log of IIS, and a handshake that came to a request for a certificate, tell that the server's own works. */
function handshakesSince({ picture }: Subject, since = 0): Locus[] {
  const logged = picture.logons.filter(({ last, serverPort }) => last > since && serverPort !== 80);
  const seen = picture.handshakes.filter(({ time, request }) => request && (time ?? since) > since);
  return [...logged.map(({ lastAt }) => lastAt), ...seen.map(({ at }) => at)].slice(0, 3);
}

/** Whether the stores have the certificates of all records, with their keys. */
function inStore(subject: Subject): ReturnType<typeof brokenCertificate> {
  const because: Locus[] = [];
  let isAllThere = true;
  for (const record of eachRecord(subject)) {
    const hash = field(record, 'certhash');
    const named = field(record, 'certstorename');
    if (hash.is !== 'known' || named.is !== 'known' || hash.value === undefined) continue;
    const store = named.value ?? DEFAULT_CERTIFICATE_STORE;
    const listed = listingsOf(subject, store)
      .flatMap(({ certificates }) => certificates)
      .find(({ thumbprint }) => thumbprint === hash.value);
    if (listed?.hasKey === false)
      return faulty(`it has no private key in ${store}`, hash.value, [...hash.because, listed.at]);
    const contents = ask(subject, shownStore(store));
    const isThere =
      contents.is === 'known' && contents.value.some(({ thumbprint }) => thumbprint === hash.value);
    if (contents.is === 'known' && contents.value.length > 0 && !isThere)
      return faulty(`it is not in the store ${spelled(store)}`, hash.value, [
        ...hash.because,
        ...contents.because,
      ]);
    if (isThere && listed?.hasKey === true) because.push(...hash.because, listed.at);
    else isAllThere = false;
  }
  return isAllThere && because.length > 0 ? known(null, because) : unknown(WANTED_SYSTEM);
}

const spelled = (store: string): string => (storeKey(store) === 'my' ? 'My' : store);

function faulty(sign: string, thumbprint: string, because: readonly Locus[]) {
  return known<BrokenCertificate | null>({ sign, thumbprint, because }, because);
}
