import { type Known, known, unknown } from '../../base/known.ts';
import type { Locus } from '../../base/locus.ts';
import type { ListedCertificate, LooseCertificate } from '../../evidence/claims.ts';
import { endpointOf } from '../../windows/http-sys/key.ts';
import type { Certificate } from '../../wire/x509/certificate.ts';
import { printName } from '../../wire/x509/name.ts';
import { isNameInWords } from '../../wire/x509/name-in-words.ts';
import { fieldOf } from '../endpoint.ts';
import type { Question, Subject } from '../question.ts';
import { recordsShown } from '../records.ts';
import { exchangesIn } from './late-asking.ts';

/** A certificate that the client has, as far as evidence shows it. */
export interface ClientCertificate {
  readonly subject: string;
  readonly issuer?: string;
  /** Dotted OIDs of its extended key usage; null: it has none; undefined: not told. */
  readonly usages?: readonly string[] | null;
  /** Where its DER is at hand. */
  readonly certificate?: Certificate;
  readonly hasKey?: boolean;
  readonly at: Locus;
  /** It was sent; a file's name or a store of the user says so; or it is one of those that no server serves. */
  readonly by: 'wire' | 'name' | 'left over';
}

export const WANTED_CERTIFICATE = "the client's certificate (client.pem, without its key)";

/** Those that the client may have logged on with, the surest first. */
export const clientCertificates: Question<readonly ClientCertificate[]> = (subject) => {
  const found = [...looseOnes(subject), ...listedOnes(subject)];
  const surest = RANKS.flatMap((by) => found.filter((one) => one.by === by));
  return surest.length === 0
    ? unknown(WANTED_CERTIFICATE)
    : known(
        surest,
        surest.map(({ at }) => at),
      );
};

const RANKS = ['wire', 'name', 'left over'] as const;

/**
 * The one that the client uses: known where it was sent or is called the client's, or is the only one that no server
 * serves. Of several left over nobody can say which.
 */
export function theOne(leaf: Known<readonly ClientCertificate[]>): ClientCertificate | null {
  if (leaf.is !== 'known') return null;
  const [first, second] = leaf.value;
  return first && (first.by !== 'left over' || !second) ? first : null;
}

function looseOnes(subject: Subject): ClientCertificate[] {
  const isServed = servedBy(subject);
  return subject.picture.certificates.flatMap((loose) => {
    const by = howKnown(loose, subject, isServed);
    return by ? [ofLoose(loose, by)] : [];
  });
}

const CALLED = /client|user|mtls|smart-?card|kunde|benutzer|persona/i;
const CALLED_OTHERWISE = /server|\bca\b|[-_.]ca[-_.]|^ca[-_.]|root|issuing|chain|bundle|trust/i;

function howKnown(
  { certificate, thumbprint, at }: LooseCertificate,
  subject: Subject,
  isServed: (thumbprint: string, certificate: Certificate) => boolean,
): ClientCertificate['by'] | null {
  const isSent = exchangesIn(subject).some(({ answers }) =>
    answers.some(
      ({ leaf }) =>
        leaf && (leaf.thumbprint === thumbprint || isNameInWords(leaf.subject, certificate.subject)),
    ),
  );
  if (isSent) return 'wire';
  if (certificate.isCa) return null;
  const file = at.source.split(/[\\/]/).at(-1) ?? at.source;
  if (CALLED.test(file) && !CALLED_OTHERWISE.test(file)) return 'name';
  return isServed(thumbprint, certificate) ? null : 'left over';
}

/** Bound to a record, or made out for a name under which a server is reached. */
function servedBy(subject: Subject) {
  const records = subject.picture.hosts.flatMap((host) => [...recordsShown(host)]);
  const bound = records
    .map((record) => fieldOf(record, 'certhash'))
    .map((one) => (one.is === 'known' ? one.value : ''));
  const names = new Set(
    [
      ...records.map(({ key }) => endpointOf(key)).flatMap((one) => (one?.is === 'host' ? [one.host] : [])),
      ...(subject.picture.services ?? []).flatMap((one) => [...one.names]),
      ...exchangesIn(subject).flatMap(({ host }) => (host === undefined ? [] : [host])),
    ].map((name) => name.toLowerCase()),
  );
  return (thumbprint: string, { subjectAltNames }: Certificate): boolean =>
    bound.includes(thumbprint) || subjectAltNames.some(({ value }) => names.has(value.toLowerCase()));
}

function ofLoose({ certificate, at }: LooseCertificate, by: ClientCertificate['by']): ClientCertificate {
  return {
    subject: printName(certificate.subject),
    issuer: printName(certificate.issuer),
    usages: certificate.extendedKeyUsage ?? null,
    certificate,
    at,
    by,
  };
}

/** Of the user's own store; or of no store at all, as openssl and certutil print single certificates. */
function listedOnes({ picture }: Subject): ClientCertificate[] {
  return (picture.listings ?? []).flatMap(({ store, of, certificates }) => {
    const isUsers = of === 'user' && /^my$/i.test(store ?? 'my');
    if (!isUsers && store !== undefined) return [];
    return certificates.flatMap((one) =>
      isCa(one) || one.subject === undefined ? [] : [ofListed(one, isUsers)],
    );
  });
}

const isCa = ({ root, isCa }: ListedCertificate): boolean => isCa ?? root === true;

function ofListed(
  { subject = '', issuer, usages, hasKey, at }: ListedCertificate,
  isUsers: boolean,
): ClientCertificate {
  return {
    subject,
    ...(issuer === undefined ? {} : { issuer }),
    ...(usages === undefined ? {} : { usages }),
    ...(hasKey === undefined ? {} : { hasKey }),
    at,
    by: isUsers ? 'name' : 'left over',
  };
}
