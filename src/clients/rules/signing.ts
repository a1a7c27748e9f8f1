import { signatureScheme } from '../../wire/tls/registry/index.ts';
import type { Offer } from '../model.ts';
import { type Check, PASS, type Question } from './family.ts';
import {
  type Abilities,
  knownSchemes,
  schemesFor,
  schemesOnCertificate,
  signsWithoutSchemes,
  usableSchemes,
} from './schemes.ts';
import { keyWords, quote } from './words.ts';

/** Checks of the key against signature_algorithms (RFC 5246 7.4.4, RFC 8446 4.3.2). */

const TLS12 = 0x0303;
const TLS13 = 0x0304;

/** Some offered scheme must suit the key; `otherwise` may differ by version. */
export function commonScheme(
  can: Abilities,
  otherwise: Offer | { readonly tls12: Offer; readonly tls13: Offer },
): Check {
  return (question) => {
    const { request, identity, family } = question;
    const { version, signatureAlgorithms: offered } = request;
    const { leaf } = identity;
    if (signsWithoutSchemes(version, leaf)) return PASS;
    if (usableSchemes({ leaf, version, offered }, can).length > 0) return PASS;
    const offer =
      typeof otherwise === 'string' ? otherwise : version >= TLS13 ? otherwise.tls13 : otherwise.tls12;
    return {
      is: 'stop',
      offer,
      rule: 'no-common-scheme',
      because: `The server lists no signature algorithm that ${family.name} can use with this key, ${keyWords(leaf)}: ${listed(offered)}.`,
      wouldChange: remedies(question, can),
    };
  };
}

/** The request must hold at least one scheme the client knows, whatever the key. */
export function someKnownScheme(can: Abilities, offer: Offer, fromVersion: number, toVersion = TLS13): Check {
  return ({ request: { version, signatureAlgorithms }, family }) => {
    if (version < fromVersion || version > toVersion) return PASS;
    if (knownSchemes(signatureAlgorithms, version, can).length > 0) return PASS;
    return {
      is: 'stop',
      offer,
      rule: 'no-known-scheme',
      because: `The server lists no signature algorithm that ${family.name} knows at all: ${listed(signatureAlgorithms)}.`,
      wouldChange: [`list a current algorithm on the server, such as ${signatureScheme.name(0x0804)}`],
    };
  };
}

/** TLS 1.3 demands signature_algorithms in the request (RFC 8446 4.3.2); these clients insist. */
export const schemesPresent13: Check = ({ request: { version, signatureAlgorithms }, family }) => {
  if (version < TLS13 || signatureAlgorithms !== undefined) return PASS;
  return {
    is: 'stop',
    offer: 'aborted',
    rule: 'missing-signature-algorithms',
    because: `The request lacks signature_algorithms, which TLS 1.3 demands, and ${family.name} ends the handshake with missing_extension.`,
    wouldChange: ['have the server send a valid CertificateRequest'],
  };
};

/** The signatures on the certificates, too, must be of listed algorithms. */
export function signaturesOnChain(which: 'leaf' | 'leaf and held', versions: readonly number[]): Check {
  return ({ request, identity, family }) => {
    const listedHere = request.signatureAlgorithmsCert ?? request.signatureAlgorithms;
    if (!versions.includes(request.version) || !listedHere) return PASS;
    const chain = which === 'leaf' ? [identity.leaf] : [identity.leaf, ...identity.held];
    const odd = chain.find((one) => !schemesOnCertificate(one).some((id) => listedHere.includes(id)));
    if (!odd) return PASS;
    return {
      is: 'stop',
      offer: 'withheld',
      rule: 'chain-signature',
      because: `${quote(odd.subject)} is signed by ${quote(odd.issuer)} with an algorithm that the server does not list, and ${family.name} looks at the signatures on the chain.`,
      wouldChange: [
        'list that algorithm on the server, too',
        'use a certificate that is signed with a listed one',
      ],
    };
  };
}

/** As `signaturesOnChain`, but only when the server sent signature_algorithms_cert (TLS 1.3). */
export const certSchemesOfLeaf13: Check = (question) =>
  question.request.signatureAlgorithmsCert === undefined
    ? PASS
    : signaturesOnChain('leaf', [TLS13])(question);

/** Java: any scheme of the key's algorithm gets the certificate sent; one that fits must then sign. */
export function sentThenSigned(can: Abilities): Check {
  return (question) => {
    const { request, identity, family } = question;
    const { version, signatureAlgorithms: offered } = request;
    const { leaf } = identity;
    if (version < TLS12 || usableSchemes({ leaf, version, offered }, can).length > 0) return PASS;
    return {
      is: 'stop',
      offer: 'sent-then-aborted',
      rule: 'key-curve',
      because: `${family.name} sends the certificate and then ends the handshake with internal_error, because no listed algorithm suits its key, ${keyWords(leaf)}: ${listed(offered)}.`,
      wouldChange: remedies(question, can),
    };
  };
}

/** Java: the algorithm of the key must be among those of the listed schemes; the curve is not looked at yet. */
export function keyAlgorithmListed(can: Abilities): Check {
  return (question) => {
    const { request, identity, family } = question;
    const { version, signatureAlgorithms: offered } = request;
    if (signsWithoutSchemes(version, identity.leaf)) return PASS;
    const kinds = knownSchemes(offered, version, can).map((one) => one.key);
    if (kinds.includes(identity.leaf.keyKind)) return PASS;
    return {
      is: 'stop',
      offer: 'withheld',
      rule: 'no-common-scheme',
      because: `The server lists no signature algorithm that ${family.name} can use with this key, ${keyWords(identity.leaf)}: ${listed(offered)}.`,
      wouldChange: remedies(question, can),
    };
  };
}

/** Nobody has seen what this family does with EdDSA keys. */
export const edwardsUnverified: Check = ({ identity: { leaf }, family }) =>
  leaf.keyKind === 'ed25519' || leaf.keyKind === 'ed448'
    ? {
        is: 'stop',
        offer: 'unknown',
        rule: 'key-kind-unverified',
        because: `The key is ${keyWords(leaf)}, and what ${family.name} does with such a key is not verified.`,
        wouldChange: ['use a certificate with an EC (P-256) or RSA key'],
        confidence: 'unverified',
      }
    : PASS;

function listed(offered: readonly number[] | undefined): string {
  if (!offered || offered.length === 0) return 'it lists none';
  const names = offered.slice(0, 6).map((id) => signatureScheme.name(id));
  return offered.length > 6 ? `${names.join(', ')} and ${offered.length - 6} more` : names.join(', ');
}

function remedies({ request, identity }: Question, can: Abilities): string[] {
  const fitting = schemesFor(identity.leaf, request.version, can);
  const [first] = fitting;
  const other = 'use a certificate whose key suits the listed algorithms';
  return first === undefined ? [other] : [`list ${signatureScheme.name(first)} on the server`, other];
}
