import { type Known, Unanswered } from '../../base/known.ts';
import type { Certificate } from '../../wire/x509/certificate.ts';
import { sameName } from '../../wire/x509/name.ts';
import { type Host, store } from '../host.ts';
import type { SslBinding } from '../http-sys/binding.ts';
import { fieldOf } from '../http-sys/fields.ts';
import { Trail } from '../trail.ts';
import { chainsOf, holds, isSelfSigned } from './chain.ts';
import { issuerList, listStore, recordStore, sendsList } from './issuer-list.ts';

/** Whether the host takes a client certificate (domain 4.3 [SCH-OV][LAB26], 5.1, 5.2). */
export type Judgement =
  | { readonly is: 'trusted' }
  | {
      readonly is: 'refused';
      readonly status: 403;
      readonly substatus: 7 | 13 | 16 | 17;
      /** sc-win32-status, unsigned as logs print it. */
      readonly win32: number;
      readonly why: string;
    };

/** HRESULTs as the log prints them (domain 5.2). */
export const WIN32 = {
  accessDenied: 5,
  /** CERT_E_EXPIRED */
  expired: 2148204801,
  /** CERT_E_UNTRUSTEDROOT */
  untrustedRoot: 2148204809,
  /** CERT_E_CHAINING */
  chaining: 2148204810,
  /** CERT_E_WRONG_USAGE */
  wrongUsage: 2148204816,
  /** TRUST_E_EXPLICIT_DISTRUST; its pairing with 403.16 is recalled. */
  distrusted: 2148204817,
  /** TRUST_E_CERT_SIGNATURE, 0x80096004; its pairing with 403.16 is recalled. */
  badSignature: 2148098052,
} as const;

/**
 * Judges what the client sent: the leaf first, then whatever it sent with it. `signatures` says whether all
 * signatures of the chain hold (cryptography is done outside the model); `at` is the host's time in
 * milliseconds since 1970 UTC. Throws Unanswered where the verdict hangs on something unknown.
 *
 * Not modelled: revocation (403.13), mapping to accounts, downloads of missing issuers (a certificate that
 * names where its issuer lies ends in Unanswered). Of several faults the first in the order of
 * CertVerifyCertificateChainPolicy counts (order recalled, unverified).
 */
export function judgeClient(
  host: Host,
  binding: SslBinding,
  chain: readonly Certificate[],
  signatures: 'good' | 'bad',
  at: number,
): Known<Judgement> {
  const trail = new Trail();
  const [leaf, ...sent] = chain;
  if (!leaf) return trail.answer(refused(7, WIN32.accessDenied, 'the client sent no certificate'));
  if (signatures === 'bad') {
    return trail.answer(refused(16, WIN32.badSignature, 'a signature of the chain does not hold'));
  }
  const question: Judged = { host, binding, leaf, sent, at, trail };
  const trusted = polluted(question) ?? trustedChain(question);
  if (!isChain(trusted)) return trail.answer(trusted);
  const fault = distrust(question, trusted) ?? usage(question, trusted) ?? validity(question, trusted);
  return trail.answer<Judgement>(fault ?? { is: 'trusted' });
}

interface Judged {
  readonly host: Host;
  readonly binding: SslBinding;
  readonly leaf: Certificate;
  readonly sent: readonly Certificate[];
  readonly at: number;
  readonly trail: Trail;
}

type Chain = readonly Certificate[];

const isChain = (given: Judgement | Chain): given is Chain => Array.isArray(given);

function refused(substatus: 7 | 13 | 16 | 17, win32: number, why: string): Judgement {
  return { is: 'refused', status: 403, substatus, win32, why };
}

/**
 * A certificate in Root that is not self-signed breaks the validation of every client while no list is sent
 * (domain 7.3 [KB2802568], which names no trust mode).
 */
function polluted({ host, binding, trail }: Judged): Judgement | null {
  if (sendsList(host, binding, trail)) return null;
  const strays = trail.read(store(host, 'root')).filter((one) => !isSelfSigned(one.certificate));
  if (strays.length === 0) return null;
  for (const stray of strays) trail.note(stray.because);
  return refused(16, WIN32.untrustedRoot, 'Root holds a certificate that is not self-signed');
}

/**
 * A chain that the trust mode accepts, else why there is none. The CA store is read only when the chain does
 * not come out without it: a client that sends its intermediate does not need it there (domain 4.3 [LAB26]).
 */
function trustedChain(question: Judged): Judgement | Chain {
  const anchors = anchorsOf(question);
  if (anchors === 'nothing') {
    return refused(16, WIN32.untrustedRoot, 'the record names no store, so there is nothing to trust');
  }
  const root = certificatesOf(question, 'root');
  const near = chainsOf(question.leaf, [...question.sent, ...anchors.certificates, ...root]);
  const accepted = near.find((chain) => isAccepted(anchors, chain));
  if (accepted) return named(question, anchors.mode, accepted);
  const pool = [...question.sent, ...anchors.certificates, ...root, ...certificatesOf(question, 'ca')];
  const all = chainsOf(question.leaf, pool);
  const late = all.find((chain) => isAccepted(anchors, chain));
  return late ? named(question, anchors.mode, late) : unaccepted(question, anchors, all);
}

/** What a chain must touch to be trusted. */
interface Anchors {
  readonly mode: 0 | 1 | 2;
  readonly title: string;
  readonly certificates: readonly Certificate[];
}

function anchorsOf(question: Judged): Anchors | 'nothing' {
  const { host, binding, trail } = question;
  const mode = trail.read(host.schannel.clientAuthTrustMode) ?? 0;
  if (mode === 0) return { mode, title: 'Root', certificates: certificatesOf(question, 'root') };
  if (mode !== 1 && mode !== 2) {
    throw new Unanswered(`what ClientAuthTrustMode ${mode} means; only 0, 1 and 2 are documented`);
  }
  const own = trail.read(recordStore(host, binding));
  if (own === undefined && host.assume.variant('trust-without-store') === 'nothing') return 'nothing';
  const title = own ?? trail.read(listStore(host, binding)).store;
  return { mode, title, certificates: certificatesOf(question, title) };
}

function certificatesOf({ host, trail }: Judged, name: string): readonly Certificate[] {
  return trail.read(store(host, name)).map((one) => one.certificate);
}

/** Mode 0 and 1: the chain ends in a root among the anchors. Mode 2: any CA of the chain is among them. */
function isAccepted({ mode, certificates }: Anchors, chain: Chain): boolean {
  const last = chain.at(-1)!;
  const root = isSelfSigned(last) && holds(certificates, last);
  return root || (mode === 2 && chain.slice(1).some((one) => holds(certificates, one)));
}

function unaccepted({ binding }: Judged, anchors: Anchors, chains: readonly Chain[]): Judgement {
  const ended = chains.find((chain) => isSelfSigned(chain.at(-1)!));
  if (ended) {
    const what = anchors.mode === 2 ? 'no CA of the chain' : 'the root of the chain is not';
    return refused(16, WIN32.untrustedRoot, `${what} in ${anchors.title}`);
  }
  const [url] = chains.flatMap((chain) => chain.at(-1)!.aiaIssuerUrls);
  const noDownload = binding.fields.disableaia?.is === 'known' && binding.fields.disableaia.value;
  if (url !== undefined && !noDownload) {
    throw new Unanswered(
      `whether the host can download the issuer from ${url} (\`certutil -verify -urlfetch\` as SYSTEM)`,
    );
  }
  return refused(16, WIN32.chaining, 'the issuer of a certificate of the chain is missing');
}

/** In mode 0 sources disagree whether a list that is sent also binds the server itself. */
function named(question: Judged, mode: 0 | 1 | 2, chain: Chain): Judgement | Chain {
  if (mode !== 0) return chain;
  const list = question.trail.read(issuerList(question.host, question.binding));
  const listed = [...(list?.certificates ?? []), ...(list?.cut ?? [])].map((one) => one.certificate.subject);
  const above = chain.length > 1 ? chain.slice(1) : chain;
  const isListed = above.some((one) => listed.some((name) => sameName(name, one.subject)));
  if (listed.length === 0 || isListed) return chain;
  if (question.host.assume.variant('machine-trust-outside-list') === 'accepted') return chain;
  return refused(16, WIN32.untrustedRoot, 'the list of trusted issuers names no CA of the chain');
}

/** The Disallowed store, where it was read (domain 7.21). */
function distrust({ host, trail }: Judged, chain: Chain): Judgement | null {
  const disallowed = store(host, 'disallowed');
  if (disallowed.is !== 'known') return null;
  trail.note(disallowed.because);
  const banned = disallowed.value.map((one) => one.certificate);
  return chain.some((one) => holds(banned, one))
    ? refused(16, WIN32.distrusted, 'a certificate of the chain is in Disallowed')
    : null;
}

const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const ANY_USAGE = '2.5.29.37.0';

/** Usage check: an extended key usage must allow client authentication (domain 1.3, 7.9); an issuer's limits too. */
function usage({ binding, trail }: Judged, chain: Chain): Judgement | null {
  const wrong = chain.some(
    (one) => one.extendedKeyUsage?.every((oid) => oid !== CLIENT_AUTH && oid !== ANY_USAGE) ?? false,
  );
  if (!wrong || !trail.read(fieldOf(binding, 'usagecheck'))) return null;
  return refused(16, WIN32.wrongUsage, 'an extended key usage does not allow client authentication');
}

function validity({ at }: Judged, chain: Chain): Judgement | null {
  const outside = chain.some((one) => at < one.notBefore || at > one.notAfter);
  return outside ? refused(17, WIN32.expired, 'a certificate of the chain is not valid at this time') : null;
}
