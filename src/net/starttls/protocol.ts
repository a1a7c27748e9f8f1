import type { Script } from '../dialogue/dialogue.ts';
import type { Framing } from '../dialogue/framing.ts';

/** Whom a dialogue is held with. */
export interface Interlocutor {
  /** The name that is meant, or the address where there is none: what virtual hosts are told apart by. */
  readonly name: string;
  /** Our own address on this connection. */
  readonly from: string;
}

/** A protocol in which TLS begins after some words in the clear. One file each. */
export interface StarttlsProtocol {
  /** Also the scheme of its URLs: smtp. */
  readonly id: string;
  readonly aliases?: readonly string[];
  /** As a sentence names it. */
  readonly title: string;
  readonly port: number;
  /** The same protocol with TLS from the first byte. `alpn`, where servers insist on it or part services by it. */
  readonly atOnce?: { readonly schemes: readonly string[]; readonly port: number; readonly alpn?: string };
  /** The document that describes how TLS begins. */
  readonly source: string;
  script(to: Interlocutor): Script;
  /** How TLS travels until its handshake is over, where that is not bare. */
  readonly framing?: () => Framing;
}
