import type { SigningKey } from '../../../../base/ports.ts';
import { readPublicKey } from '../../../x509/public-key.ts';
import { encodeCertificate } from '../../handshake/certificate.ts';
import type { CertificateRequest } from '../../handshake/certificate-request.ts';
import type { DigitallySigned } from '../../handshake/certificate-verify.ts';
import { encodeHandshake } from '../../handshake/message.ts';
import { HANDSHAKE } from '../../registry/handshake-type.ts';
import { SCHEME_BEFORE_TLS12, signatureScheme } from '../../registry/signature-scheme.ts';
import { TLS12, TLS13, version } from '../../registry/version.ts';
import type { Conversation } from './conversation.ts';
import type { ClientIdentity } from './options.ts';

/** What a CertificateRequest is answered with. */
export interface Answer {
  /** The whole Certificate message. */
  readonly certificate: Uint8Array;
  /** null with an empty Certificate, which nothing is signed for. */
  readonly proof: DigitallySigned | null;
}

/**
 * Chooses, and signs before anything is sent, so that a key that turns out unable to sign leads to an empty
 * Certificate. `content`: what CertificateVerify covers, given the Certificate message.
 */
export async function answerRequest(
  talk: Conversation,
  request: CertificateRequest,
  content: (certificate: Uint8Array) => Uint8Array,
): Promise<Answer> {
  const identity = talk.options.choose?.(request) ?? null;
  if (identity && identity.chain.length > 0) {
    const certificate = certificateMessage(request, identity.chain);
    const proof = await sign(talk, request, identity, content(certificate));
    if (proof) {
      talk.emit({ is: 'client-certificate', sent: identity.chain.length, scheme: proof.scheme });
      // Before TLS 1.2 the number is not sent.
      return { certificate, proof: request.version < TLS12 ? { ...proof, scheme: null } : proof };
    }
  }
  talk.emit({ is: 'client-certificate', sent: 0, scheme: null });
  return { certificate: certificateMessage(request, []), proof: null };
}

function certificateMessage(request: CertificateRequest, chain: readonly Uint8Array[]): Uint8Array {
  const entries = chain.map((der) => ({ der, extensions: [] }));
  const body = encodeCertificate({ context: request.context, entries }, request.version);
  return encodeHandshake(HANDSHAKE.certificate, body);
}

/** With its number, on the wire or not. */
type Signed = DigitallySigned & { readonly scheme: number };

async function sign(
  talk: Conversation,
  request: CertificateRequest,
  { key }: ClientIdentity,
  content: Uint8Array,
): Promise<Signed | null> {
  const schemes = fittingSchemes(request, key);
  for (const scheme of schemes) {
    try {
      return { scheme, signature: await key.sign(scheme, content) };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      talk.note(`the key did not sign with ${signatureScheme.name(scheme)}: ${why}`);
    }
  }
  if (schemes.length === 0) talk.note(noSchemeNote(request, key));
  talk.note('an empty Certificate was sent instead of the chosen one');
  return null;
}

function noSchemeNote(
  { version: under, signatureAlgorithms }: CertificateRequest,
  { kind }: SigningKey,
): string {
  if (under < TLS12) return `a key of kind ${kind} signs no handshake of ${version.name(under)}`;
  const offered = (signatureAlgorithms ?? []).map(signatureScheme.name).join(', ') || 'none';
  return `no signature algorithm of the request suits the ${kind} key (asked for: ${offered})`;
}

/** The request's schemes that the key can make, in the request's order; before TLS 1.2, the one of such keys. */
function fittingSchemes(request: CertificateRequest, key: SigningKey): number[] {
  if (request.version < TLS12) {
    const only = SCHEME_BEFORE_TLS12[key.kind];
    return only === undefined ? [] : [only];
  }
  const able = schemesOf(key, request.version >= TLS13);
  return (request.signatureAlgorithms ?? []).filter((scheme) => able.includes(scheme));
}

const RSAE = [0x0804, 0x0805, 0x0806];
const PKCS1 = [0x0401, 0x0501, 0x0601, 0x0201];
/** TLS 1.3 ties each ECDSA scheme to a curve (RFC 8446 4.2.3); before, any curve goes with any hash. */
const ECDSA = [0x0403, 0x0503, 0x0603, 0x0203];
const ECDSA_OF_CURVE: Readonly<Record<string, number>> = {
  secp256r1: 0x0403,
  secp384r1: 0x0503,
  secp521r1: 0x0603,
};

function schemesOf(key: SigningKey, isNew: boolean): readonly number[] {
  switch (key.kind) {
    case 'rsa':
      // PKCS#1 v1.5 signs no handshake of TLS 1.3 (RFC 8446 4.4.3).
      return isNew ? RSAE : [...RSAE, ...PKCS1];
    case 'rsa-pss':
      return [0x0809, 0x080a, 0x080b];
    case 'ec': {
      const bound = ECDSA_OF_CURVE[readPublicKey(key.spki).curve ?? ''];
      return isNew ? (bound === undefined ? [] : [bound]) : ECDSA;
    }
    case 'ed25519':
      return [0x0807];
    case 'ed448':
      return [0x0808];
    case 'other':
      return [];
  }
}
