import { known, unknown } from '../../base/known.ts';
import type { Locus } from '../../base/locus.ts';
import { type Abilities, signsWithoutSchemes, usableSchemes } from '../../clients/rules/schemes.ts';
import { signatureScheme } from '../../wire/tls/registry/index.ts';
import { ask, type Question, type Subject } from '../question.ts';
import { clientCertificates, theOne } from './client-certificates.ts';
import { type Exchange, sentNone, sentOne, succeeded, WANTED_TRACE, wantsOne } from './exchanges.ts';
import { exchangesIn } from './late-asking.ts';
import { said } from './messages.ts';

/** No signature algorithm that both ends can do with the client's key. */
export type NoCommonScheme = {
  /** 'RSA key of 2048 bits'; absent where only a message tells. */
  readonly key?: string;
  /** What the server listed: 'rsa_pss_rsae_sha256, …'. */
  readonly listed?: string;
  /** What another server, or another version, listed in addition when it worked. */
  readonly lacks?: string;
};

/** More than any one client can do: what is not possible with this is not possible at all. */
const MOST: Abilities = { sha1: true, sha224: true, pssKeys: true, ed25519: true, ed448: true };

const WANTED_SCHEMES = `the signature algorithms that the server lists, and the client's certificate: ${WANTED_TRACE}`;

const TLS12 = 0x0303;
const RSA_SHA1 = 0x0201;

export const noCommonScheme: Question<NoCommonScheme> = (subject) => {
  const told = said(subject, 'no-common-algorithm').map(({ at }) => at);
  const list = askedWithSchemes(subject)[0];
  const [worse, better] = differing(subject) ?? [];
  const impossible = cannotSign(subject);
  const about = impossible?.exchange ?? worse ?? list;
  if (told.length === 0 && !impossible && !worse) return unknown(WANTED_SCHEMES);
  const lacks = worse && better ? missing(worse, better) : [];
  return known<NoCommonScheme>(
    {
      ...(impossible ? { key: impossible.key } : {}),
      ...(about ? { listed: printSchemes(about.schemes!) } : {}),
      ...(lacks.length > 0 ? { lacks: printSchemes(lacks) } : {}),
    },
    [
      ...told,
      ...(about ? [about.at] : []),
      ...(better ? [better.at] : []),
      ...(impossible ? [impossible.at] : []),
    ],
  );
};

const askedWithSchemes = (subject: Subject): Exchange[] =>
  exchangesIn(subject).filter(({ schemes }) => schemes !== undefined && schemes.length > 0);

/** The client's key against the list, by the rules of src/clients. */
function cannotSign(subject: Subject): { key: string; at: Locus; exchange: Exchange } | null {
  const one = theOne(ask(subject, clientCertificates));
  const leaf = one?.certificate;
  if (!leaf || leaf.keyKind === 'other') return null;
  const exchange = askedWithSchemes(subject).find(({ version = TLS12, schemes }) => {
    if (signsWithoutSchemes(version, leaf)) return false;
    return usableSchemes({ leaf, version, offered: schemes }, MOST).length === 0;
  });
  return exchange ? { key: printKey(leaf.keyKind, leaf.keyBits, leaf.curve), at: one.at, exchange } : null;
}

const printKey = (kind: string, bits: number, curve: string | undefined): string =>
  curve ? `${kind} key on ${curve}` : `${kind} key of ${bits} bits`;

/**
 * The same client signed for one list and not for a shorter one: its key (a card's, a TPM's) knows what the shorter one
 * lacks. Names of issuers must not explain it, so only lists of equal length count.
 */
function differing(subject: Subject): readonly [worse: Exchange, better: Exchange] | null {
  const all = askedWithSchemes(subject).filter(({ late }) => !late);
  for (const worse of all.filter((one) => !sentOne(one) && (sentNone(one) || wantsOne(one))))
    for (const better of all.filter((one) => sentOne(one) && one.tool === worse.tool))
      if (missing(worse, better).length > 0 && worse.names === better.names) return [worse, better];
  return null;
}

const missing = (worse: Exchange, better: Exchange): number[] =>
  better.schemes!.filter((id) => !worse.schemes!.includes(id));

const MOST_PRINTED = 6;

function printSchemes(ids: readonly number[]): string {
  const shown = ids.slice(0, MOST_PRINTED).map((id) => signatureScheme.name(id));
  return ids.length > MOST_PRINTED
    ? `${shown.join(', ')} and ${ids.length - MOST_PRINTED} more`
    : shown.join(', ');
}

/**
 * The client signed; or its key and the list leave no doubt. An RSA key may sit in a card that can do SHA-1 only, or
 * no PSS: there only a list that has both tells.
 */
export const signsForRequest: Question<true> = (subject) => {
  const signed = exchangesIn(subject).filter(
    (one) => succeeded(one) || one.answers.some(({ proved }) => proved === true),
  );
  if (signed.length > 0)
    return known<true>(
      true,
      signed.map(({ at }) => at),
    );
  const leaf = theOne(ask(subject, clientCertificates));
  const lists = askedWithSchemes(subject);
  const isSafe = ({ version = TLS12, schemes = [] }: Exchange): boolean =>
    leaf?.certificate !== undefined &&
    usableSchemes({ leaf: leaf.certificate, version, offered: schemes }, MOST).length > 0 &&
    (leaf.certificate.keyKind !== 'rsa' || (version === TLS12 && schemes.includes(RSA_SHA1)));
  return leaf && lists.length > 0 && lists.every(isSafe)
    ? known<true>(true, [leaf.at, ...lists.map(({ at }) => at)])
    : unknown(WANTED_SCHEMES);
};
