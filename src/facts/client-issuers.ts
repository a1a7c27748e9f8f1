import { answerOf, known, unknown } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import type { Certificate } from '../wire/x509/certificate.ts';
import { walkIssuers } from '../wire/x509/chain.ts';
import { printName, sameName } from '../wire/x509/name.ts';
import { clientCertificates, WANTED_CERTIFICATE } from './exchange/client-certificates.ts';
import { CLIENT_AUTH } from './exchange/usage.ts';
import { nameKey, wordsKey } from './names-in-words.ts';
import { ask, onceForHost, type Question, type Subject } from './question.ts';

/** A client's certificate that was given as evidence, and who vouches for it. */
export interface ClientIssuers {
  readonly leaf: Certificate;
  /** Printed name of its issuer. */
  readonly issuer: string;
  /** Keys (names-in-words.ts) of its issuer and of the CAs above, as far as they are at hand. */
  readonly casAbove: ReadonlySet<string>;
  /** No CA above these can be: the chain at hand ends in a root. */
  readonly complete: boolean;
  readonly selfSigned: boolean;
  readonly at: Locus;
}

const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';

/**
 * Clients' certificates, with the CAs above them as far as they are at hand. One that serves for servers too counts only
 * where none is for clients alone.
 */
export const clientIssuers: Question<readonly ClientIssuers[]> = onceForHost((subject) => {
  const clients = answerOf(ask(subject, clientCertificates));
  const held = clients.flatMap(({ certificate, at }) => (certificate ? [{ leaf: certificate, at }] : []));
  const usable = held.filter(({ leaf }) => !isForServersOnly(leaf));
  const alone = usable.filter(({ leaf }) => !leaf.extendedKeyUsage?.includes(SERVER_AUTH));
  const taken = alone.length > 0 ? alone : usable;
  if (taken.length === 0) return unknown(WANTED_CERTIFICATE);
  const pool = certificatesAtHand(subject);
  return known(
    taken.map(({ leaf, at }) => ({
      leaf,
      issuer: printName(leaf.issuer),
      casAbove: casAbove(leaf, pool, subject),
      complete: isComplete(leaf, pool),
      selfSigned: sameName(leaf.issuer, leaf.subject),
      at,
    })),
    taken.map(({ at }) => at),
  );
});

const isForServersOnly = ({ extendedKeyUsage: usage }: Certificate): boolean =>
  usage?.includes(SERVER_AUTH) === true && !usage.includes(CLIENT_AUTH);

/** All certificates that were given, in stores and loose. */
export function certificatesAtHand({ picture, host }: Subject): Certificate[] {
  const stores = [...host.stores.values()].flatMap((one) => (one.is === 'known' ? one.value : []));
  return [...picture.certificates, ...stores].map(({ certificate }) => certificate);
}

function isComplete(leaf: Certificate, pool: readonly Certificate[]): boolean {
  const top = walkIssuers(leaf, pool).at(-1) ?? leaf;
  return sameName(top.subject, top.issuer);
}

/** Texts of stores lead upwards too, by what they print. */
function casAbove(leaf: Certificate, pool: readonly Certificate[], { picture }: Subject): Set<string> {
  const keys = new Set([nameKey(leaf.issuer), ...walkIssuers(leaf, pool).map((one) => nameKey(one.issuer))]);
  const listed = (picture.listings ?? []).flatMap(({ certificates }) => certificates);
  for (let grew = true; grew; ) {
    const before = keys.size;
    for (const { subject, issuer } of listed)
      if (subject !== undefined && issuer !== undefined && keys.has(wordsKey(subject)))
        keys.add(wordsKey(issuer));
    grew = keys.size > before;
  }
  return keys;
}
