import { Malformed, toHex } from '../../base/bytes.ts';
import type { Digest } from '../../base/ports.ts';
import type { Closing } from '../../wire/capture/connections.ts';
import type { SeenConversation, SeenHandshake } from '../../wire/tls/passive/seen.ts';
import { type Certificate, parseCertificate } from '../../wire/x509/certificate.ts';
import { printName } from '../../wire/x509/name.ts';
import type { ClientAnswer, SentCertificate } from '../tls-claims.ts';

/** The first certificate of a chain that a client sent. */
export interface Leaf {
  /** Tells it from others of the same capture. */
  readonly number: number;
  readonly thumbprint: string;
  /** null: its DER cannot be read. */
  readonly certificate: Certificate | null;
}

/** Reads each chain once: clients send the same one again and again. */
export class Leaves {
  readonly #digest: Digest;
  readonly #known = new WeakMap<readonly Uint8Array[], Leaf>();
  #count = 0;

  constructor(digest: Digest) {
    this.#digest = digest;
  }

  of(chain: readonly Uint8Array[]): Leaf | null {
    const [der] = chain;
    if (!der) return null;
    const known = this.#known.get(chain);
    if (known) return known;
    const number = this.#count++;
    const leaf = { number, thumbprint: toHex(this.#digest.digest('sha1', der)), certificate: readLeaf(der) };
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

/** A handshake with the end of its connection: what its client did. */
export interface Answered {
  readonly seen: SeenConversation;
  readonly handshake: SeenHandshake;
  readonly closing: Closing | null;
  readonly leaf: Leaf | null;
}

const sentBy = ({ handshake, leaf }: Answered): ClientAnswer['sent'] =>
  handshake.clientCertificate === undefined ? 'unseen' : leaf ? 'certificate' : 'none';

const closedBy = ({ seen }: Answered, closing: Closing): 'client' | 'server' =>
  closing.side === seen.clientSide ? 'client' : 'server';

/** Equal for answers that are. A key, and no answer yet: most are equal to one that is known, and have no alerts. */
export function answerKey(answered: Answered): string | number {
  const { seen, handshake, closing, leaf } = answered;
  let number = leaf ? leaf.number + 2 : handshake.clientCertificate === undefined ? 0 : 1;
  number = 2 * number + (handshake.proved ? 1 : 0);
  number = 3 * number + (seen.completed === null ? 0 : seen.completed ? 1 : 2);
  number = 3 * number + (closing ? (closedBy(answered, closing) === 'client' ? 1 : 2) : 0);
  number = 2 * number + (closing?.how === 'reset' ? 1 : 0);
  if (seen.alerts.length === 0) return number;
  return `${number} ${seen.alerts.map(({ from, level, code }) => `${from} ${level} ${code}`).join()}`;
}

export function answerOf(answered: Answered): Omit<ClientAnswer, 'count'> {
  const { seen, handshake, closing, leaf } = answered;
  return {
    sent: sentBy(answered),
    ...(leaf ? { leaf: sentCertificate(leaf), chainLength: handshake.clientCertificate?.length ?? 0 } : {}),
    ...(handshake.proved ? { proved: true } : {}),
    ...(seen.alerts.length > 0 ? { alerts: seen.alerts } : {}),
    ...(closing ? { closed: { by: closedBy(answered, closing), how: closing.how } } : {}),
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
