import { Malformed, toHex } from '../../base/bytes.ts';
import type { Digest } from '../../base/ports.ts';
import type { Closing } from '../../wire/capture/connections.ts';
import type { SeenConversation, SeenHandshake } from '../../wire/tls/passive/seen.ts';
import { type Certificate, parseCertificate } from '../../wire/x509/certificate.ts';
import { printName } from '../../wire/x509/name.ts';
import type { ClientAnswer, SentCertificate } from '../tls-claims.ts';

/** The first certificate of a chain that a client sent. */
export interface Leaf {
  readonly thumbprint: string;
  /** null: its DER cannot be read. */
  readonly certificate: Certificate | null;
}

/** Reads each chain once: clients send the same one again and again. */
export class Leaves {
  readonly #digest: Digest;
  readonly #known = new WeakMap<readonly Uint8Array[], Leaf>();

  constructor(digest: Digest) {
    this.#digest = digest;
  }

  of(chain: readonly [Uint8Array, ...Uint8Array[]] | readonly Uint8Array[]): Leaf | null {
    const [der] = chain;
    if (!der) return null;
    const known = this.#known.get(chain);
    if (known) return known;
    const leaf = { thumbprint: toHex(this.#digest.digest('sha1', der)), certificate: readLeaf(der) };
    this.#known.set(chain, leaf);
    return leaf;
  }
}

function readLeaf(der: Uint8Array): Certificate | null {
  try {
    return parseCertificate(der);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return null;
  }
}

/** What the client of a handshake did, and how the connection ended. */
export function answerOf(
  seen: SeenConversation,
  handshake: SeenHandshake,
  closing: Closing | null,
  leaves: Leaves,
): Omit<ClientAnswer, 'count'> {
  const chain = handshake.clientCertificate;
  const leaf = chain && leaves.of(chain);
  return {
    sent: chain === undefined ? 'unseen' : leaf ? 'certificate' : 'none',
    ...(leaf ? { leaf: sentCertificate(leaf), chainLength: chain.length } : {}),
    ...(handshake.proved ? { proved: true } : {}),
    ...(seen.alerts.length > 0 ? { alerts: seen.alerts } : {}),
    ...(closing
      ? { closed: { by: closing.side === seen.clientSide ? 'client' : 'server', how: closing.how } }
      : {}),
    ...(seen.completed === null ? {} : { completed: seen.completed }),
  };
}

function sentCertificate({ thumbprint, certificate }: Leaf): SentCertificate {
  if (!certificate) return { thumbprint, subject: '(unreadable certificate)' };
  return {
    thumbprint,
    subject: printName(certificate.subject),
    issuer: printName(certificate.issuer),
  };
}

/** Equal for answers that are. */
export const answerKey = ({
  sent,
  leaf,
  proved,
  alerts,
  closed,
  completed,
}: Omit<ClientAnswer, 'count'>): string =>
  `${sent} ${leaf?.thumbprint} ${proved} ${alerts?.map(({ from, level, code }) => `${from} ${level} ${code}`)} ${closed?.by} ${closed?.how} ${completed}`;
