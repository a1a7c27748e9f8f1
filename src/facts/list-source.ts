import { answerOf, becauseOf, type Known, known, openOf, Unanswered, unknown } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import { endpointOf } from '../windows/http-sys/key.ts';
import { Trail } from '../windows/trail.ts';
import { WANTED } from '../windows/wanted.ts';
import { asksForCertificate } from './asking.ts';
import { clientIssuers } from './client-issuers.ts';
import { ctlStoreOf } from './endpoint.ts';
import { listPredicted, listSource } from './issuers.ts';
import { type ListSeen, listsSeen, looksLikeRoots } from './lists-seen.ts';
import { refusalsOf } from './logons.ts';
import { messagesWith } from './messages.ts';
import { nameKey } from './names-in-words.ts';
import { sendsList } from './policy.ts';
import { ask, onceForHost, openSubject, type Question, type Subject, sisterOf } from './question.ts';
import { recordsShown } from './records.ts';
import { rootStrays } from './root-strays.ts';
import { shownStore } from './store-contents.ts';
import { wantedStore } from './wanted-store.ts';

/** A list that names the roots a machine trusts and not the CAs of its clients. */
export interface RootsListed {
  /** How many issuers it names, where that is known. */
  readonly count?: number;
  /** Who issued the client's certificate, where one was given. */
  readonly issuer?: string;
  readonly because: readonly Locus[];
}

/**
 * null: lists were seen, or follow from the host's settings, and none of them is made of trusted roots to the harm of
 * clients. What other stores do to a list (one that the record names, one that was meant) is told elsewhere.
 */
export const rootsListed: Question<RootsListed | null> = (subject) => {
  const verdicts = [...listsSeen(subject).map((list) => ofList(subject, list)), ...ofRecords(subject)];
  const wrong = verdicts.find((one) => one.is === 'roots');
  if (wrong?.is === 'roots') return known<RootsListed | null>(wrong.found, wrong.found.because);
  const open = verdicts.find((one) => one.is === 'open');
  if (open?.is === 'open') return unknown(open.wants);
  const fine = verdicts.flatMap((one) => (one.is === 'fine' ? one.because : []));
  return verdicts.some(({ is }) => is === 'fine') ? known(null, fine) : unknown(WANTED.wire);
};

type Verdict =
  | { readonly is: 'roots'; readonly found: RootsListed }
  | { readonly is: 'fine'; readonly because: readonly Locus[] }
  /** Told elsewhere, or nothing to say. */
  | { readonly is: 'other' }
  | { readonly is: 'open'; readonly wants: string };

const WANTED_CLIENT =
  'the certificate of a client that is refused (its .cer, no key), or a trace of its handshake';

/** On the wire or in a client's trace. */
function ofList(subject: Subject, list: ListSeen): Verdict {
  const fine: Verdict = { is: 'fine', because: [list.at] };
  if (list.count === 0 || list.sent) return fine;
  // A store that the record names, or that was meant for it, has a diagnosis of its own.
  if (answering(subject, list).some(isFedOtherwise)) return { is: 'other' };
  const clients = ask(subject, clientIssuers);
  const issued = clients.is === 'known' ? clients.value.filter(({ selfSigned }) => !selfSigned) : [];
  const { names } = list;
  if (issued.length > 0 && names) {
    const left = issued.find(({ casAbove }) => [...casAbove].every((name) => !names.has(name)));
    if (!left) return fine;
    if (!isOfRoots(subject, list)) return { is: 'other' };
    return roots({ count: list.count, issuer: left.issuer, because: [list.at, left.at] });
  }
  if (!isOfRoots(subject, list))
    return issued.length > 0 ? { is: 'other' } : { is: 'open', wants: WANTED_CLIENT };
  const signs = signsOfRefusal(subject);
  if (list.refused || signs.length > 0) return roots({ count: list.count, because: [list.at, ...signs] });
  return { is: 'open', wants: WANTED_CLIENT };
}

const roots = (found: RootsListed): Verdict => ({ is: 'roots', found });

/** Records that can have answered: the one of the name that was asked for, else those of the port. */
function answering(subject: Subject, { port, serverName }: ListSeen): Subject[] {
  const onPort = recordsShown(subject.host).filter(
    ({ key }) => port === undefined || endpointOf(key)?.port === port,
  );
  const named = onPort.filter(({ key }) => {
    const endpoint = endpointOf(key);
    return endpoint?.is === 'host' && endpoint.host === serverName;
  });
  return (named.length > 0 ? named : onPort).map(({ key }) => sisterOf(subject, key));
}

/** By its look, or because it is what the host's own Root holds. */
function isOfRoots(subject: Subject, list: ListSeen): boolean {
  if (looksLikeRoots(list)) return true;
  const root = ask(subject, ROOT);
  if (root.is !== 'known' || !list.names) return false;
  const held = new Set(root.value.map(({ subjectKey }) => subjectKey));
  return [...list.names].every((name) => held.has(name));
}

/** A client that has nothing to show, or logons that end in 403.7. */
function signsOfRefusal(subject: Subject): Locus[] {
  const said = messagesWith(subject, [
    'no-certificate-chosen',
    'no-certificate-sent',
    'http-certificate-error',
  ]).map(({ at }) => at);
  const logged = subject.picture.logons
    .filter(({ status, substatus }) => status === 403 && substatus === 7)
    .map(({ at }) => at);
  return [...said, ...logged];
}

/** By the settings of the hosts, where the evidence is of Windows. */
function ofRecords(subject: Subject): Verdict[] {
  const { picture } = subject;
  const subjects =
    picture.hosts.length > 1
      ? picture.hosts.flatMap((host) =>
          recordsShown(host).map(({ key }) => openSubject(picture, host, key, {})),
        )
      : recordsShown(subject.host).map(({ key }) => sisterOf(subject, key));
  return subjects.map(ofRecord);
}

function ofRecord(subject: Subject): Verdict {
  try {
    return judgeRecord(subject);
  } catch (error) {
    if (error instanceof Unanswered) return { is: 'open', wants: error.wants };
    throw error;
  }
}

function judgeRecord(subject: Subject): Verdict {
  const sends = ask(subject, sendsList);
  const asks = ask(subject, asksForCertificate);
  if (asks.is === 'known' && asks.value === 'never') return { is: 'other' };
  if (sends.is === 'known' && !sends.value) return { is: 'fine', because: sends.because };
  if (isFedOtherwise(subject)) {
    const named = ask(subject, ctlStoreOf);
    return { is: 'fine', because: named.is === 'known' ? named.because : [] };
  }
  if (sends.is !== 'known') return open(openOf(sends));
  const trail = new Trail();
  trail.read(sends);
  trail.read(ask(subject, ctlStoreOf));
  return fromRoot(subject, becauseOf(trail.answer(null)));
}

/** By a store that the record names, or by a ClientAuthIssuer that is filled; or another store was meant. */
function isFedOtherwise(subject: Subject): boolean {
  const named = ask(subject, ctlStoreOf);
  if (named.is === 'known' && named.value !== undefined) return true;
  const source = ask(subject, listSource);
  if (source.is === 'known' && source.value.is === 'store' && source.value.why !== 'root') return true;
  const wanted = ask(subject, wantedStore);
  return wanted.is === 'known' && wanted.value !== null;
}

const CLIENT_AUTH_ISSUER = shownStore('ClientAuthIssuer');
const ROOT = shownStore('Root');

/** The list is on and the record names no store: with an empty ClientAuthIssuer Root feeds it (domain 4.2). */
function fromRoot(subject: Subject, settings: readonly Locus[]): Verdict {
  const issuers = ask(subject, CLIENT_AUTH_ISSUER);
  if (issuers.is === 'known' && issuers.value.length > 0) return { is: 'other' };
  const because = [...settings, ...(issuers.is === 'known' ? issuers.because : [])];
  const refusals = ask(subject, refusalsOf);
  const refused = refusals.is === 'known' && refusals.value ? refusals.because : [];
  // 403.16 follows a certificate that was sent: then the list kept nobody from offering one.
  const sent = answerOf(ask(subject, wasSent));
  const strays = ask(subject, rootStrays);
  // With strays among the roots these alone are named (domain 4.2 [SCH-OV]), and no client of any root is served.
  const mixed = strays.is === 'known' && strays.value.length > 0 ? strays : null;
  if (mixed && sent) return { is: 'other' };
  if (mixed) return roots({ count: mixed.value.length, because: [...because, ...mixed.because, ...refused] });
  const clients = ask(subject, clientIssuers);
  const listed = namesInRoot(subject);
  const issued = clients.is === 'known' ? clients.value.filter(({ selfSigned }) => !selfSigned) : [];
  if (issued.length > 0 && listed) {
    const left = issued.find(({ casAbove }) => [...casAbove].every((name) => !listed.has(name)));
    if (!left) return { is: 'fine', because };
    if (issuers.is !== 'known') return open(issuers);
    if (!left.complete) return { is: 'open', wants: `the certificates of the CAs above «${left.issuer}»` };
    return roots({ count: listed.size, issuer: left.issuer, because: [...because, left.at, ...refused] });
  }
  if (refused.length > 0 && issuers.is === 'known')
    return roots({ ...(listed ? { count: listed.size } : {}), because: [...because, ...refused] });
  if (issuers.is !== 'known') return open(issuers);
  return { is: 'open', wants: WANTED_CLIENT };
}

const open = (leaf: Known<unknown>): Verdict => ({
  is: 'open',
  wants: leaf.is === 'unknown' ? leaf.wants : WANTED.wire,
});

const wasSent: Question<boolean> = onceForHost(({ picture }) =>
  known(picture.logons.some(({ status, substatus }) => status === 403 && substatus === 16)),
);

function namesInRoot(subject: Subject): ReadonlySet<string> | null {
  const predicted = ask(subject, listPredicted);
  if (predicted.is === 'known' && predicted.value) return new Set(predicted.value.names.map(nameKey));
  const root = ask(subject, ROOT);
  return root.is === 'known' && root.value.length > 0
    ? new Set(root.value.map(({ subjectKey }) => subjectKey))
    : null;
}
