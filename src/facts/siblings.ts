import { answerOf, known, Unanswered } from '../base/known.ts';
import type { Site } from '../windows/host.ts';
import { isWildcard } from '../windows/http-sys/address.ts';
import type { BindingField, BindingValues, SslBinding } from '../windows/http-sys/binding.ts';
import { endpointOf } from '../windows/http-sys/key.ts';
import { ownerOf } from '../windows/http-sys/owners.ts';
import { Trail } from '../windows/trail.ts';
import { CLIENT_FIELDS, fieldOf, keyIn, portOf, recordOf, whereSeen } from './endpoint.ts';
import { requestSeen, requestTo } from './handshakes.ts';
import { listSource, sameNames } from './issuers.ts';
import { sendsList, trustMode } from './policy.ts';
import { ask, type Question, type Subject, sisterOf } from './question.ts';
import { idOf, recordByKey, recordsLike } from './records.ts';
import { keysOfSite, sitesOf } from './site.ts';

/**
 * The other records of the same site that were seen, by the configuration; where that was not read, the records
 * on the same port with the same certificate. Of those that treat clients alike one speaks for all: a host may have
 * thousands.
 */
export const siblingsOf: Question<readonly SslBinding[]> = (subject) => {
  const mine = answerOf(ask(subject, recordOf));
  const sites = ask(subject, sitesOf);
  const all = sites.is === 'known' ? ofSites(subject, sites.value) : waysOf(recordsLike(subject.host, mine));
  const byWay = new Map<string, SslBinding>();
  for (const one of all) if (one !== mine && !byWay.has(wayOf(one))) byWay.set(wayOf(one), one);
  const siblings = [...byWay.values()];
  return known(
    siblings,
    siblings.flatMap((one) => one.because),
  );
};

function ofSites(subject: Subject, sites: readonly Site[]): readonly SslBinding[] {
  const port = portOf(keyIn(subject));
  const keys = new Map(sites.flatMap(keysOfSite).map((key) => [idOf(key), key]));
  return [...keys.values()].flatMap((key) => {
    const record = portOf(key) === port ? recordByKey(subject.host, key) : undefined;
    return record ?? [];
  });
}

/** How a record treats a client's certificate, and how much of that was read. */
const wayOf = (record: SslBinding): string =>
  CLIENT_FIELDS.map((field) => {
    const leaf = fieldOf(record, field);
    return leaf.is === 'known' ? plain(leaf.value) : leaf.is;
  }).join(' ');

/** Two of each way, so that one is left for each of the two; made once for each group of records. */
const ways = new WeakMap<readonly SslBinding[], readonly SslBinding[]>();

function waysOf(records: readonly SslBinding[]): readonly SslBinding[] {
  const before = ways.get(records);
  if (before) return before;
  const counts = new Map<string, number>();
  const two = records.filter((record) => {
    if (differsOnPurpose(record)) return false;
    const count = (counts.get(wayOf(record)) ?? 0) + 1;
    counts.set(wayOf(record), count);
    return count <= 2;
  });
  ways.set(records, two);
  return two;
}

/** AD FS has records that differ: for users, proxies and certificate logon (domain 7, cause 27). */
function differsOnPurpose(twin: SslBinding): boolean {
  const owner = fieldOf(twin, 'appid');
  return owner.is === 'known' && ownerOf(owner.value)?.title === 'AD FS';
}

/** Ctl Store Name of a record; undefined when it names none, or the line was not seen. */
export function storeNameOf(record: SslBinding): string | undefined {
  const leaf = fieldOf(record, 'sslctlstorename');
  return leaf.is === 'known' ? leaf.value : undefined;
}

/** Fields in which a sibling treats a client's certificate otherwise. */
export interface Divergence {
  readonly sibling: SslBinding;
  readonly fields: readonly BindingField[];
  /** Their stores differ too, and nobody can tell whether that matters. */
  readonly open: boolean;
  /** The stores matter unless ClientAuthTrustMode, which was not read, is 0 and both lists come from one store. */
  readonly likely: boolean;
}

/** Siblings that differ from this record in what a client's certificate meets there. */
export const divergences: Question<readonly Divergence[]> = (subject) => {
  const trail = new Trail();
  const mine = answerOf(ask(subject, recordOf));
  const found = trail.read(ask(subject, siblingsOf)).map((sibling) =>
    divergence(
      subject,
      sibling,
      CLIENT_FIELDS.filter((field) => differ(mine, sibling, field)),
    ),
  );
  for (const { sibling, fields } of found)
    for (const field of fields) trail.note([...whereSeen(mine, field), ...whereSeen(sibling, field)]);
  return trail.answer(found.filter(({ fields }) => fields.length > 0));
};

/** Whether a store matters can stay open where another field differs that does. */
function divergence(subject: Subject, sibling: SslBinding, fields: readonly BindingField[]): Divergence {
  const others = fields.filter((field) => field !== 'sslctlstorename');
  try {
    const mattering = fields.filter((field) => matters(subject, sibling, field));
    const isByStore = mattering.length === 1 && mattering[0] === 'sslctlstorename';
    const likely = isByStore && ask(subject, trustMode).is !== 'known' && !areListsSeen(subject, sibling);
    return { sibling, fields: mattering, open: false, likely };
  } catch (error) {
    if (!(error instanceof Unanswered) || others.length === 0) throw error;
    return { sibling, fields: others, open: true, likely: false };
  }
}

const areListsSeen = (subject: Subject, sibling: SslBinding): boolean =>
  [subject, sisterOf(subject, sibling.key)].every((one) => seenOf(one).is === 'known');

function differ(mine: SslBinding, its: SslBinding, field: BindingField): boolean {
  const [a, b] = [answerOf(fieldOf(mine, field)), answerOf(fieldOf(its, field))];
  return plain(a) !== plain(b);
}

const plain = (value: BindingValues[BindingField]): string => String(value ?? '').toLowerCase();

/**
 * A store that only one of two records names has no effect where neither list nor trust looks at it, where both
 * lists come from one store all the same (mode 0), or where both lists were seen and are equal.
 */
function matters(subject: Subject, sibling: SslBinding, field: BindingField): boolean {
  if (field !== 'sslctlstorename') return true;
  const sister = sisterOf(subject, sibling.key);
  const [mine, its] = [seenOf(subject), seenOf(sister)];
  if (mine.is === 'known' && its.is === 'known')
    return !sameNames(mine.value.authorities, its.value.authorities);
  const mode = ask(subject, trustMode);
  if (mode.is === 'known' && mode.value !== 0) return true;
  const sends = ask(subject, sendsList);
  // A list is sent: unless the mode is known to be 0, in which another store may take its place, it differs.
  if (mode.is !== 'known' && sends.is === 'known' && sends.value) return true;
  answerOf(mode);
  if (!answerOf(sends)) return false;
  return plainSource(subject) !== plainSource(sister);
}

/** What clients got by the name of the record, or without a name: what they meet, whichever record answers. */
function seenOf(subject: Subject) {
  const endpoint = endpointOf(keyIn(subject));
  if (endpoint?.is === 'address' && !isWildcard(endpoint.address)) return ask(subject, requestSeen);
  return requestTo(subject, endpoint?.is === 'host' ? endpoint.host : null);
}

const plainSource = (subject: Subject): string => {
  const source = answerOf(ask(subject, listSource));
  return source.is === 'store' ? source.store : '';
};
