import { answerOf, known, unknown } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import { endpointOf } from '../windows/http-sys/key.ts';
import { ownerOf } from '../windows/http-sys/owners.ts';
import { knownStore, spelledStore, storeKey } from '../windows/stores/names.ts';
import { Trail } from '../windows/trail.ts';
import { wantedStore as wantedFile } from '../windows/wanted.ts';
import { clientIssuers } from './client-issuers.ts';
import { ctlStoreOf, field, keyIn } from './endpoint.ts';
import { listsSeen } from './lists-seen.ts';
import { endsAfter, logonsOf, refusalsOf } from './logons.ts';
import { ask, type Question, type Subject } from './question.ts';
import { shownStore } from './store-contents.ts';

/** What is wrong with the store that a record names. */
export interface StoreFault {
  readonly store: string;
  readonly is: 'meant for the proxies of AD FS' | 'empty or missing' | 'lacking';
  /** The store that was probably meant. */
  readonly meant?: string;
  /** Whom it lacks. */
  readonly issuer?: string;
  readonly because: readonly Locus[];
}

/** null: the record names no store, or one that holds the CAs of the clients. */
export const storeFault: Question<StoreFault | null> = (subject) => {
  const trail = new Trail();
  const store = trail.read(ask(subject, ctlStoreOf));
  if (store === undefined) return trail.answer<StoreFault | null>(null);
  const settings = trail.answer(null);
  const because = settings.is === 'known' ? settings.because : [];
  const fault = (parts: Omit<StoreFault, 'store' | 'because'>, more: readonly Locus[] = []) => {
    const all = [...because, ...more];
    return known<StoreFault | null>({ store, because: all, ...parts }, all);
  };
  if (storeKey(store) === 'adfstrusteddevices') {
    const role = roleAtAdfs(subject);
    if (role.is === 'logon') return fault({ is: 'meant for the proxies of AD FS' }, role.because);
    // The record of AD FS itself wants it: by it proxies are known (domain 7, cause 27).
    if (role.is === 'proxies') return known<StoreFault | null>(null, because);
  }
  const contents = ask(subject, shownStore(store));
  const meant = meantBy(subject, store);
  if (contents.is === 'known' && contents.value.length === 0)
    return fault({ is: 'empty or missing', ...(meant ? { meant } : {}) }, contents.because);
  if (contents.is !== 'known')
    return meant ? fault({ is: 'empty or missing', meant }) : unknown(wantedFile(store));
  const held = new Set(contents.value.map(({ subjectKey }) => subjectKey));
  return judgeClients(subject, held, [...because, ...contents.because], fault);
};

type Fault = (
  parts: Omit<StoreFault, 'store' | 'because'>,
  more?: readonly Locus[],
) => ReturnType<typeof storeFault>;

/** By clients' certificates, else by what logons and handshakes show. */
function judgeClients(
  subject: Subject,
  held: ReadonlySet<string>,
  because: readonly Locus[],
  fault: Fault,
): ReturnType<typeof storeFault> {
  const clients = ask(subject, clientIssuers);
  if (clients.is === 'known') {
    const lacking = clients.value.find(({ casAbove }) => [...casAbove].every((name) => !held.has(name)));
    if (!lacking) return known<StoreFault | null>(null, [...because, ...clients.because]);
    if (lacking.complete || isRefused(subject))
      return fault({ is: 'lacking', issuer: lacking.issuer }, [...because, lacking.at]);
    return unknown(`the certificates of the CAs above «${lacking.issuer}»`);
  }
  const sent = listsSeen(subject).find((list) => list.sent);
  if (sent) return known<StoreFault | null>(null, [...because, sent.at]);
  const logons = ask(subject, logonsOf);
  const isFine = !isRefused(subject) || areOver(subject);
  if (logons.is === 'known' && logons.value.some(({ status }) => status < 400) && isFine)
    return known<StoreFault | null>(null, [...because, ...logons.because]);
  return clients as ReturnType<typeof storeFault>;
}

function isRefused(subject: Subject): boolean {
  const refusals = ask(subject, refusalsOf);
  if (refusals.is === 'known' && refusals.value) return true;
  const logons = ask(subject, logonsOf);
  return logons.is === 'known' && logons.value.some((one) => one.status === 403 && one.substatus === 16);
}

/** Where somebody was refused somebody got in since. */
function areOver(subject: Subject): boolean {
  const logons = answerOf(ask(subject, logonsOf));
  return logons
    .filter(({ status }) => status === 403)
    .every((line) =>
      logons.some((one) => one.status < 400 && one.path === line.path && endsAfter(one, line)),
    );
}

type Role =
  | { readonly is: 'logon' | 'proxies'; readonly because: readonly Locus[] }
  | { readonly is: 'unknown' };

/** Port 49443 or the name certauth.* is for users' certificates, the other records of AD FS are for its proxies. */
function roleAtAdfs(subject: Subject): Role {
  const endpoint = endpointOf(keyIn(subject));
  const owner = field(subject, 'appid');
  const isAdfs = owner.is === 'known' && ownerOf(owner.value)?.title === 'AD FS';
  const because = owner.is === 'known' ? owner.because : [];
  const isLogon = endpoint?.port === 49443 || (endpoint?.is === 'host' && /^certauth\./.test(endpoint.host));
  if (isLogon) return { is: 'logon', because };
  return isAdfs ? { is: 'proxies', because } : { is: 'unknown' };
}

/** A store that Windows brings along and that is spelled almost so: the screen says "Client Authentication Issuers". */
function meantBy(subject: Subject, store: string): string | null {
  if (knownStore(store)) return null;
  const near = ['ClientAuthIssuer', 'Root', 'TrustedPeople', 'AuthRoot', 'TrustedDevices'].find((one) =>
    isNear(storeKey(one), storeKey(store).replace(/[\s_-]/g, '')),
  );
  const screen = /^client\s*auth(?:entication)?\s*issuers?$/i.test(store) ? 'ClientAuthIssuer' : undefined;
  const meant = near ?? screen;
  if (!meant) return null;
  const contents = ask(subject, shownStore(meant));
  return contents.is === 'known' && contents.value.length > 0 ? spelledStore(meant) : null;
}

/** One letter more, less or other, or two that changed places. */
function isNear(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1 || b.length < 6) return a === b;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - from && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [left, right] = [a.slice(from, a.length - end), b.slice(from, b.length - end)];
  return left.length + right.length <= 2 || (left.length === 2 && left === [...right].reverse().join(''));
}

/** Known only where list or trust look at the store at all. */
export const storeMatters: Question<boolean> = ({ host }) => {
  const { sendTrustedIssuerList: list, clientAuthTrustMode: mode } = host.schannel;
  const isOff = list.is === 'known' && list.value === 0;
  const isZero = mode.is === 'known' && (mode.value ?? 0) === 0;
  if (isOff && isZero) return known(false, [...list.because, ...mode.because]);
  if (list.is === 'known' && list.value === 1) return known(true, list.because);
  if (mode.is === 'known' && (mode.value ?? 0) !== 0) return known(true, mode.because);
  answerOf(list);
  return unknown('whether the list of issuers is sent (SendTrustedIssuerList)');
};
