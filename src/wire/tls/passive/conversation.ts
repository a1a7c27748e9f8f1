import type { Moment } from '../../capture/moment.ts';
import { decodeCertificate } from '../handshake/certificate.ts';
import { type CertificateRequest, decodeCertificateRequest } from '../handshake/certificate-request.ts';
import { TLS13 } from '../registry/version.ts';
import { Half } from './half.ts';
import type { ClientHelloFacts, ServerHelloFacts } from './hello-facts.ts';
import { Interned } from './interned.ts';
import type { KeyLog } from './key-log.ts';
import type { OpeningTools } from './open-record.ts';
import { MOST_SEEN, type Role, type SeenConversation, type SeenHandshake } from './seen.ts';

/** What listening takes. */
export interface Listening {
  /** The packet in hand, set by whoever feeds the conversation. */
  readonly moment: Moment;
  /** Both throw Malformed. */
  readonly requests: Interned<CertificateRequest>;
  /** Chains of clients, leaf first. */
  readonly chains: Interned<readonly Uint8Array[]>;
  /** null: this platform has no ciphers for readers. */
  readonly opening: (OpeningTools & { readonly keyLog: KeyLog }) | null;
}

export const listen = (moment: Moment, opening: Listening['opening']): Listening => ({
  moment,
  opening,
  requests: new Interned(decodeCertificateRequest),
  chains: new Interned((body, version) => decodeCertificate(body, version).entries.map((one) => one.der)),
});

/**
 * Listens to both directions of one connection, each for itself: which of them comes first does not matter, as long
 * as each is in order.
 */
export class Conversation {
  readonly listening: Listening;
  /** Of side 0 and of side 1. Not in an array: see `Connection` (capture/connections.ts). */
  readonly first: Half;
  readonly second: Half;
  readonly #handshakes: SeenHandshake[] = [];
  readonly #alerts: { readonly half: Half; readonly level: 'warning' | 'fatal'; readonly code: number }[] =
    [];
  readonly #faults: (Moment & { message: string })[] = [];
  #began: Moment | null = null;

  constructor(listening: Listening) {
    this.listening = listening;
    this.first = new Half(this);
    this.second = new Half(this);
  }

  /** False once both sides spoke for long and never TLS. */
  get interested(): boolean {
    return !(this.first.isForeign && this.second.isForeign);
  }

  /** The first handshake is 0, each renegotiation one more. */
  handshake(number: number): SeenHandshake {
    const last = Math.min(number, MOST_SEEN);
    while (this.#handshakes.length <= last)
      this.#handshakes.push({
        encryptThenMac: false,
        resumed: false,
        requests: [],
        serverDone: false,
        proved: false,
      });
    return this.#handshakes[last]!;
  }

  /** One side showed what it is; the other then is the other. A first handshake is there from now on. */
  began(half: Half, role: Role): void {
    this.#began ??= { ...this.listening.moment };
    half.role = role;
    const other = this.#otherOf(half);
    other.role ??= role === 'client' ? 'server' : 'client';
    this.handshake(0);
  }

  clientHello(half: Half, { serverName, random }: ClientHelloFacts): void {
    const handshake = half.messages.current;
    handshake.serverName = serverName;
    handshake.clientRandom = random;
    this.#resume(half);
  }

  serverHello(half: Half, hello: ServerHelloFacts): void {
    const handshake = half.messages.current;
    handshake.version = hello.version;
    if (hello.isRetry) return;
    handshake.cipherSuite = hello.cipherSuite;
    handshake.serverRandom = hello.random;
    handshake.sessionId = hello.sessionId;
    handshake.encryptThenMac = hello.encryptThenMac;
    if (hello.version >= TLS13) handshake.resumed = hello.takesUpPsk;
    this.#resume(half);
  }

  alert(half: Half, level: 'warning' | 'fatal', code: number): void {
    if (this.#alerts.length < MOST_SEEN) this.#alerts.push({ half, level, code });
  }

  fault(message: string): void {
    if (this.#faults.length < MOST_SEEN) this.#faults.push({ ...this.listening.moment, message });
  }

  /** null when no TLS was spoken. */
  seen(): SeenConversation | null {
    if (this.#handshakes.length === 0 || !this.#began) return null;
    const clientSide = this.second.role === 'client' ? 1 : 0;
    const client = clientSide === 1 ? this.second : this.first;
    const roleOf = (half: Half): Role => (half === client ? 'client' : 'server');
    const halves = [this.first, this.second];
    return {
      clientSide,
      handshakes: this.#handshakes,
      alerts: this.#alerts.map(({ half, level, code }) => ({ from: roleOf(half), level, code })),
      hiddenAlerts: halves.filter((half) => half.hiddenAlerts > 0).map(roleOf),
      opened: halves
        .filter((half) => half.opens)
        .map(roleOf)
        .sort(),
      hiddenRenegotiation: halves.some((half) => half.hidRenegotiation),
      completed: this.#completed(),
      lossy: halves.some((half) => half.lossy),
      began: this.#began,
      faults: this.#faults,
    };
  }

  #completed(): boolean | null {
    const halves = [this.first, this.second];
    const isNew = (this.#handshakes[0]?.version ?? 0) >= TLS13;
    if (!isNew) return halves.every((half) => half.changedCipher);
    if (halves.every((half) => half.messages.finished)) return true;
    return halves.some((half) => half.opens) ? false : null;
  }

  #otherOf(half: Half): Half {
    return half === this.first ? this.second : this.first;
  }

  /** What one side said may let the other's records be opened. */
  #resume(half: Half): void {
    this.#otherOf(half).resume();
  }
}
