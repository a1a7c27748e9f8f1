import { known, unknown } from '../../base/known.ts';
import type { Locus } from '../../base/locus.ts';
import type { LooseCertificate } from '../../evidence/claims.ts';
import type { Certificate } from '../../wire/x509/certificate.ts';
import { type Name, printName, sameName } from '../../wire/x509/name.ts';
import { ask, type Question, type Subject } from '../question.ts';
import { clientCertificates, theOne } from './client-certificates.ts';
import { succeeded, WANTED_TRACE } from './exchanges.ts';
import { exchangesIn } from './late-asking.ts';
import { said } from './messages.ts';

/** The CAs that a server checks clients against, as a file that was given as evidence. */
export interface TrustBundle {
  readonly file: string;
  readonly at: Locus;
  readonly certificates: readonly LooseCertificate[];
}

const CALLED = /trust|client-?s?[-_.]?ca|ca[-_.]?(?:bundle|clients?|certs?)|clients(?:[-_.]|$)/i;

/** Files that a server's configuration names, by their last part; or that are called after what they are for. */
export function bundlesOf({ picture }: Subject): TrustBundle[] {
  const named = new Set((picture.services ?? []).flatMap(({ trust }) => (trust ? [lastOf(trust)] : [])));
  const files = new Map<string, LooseCertificate[]>();
  for (const one of picture.certificates) {
    const file = lastOf(one.at.source);
    if (named.has(file) || CALLED.test(file.replace(/\.[^.]*$/, '')))
      files.set(one.at.source, [...(files.get(one.at.source) ?? []), one]);
  }
  return [...files].map(([file, certificates]) => ({ file, at: certificates[0]!.at, certificates }));
}

const lastOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

/** Why a bundle does not let the clients in that it is for. */
export type BundleWrong = {
  /** 'it holds no CA certificate'. */
  readonly why: string;
  readonly file?: string;
};

export const bundleWrong: Question<BundleWrong> = (subject) => {
  const told = said(subject, 'trust-bundle-invalid');
  const bundles = bundlesOf(subject);
  const bad = bundles.flatMap((bundle) => {
    const why = faultOf(bundle, subject);
    return why === null ? [] : [{ bundle, why }];
  })[0];
  if (bad)
    return known<BundleWrong>({ why: bad.why, file: bad.bundle.file }, [
      ...told.map(({ at }) => at),
      bad.bundle.at,
    ]);
  const topless = said(subject, 'issuer-unknown').filter(
    ({ side, facts }) => side === 'server' && facts?.error === NO_ISSUER_ABOVE,
  );
  if (topless.length > 0)
    return known<BundleWrong>({ why: 'it lacks the CA above the one that it finds', ...fileOf(bundles) }, [
      ...topless.map(({ at }) => at),
      ...bundles.map(({ at }) => at),
    ]);
  const [first] = told;
  if (first)
    return known<BundleWrong>(
      { why: whyOf(first.facts) },
      told.map(({ at }) => at),
    );
  return unknown(WANTED_BUNDLE);
};

const WANTED_BUNDLE = `the file of CAs that the server checks clients against, the client's certificate, and the server's error: ${WANTED_TRACE}`;

/**
 * X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT: the issuer of a CA in the chain is missing, whatever the client sends; where
 * the issuer of its own certificate is missing, the error is 20.
 */
const NO_ISSUER_ABOVE = 2;

const fileOf = (bundles: readonly TrustBundle[]) => (bundles.length === 1 ? { file: bundles[0]!.file } : {});

function whyOf(facts: Readonly<Record<string, string | number>> | undefined): string {
  const why = facts?.why ?? facts?.reason;
  return typeof why === 'string' ? why : 'the server refused it';
}

/** No CA in it; or the chain of the client's certificate, as far as it is at hand, meets none of its CAs. */
function faultOf(bundle: TrustBundle, subject: Subject): string | null {
  const cas = bundle.certificates.filter(({ certificate }) => certificate.isCa);
  if (cas.length === 0) return 'it holds no CA certificate';
  const leaf = theOne(ask(subject, clientCertificates));
  const client = leaf?.certificate;
  if (!client || exchangesIn(subject).some(succeeded)) return null;
  const refused = said(
    subject,
    'issuer-unknown',
    'certificate-refused',
    'http-certificate-error',
    'trust-bundle-invalid',
  );
  const isTurnedAway = refused.some(({ side }) => side !== 'client');
  const above = pathAbove(client, subject);
  if (above.some((name) => cas.some(({ certificate }) => sameName(certificate.subject, name)))) return null;
  return isTurnedAway
    ? `it does not hold «${printName(client.issuer)}», which issued the client's certificate`
    : null;
}

/** Names of the issuer and of every CA above it that is at hand outside the bundles. */
export function pathAbove(client: Certificate, { picture, host }: Subject): Name[] {
  const stored = [...host.stores.values()].flatMap((one) => (one.is === 'known' ? one.value : []));
  const pool = [...picture.certificates, ...stored].map(({ certificate }) => certificate);
  const names: Name[] = [client.issuer];
  for (let i = 0; i < names.length && i < 8; i++)
    for (const one of pool)
      if (sameName(one.subject, names[i]!) && !names.some((name) => sameName(name, one.issuer)))
        names.push(one.issuer);
  return names;
}

/** It holds CAs, and the client's certificate leads to one of them. */
export const bundleRight: Question<true> = (subject) => {
  const leaf = theOne(ask(subject, clientCertificates));
  const bundles = bundlesOf(subject);
  const client = leaf?.certificate;
  const good = client
    ? bundles.filter(({ certificates }) =>
        certificates.some(
          ({ certificate }) =>
            certificate.isCa &&
            pathAbove(client, subject).some((name) => sameName(certificate.subject, name)),
        ),
      )
    : [];
  return good.length > 0 && good.length === bundles.length
    ? known<true>(true, [leaf!.at, ...good.map(({ at }) => at)])
    : unknown(WANTED_BUNDLE);
};
