import type { Message } from '../../base/message.ts';
import { signatureScheme } from '../../wire/tls/registry/index.ts';
import type { Offer } from '../model.ts';
import {
  type Abilities,
  knownSchemes,
  schemesFor,
  schemesOnCertificate,
  signsWithoutSchemes,
  usableSchemes,
} from './schemes.ts';
import { type Check, message, PASS, type Question } from './verdict.ts';
import { keyName, quote } from './words.ts';

/** Checks of the key against signature_algorithms (RFC 5246 7.4.4, RFC 8446 4.3.2). */

const TLS12 = 0x0303;
const TLS13 = 0x0304;

/** Some offered scheme must suit the key; `otherwise` may differ by version. */
export function commonScheme(
  can: Abilities,
  otherwise: Offer | { readonly tls12: Offer; readonly tls13: Offer },
): Check {
  return (question) => {
    const { request, identity } = question;
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
      reason: message('no-common-scheme', { key: keyName(leaf), ...listed(offered) }),
      changes: remedies(question, can),
    };
  };
}

/** The request must hold at least one scheme the client knows, whatever the key. */
export function someKnownScheme(can: Abilities, offer: Offer, fromVersion: number, toVersion = TLS13): Check {
  return ({ request: { version, signatureAlgorithms } }) => {
    if (version < fromVersion || version > toVersion) return PASS;
    if (knownSchemes(signatureAlgorithms, version, can).length > 0) return PASS;
    return {
      is: 'stop',
      offer,
      rule: 'no-known-scheme',
      reason: message('no-known-scheme', listed(signatureAlgorithms)),
      changes: [message('list-current-scheme', { entry: signatureScheme.name(0x0804) })],
    };
  };
}

/** TLS 1.3 demands signature_algorithms in the request (RFC 8446 4.3.2); these clients insist. */
export const schemesPresent13: Check = ({ request: { version, signatureAlgorithms } }) => {
  if (version < TLS13 || signatureAlgorithms !== undefined) return PASS;
  return {
    is: 'stop',
    offer: 'aborted',
    rule: 'missing-signature-algorithms',
    reason: message('missing-signature-algorithms'),
    changes: [message('send-valid-request')],
  };
};

/** The signatures on the certificates, too, must be of listed algorithms. */
export function signaturesOnChain(
  which: 'leaf' | 'held' | 'leaf and held',
  versions: readonly number[],
): Check {
  return ({ request, identity }) => {
    const listedHere = request.signatureAlgorithmsCert ?? request.signatureAlgorithms;
    if (!versions.includes(request.version) || !listedHere) return PASS;
    const { leaf, held } = identity;
    const chain = { leaf: [leaf], held, 'leaf and held': [leaf, ...held] }[which];
    const odd = chain.find((one) => !schemesOnCertificate(one).some((id) => listedHere.includes(id)));
    if (!odd) return PASS;
    return {
      is: 'stop',
      offer: 'withheld',
      rule: 'chain-signature',
      reason: message('chain-signature', { certificate: quote(odd.subject), issuer: quote(odd.issuer) }),
      changes: [message('list-chain-scheme'), message('use-listed-signature')],
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
    const { request, identity } = question;
    const { version, signatureAlgorithms: offered } = request;
    const { leaf } = identity;
    if (version < TLS12 || usableSchemes({ leaf, version, offered }, can).length > 0) return PASS;
    return {
      is: 'stop',
      offer: 'sent-then-aborted',
      rule: 'key-curve',
      reason: message('key-curve', { key: keyName(leaf), ...listed(offered) }),
      changes: remedies(question, can),
    };
  };
}

/** Java: the algorithm of the key must be among those of the listed schemes; the curve is not looked at yet. */
export function keyAlgorithmListed(can: Abilities): Check {
  return (question) => {
    const { request, identity } = question;
    const { version, signatureAlgorithms: offered } = request;
    if (signsWithoutSchemes(version, identity.leaf)) return PASS;
    const kinds = knownSchemes(offered, version, can).map((one) => one.key);
    if (kinds.includes(identity.leaf.keyKind)) return PASS;
    return {
      is: 'stop',
      offer: 'withheld',
      rule: 'no-common-scheme',
      reason: message('no-common-scheme', { key: keyName(identity.leaf), ...listed(offered) }),
      changes: remedies(question, can),
    };
  };
}

/** Nobody has seen what this family does with EdDSA keys. */
export const edwardsUnverified: Check = ({ identity: { leaf } }) =>
  leaf.keyKind === 'ed25519' || leaf.keyKind === 'ed448'
    ? {
        is: 'stop',
        offer: 'unknown',
        rule: 'key-kind-unverified',
        reason: message('key-kind-unverified', { key: keyName(leaf) }),
        changes: [message('use-usual-key')],
        confidence: 'unverified',
      }
    : PASS;

function listed(offered: readonly number[] = []): Message['facts'] {
  const names = offered
    .slice(0, 6)
    .map((id) => signatureScheme.name(id))
    .join(', ');
  if (offered.length === 0) return { offered: 'none' };
  return offered.length > 6
    ? { offered: 'more', names, more: offered.length - 6 }
    : { offered: 'some', names };
}

function remedies({ request, identity }: Question, can: Abilities): Message[] {
  const [first] = schemesFor(identity.leaf, request.version, can);
  const other = message('use-fitting-key');
  return first === undefined
    ? [other]
    : [message('list-entry', { entry: signatureScheme.name(first) }), other];
}
