import { equalBytes } from '../base/bytes.ts';
import { answerOf, known, unknown } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import { type StoredCertificate, store } from '../windows/host.ts';
import { isSelfSigned } from '../windows/schannel/chain.ts';
import { Trail } from '../windows/trail.ts';
import type { Certificate } from '../wire/x509/certificate.ts';
import { walkIssuers } from '../wire/x509/chain.ts';
import { printName } from '../wire/x509/name.ts';
import { certificatesAtHand } from './client-issuers.ts';
import { CHAIN, chainRefusals } from './exchange/chain-refusals.ts';
import { clientCertificates, theOne } from './exchange/client-certificates.ts';
import { rootStore } from './issuers.ts';
import { ask, onceForHost, type Question } from './question.ts';

/** 403.16 with CERT_E_UNTRUSTEDROOT. */
export const untrustedRefusals = chainRefusals(CHAIN.untrustedRoot, [], 16);
/** 403.16 with TRUST_E_EXPLICIT_DISTRUST. */
export const distrustedRefusals = chainRefusals(CHAIN.distrusted, [], 16);

const WANTED_CLIENT = "the client's certificate with its issuers (client.cer, issuing.cer, root.cer)";

/** The client's certificate and the CAs above it, as far as they are at hand. */
export const clientChain: Question<readonly Certificate[]> = onceForHost((subject) => {
  const one = theOne(ask(subject, clientCertificates));
  if (!one?.certificate) return unknown(WANTED_CLIENT);
  return known([one.certificate, ...walkIssuers(one.certificate, certificatesAtHand(subject))], [one.at]);
});

/** Name of the CA above which the machine's Root holds nothing of the client's chain; null: it holds its root. */
export const missingRoot: Question<string | null> = onceForHost((subject) => {
  const roots = answerOf(ask(subject, rootStore));
  const chain = answerOf(ask(subject, clientChain));
  const held = placesIn(roots, chain);
  if (held.length > 0) return known<string | null>(null, held);
  const top = chain.at(-1)!;
  return known<string | null>(printName(isSelfSigned(top) ? top.subject : top.issuer));
});

/** Name of a certificate of the client's chain that Disallowed holds; null: none. */
export const disallowedInChain: Question<string | null> = (subject) => {
  const { host } = subject;
  const disallowed = answerOf(store(host, 'Disallowed'));
  const held = answerOf(ask(subject, clientChain)).find((one) => placesIn(disallowed, [one]).length > 0);
  return known<string | null>(
    held ? printName(held.subject) : null,
    held ? placesIn(disallowed, [held]) : [],
  );
};

/** Where a store holds one of these. */
const placesIn = (stored: readonly StoredCertificate[], chain: readonly Certificate[]): Locus[] =>
  stored
    .filter(({ certificate }) => chain.some((one) => equalBytes(one.der, certificate.der)))
    .flatMap(({ because }) => because);

/**
 * Refusals for an untrusted root, of a client whose root the machine's Root holds: 0 where there are none, and where a
 * certificate in Root that is no root gives the same status.
 */
export const untrustedInSpiteOfRoot: Question<number> = onceForHost((subject) => {
  const trail = new Trail();
  const refused = trail.read(ask(subject, untrustedRefusals));
  if (!refused) return trail.answer(0);
  const roots = trail.read(ask(subject, rootStore));
  if (roots.some(({ certificate }) => !isSelfSigned(certificate))) return trail.answer(0);
  return trail.answer(trail.read(ask(subject, missingRoot)) === null ? Math.max(refused.count, 1) : 0);
});
