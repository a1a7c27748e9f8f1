import { type Known, Unanswered } from '../../base/known.ts';
import type { Name } from '../../wire/x509/name.ts';
import { BUILDS } from '../builds.ts';
import { type Host, type StoredCertificate, store } from '../host.ts';
import type { SslBinding } from '../http-sys/binding.ts';
import { fieldOf, oldestColumn } from '../http-sys/fields.ts';
import { storeKey } from '../stores/names.ts';
import { Trail } from '../trail.ts';
import { WANTED } from '../wanted.ts';
import { isSelfSigned } from './chain.ts';

/** Which issuers the CertificateRequest of a record names (domain 4.2 [SCH-OV], 4.4). */

export type IssuerListSource =
  | { readonly is: 'off' }
  | {
      readonly is: 'store';
      /** Lower case. */
      readonly store: string;
      /** The record names it; else the first fallback; else the last. */
      readonly why: 'record' | 'client-auth-issuer' | 'root';
    };

export interface IssuerList {
  readonly source: Extract<IssuerListSource, { is: 'store' }>;
  /** Sent, in order. That this is the order of the store is unverified. */
  readonly certificates: readonly StoredCertificate[];
  /** Their subjects, as on the wire. */
  readonly names: readonly Name[];
  /** Length of the list on the wire: two bytes and the DER of each name. */
  readonly bytes: number;
  /** Cut at the limit: the last names are missing. */
  readonly truncated: boolean;
  /** Left out by the cut. */
  readonly cut: readonly StoredCertificate[];
  /** What the list would have taken without the limit. */
  readonly wantedBytes: number;
  /** Root holds self-signed and other certificates, so that only the others are sent. */
  readonly onlyNonRoots: boolean;
}

/**
 * 16 KB (domain 4.4 [SCH-OV]). That whole names are dropped from the end, and that the two bytes of the
 * list's own length do not count, is unverified.
 */
export const ISSUER_LIST_LIMIT = 16_384;

const CLIENT_AUTH_ISSUER = 'clientauthissuer';
const ROOT = 'root';

export function issuerListSource(host: Host, binding: SslBinding): Known<IssuerListSource> {
  const trail = new Trail();
  if (!sendsList(host, binding, trail)) return trail.answer<IssuerListSource>({ is: 'off' });
  const from = trail.read(listStore(host, binding));
  return trail.answer<IssuerListSource>({ is: 'store', ...from });
}

/** null: the list is off, and no issuer is named. */
export function issuerList(host: Host, binding: SslBinding): Known<IssuerList | null> {
  const trail = new Trail();
  const source = trail.read(issuerListSource(host, binding));
  if (source.is === 'off') return trail.answer(null);
  const held = trail.read(store(host, source.store));
  const listed = source.store === ROOT ? withoutRootsIfMixed(held) : held;
  const onlyNonRoots = listed.length < held.length;
  if (onlyNonRoots) for (const one of listed) trail.note(one.because);
  const sent = cutToLimit(listed);
  return trail.answer<IssuerList>({
    source,
    certificates: sent,
    names: sent.map((one) => one.certificate.subject),
    bytes: listBytes(sent),
    truncated: sent.length < listed.length,
    cut: listed.slice(sent.length),
    wantedBytes: listBytes(listed),
    onlyNonRoots,
  });
}

export interface ListStore {
  readonly store: string;
  readonly why: 'record' | 'client-auth-issuer' | 'root';
}

/**
 * The store that feeds the list when it is on: the record's if it is set and not empty (a set but empty store
 * counts as not set), else a fallback. Read by the trust modes too, whether the list is sent or not.
 */
export function listStore(host: Host, binding: SslBinding): Known<ListStore> {
  const trail = new Trail();
  // Before 2012 a CTL object did this (domain 4.2); it is not in the evidence and not in the model.
  if (host.build.is === 'known' && host.build.value === '2008r2') throw new Unanswered(WANTED.wire);
  const named = trail.read(recordStore(host, binding));
  if (named !== undefined) return trail.answer<ListStore>({ store: named, why: 'record' });
  return trail.answer<ListStore>(fallback(host, trail));
}

/** The store that the record names, lower case; undefined when it names none or an empty one. */
export function recordStore(host: Host, binding: SslBinding): Known<string | undefined> {
  const trail = new Trail();
  const name = trail.read(fieldOf(binding, 'sslctlstorename'));
  if (name === undefined) return trail.answer(undefined);
  const filled = trail.read(store(host, name)).length > 0;
  return trail.answer(filled ? storeKey(name) : undefined);
}

/**
 * ClientAuthIssuer if it is not empty, else Root. In mode 1 and 2 the incident saw Root at once: that is the
 * hypothesis, read only where the two differ.
 */
function fallback(host: Host, trail: Trail): ListStore {
  const root: ListStore = { store: ROOT, why: 'root' };
  const issuers = store(host, CLIENT_AUTH_ISSUER);
  if (issuers.is === 'known' && issuers.value.length === 0) {
    trail.note(issuers.because);
    return root;
  }
  // An absent value is mode 0 (domain 4.1).
  const mode = trail.read(host.schannel.clientAuthTrustMode) ?? 0;
  if (
    (mode === 1 || mode === 2) &&
    host.assume.variant('issuer-list-without-store') === 'root-in-mode-1-or-2'
  )
    return root;
  const filled = trail.read(issuers).length > 0;
  return filled ? { store: CLIENT_AUTH_ISSUER, why: 'client-auth-issuer' } : root;
}

/** SendTrustedIssuerList, by its default where the value is absent: on up to 2008 R2, off since 2012 (domain 4.1). */
export function sendsList(host: Host, binding: SslBinding, trail: Trail): boolean {
  const value = trail.read(host.schannel.sendTrustedIssuerList);
  if (value !== undefined) return value !== 0;
  // A record with a line that 2008 R2 cannot have printed tells enough of an unknown build.
  if (host.build.is === 'unknown' && oldestColumn(binding) !== 'A') {
    trail.note(binding.because);
    return false;
  }
  return BUILDS[trail.read(host.build)].sendsListByDefault;
}

/** Root with a mixture of self-signed and issued certificates sends the issued ones alone (domain 4.2 [SCH-OV]). */
function withoutRootsIfMixed(held: readonly StoredCertificate[]): readonly StoredCertificate[] {
  const issued = held.filter((one) => !isSelfSigned(one.certificate));
  return issued.length > 0 ? issued : held;
}

function cutToLimit(listed: readonly StoredCertificate[]): readonly StoredCertificate[] {
  let bytes = 0;
  const past = listed.findIndex((one) => {
    bytes += nameBytes(one);
    return bytes > ISSUER_LIST_LIMIT;
  });
  return past < 0 ? listed : listed.slice(0, past);
}

const nameBytes = (one: StoredCertificate): number => 2 + one.certificate.subject.der.length;

function listBytes(listed: readonly StoredCertificate[]): number {
  return listed.reduce((sum, one) => sum + nameBytes(one), 0);
}
