import { Malformed } from '../../../../base/bytes.ts';
import { type Certificate, parseCertificate } from '../../../x509/certificate.ts';
import type { CertificateMessage } from '../../handshake/certificate.ts';
import type { DigitallySigned } from '../../handshake/certificate-verify.ts';
import { SCHEME_BEFORE_TLS12, signatureScheme } from '../../registry/signature-scheme.ts';
import type { Conversation } from './conversation.ts';
import { OFFERED_SCHEMES } from './offer.ts';

/** Reads the server's chain; what cannot be read is noted and left out. Gives the leaf, if that was readable. */
export function readServerChain(talk: Conversation, message: CertificateMessage): Certificate | null {
  const read = message.entries.map(({ der }, i) => tryParse(talk, der, i));
  talk.emit({ is: 'server-certificate', chain: read.filter((one) => one !== null) });
  return read[0] ?? null;
}

function tryParse(talk: Conversation, der: Uint8Array, index: number): Certificate | null {
  try {
    return parseCertificate(der);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    talk.note(`certificate ${index + 1} of the server's chain cannot be read: ${error.message}`);
    return null;
  }
}

/**
 * Checks that the server holds the key of its certificate. A bad signature is reported and does not end the
 * session: we came to learn what the server asks for, and trust it with nothing.
 */
export async function judgeSignature(
  talk: Conversation,
  leaf: Certificate | null,
  proof: DigitallySigned,
  content: Uint8Array,
): Promise<void> {
  // Who wants the request alone is not told the rest.
  if (talk.options.untilRequest) return;
  const scheme = proof.scheme ?? SCHEME_BEFORE_TLS12[leaf?.keyKind ?? ''];
  const isOffered = scheme !== undefined && (proof.scheme === null || OFFERED_SCHEMES.includes(scheme));
  if (!leaf || !isOffered) {
    const why = !leaf
      ? 'there is no readable certificate'
      : scheme === undefined
        ? `a key of kind ${leaf.keyKind} does not sign before TLS 1.2`
        : `it uses ${signatureScheme.name(scheme)}, which was not offered`;
    talk.note(`the server's signature was not checked: ${why}`);
    talk.emit({ is: 'server-signature', verdict: 'unchecked' });
    return;
  }
  const isGood = await talk.crypto.verify(scheme, leaf.spki, content, proof.signature);
  if (!isGood) talk.note("the server's signature does not fit the key of its certificate");
  talk.emit({ is: 'server-signature', verdict: isGood ? 'good' : 'bad' });
}
