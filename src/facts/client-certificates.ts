import { known, unknown } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import type { Certificate } from '../wire/x509/certificate.ts';
import { walkIssuers } from '../wire/x509/chain.ts';
import { printName, sameName } from '../wire/x509/name.ts';
import { nameKey, wordsKey } from './names-in-words.ts';
import { onceForHost, type Question, type Subject } from './question.ts';

/** A client's certificate that was given as evidence. */
export interface ClientCertificate {
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

const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';

/**
 * The clients' certificates among those whose store is not known. One for servers alone is not a client's; one that
 * serves for both counts only where none is for clients alone.
 */
export const clientCertificates: Question<readonly ClientCertificate[]> = onceForHost((subject) => {
  const leaves = subject.picture.certificates.filter(({ certificate }) => !certificate.isCa);
  const usable = leaves.filter(({ certificate: { extendedKeyUsage: usage } }) =>
    usage ? usage.includes(CLIENT_AUTH) || !usage.includes(SERVER_AUTH) : true,
  );
  const alone = usable.filter(({ certificate }) => !certificate.extendedKeyUsage?.includes(SERVER_AUTH));
  const clients = alone.length > 0 ? alone : usable;
  if (clients.length === 0) return unknown('the certificate of a client that is refused (its .cer, no key)');
  const pool = certificatesAtHand(subject);
  return known(
    clients.map(({ certificate: leaf, at }) => ({
      leaf,
      issuer: printName(leaf.issuer),
      casAbove: casAbove(leaf, pool, subject),
      complete: isComplete(leaf, pool),
      selfSigned: sameName(leaf.issuer, leaf.subject),
      at,
    })),
    clients.map(({ at }) => at),
  );
});

function certificatesAtHand({ picture, host }: Subject): Certificate[] {
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
