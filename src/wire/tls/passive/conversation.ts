import { latin1Text } from '../../../base/text.ts';
import { Budget } from '../../capture/budget.ts';
import { copyOfMoment, type Moment } from '../../capture/moment.ts';
import { decodeCertificate } from '../handshake/certificate.ts';
import { type CertificateRequest, decodeCertificateRequest } from '../handshake/certificate-request.ts';
import { TLS13 } from '../registry/version.ts';
import { Half } from './half.ts';
import type { ClientHelloFacts, ServerHelloFacts } from './hello-facts.ts';
import { Interned } from './interned.ts';
import type { KeyLog } from './key-log.ts';
import type { OpeningTools } from './open-record.ts';
import { Scratch } from './scratch.ts';
import {
  MOST_SEEN,
  type Role,
  type SeenAlert,
  type SeenConversation,
  type SeenHandshake,
  type SeenRequest,
} from './seen.ts';

/** What listening takes. */
export interface Listening {
  /** The packet in hand, set by whoever feeds the conversation. */
  readonly moment: Moment;
  /** Both throw Malformed. */
  readonly requests: Interned<CertificateRequest>;
  /** Chains of clients, leaf first. */
  readonly chains: Interned<readonly Uint8Array[]>;
  /** Certificates of servers. */
  readonly certificates: Interned<Uint8Array>;
  readonly names: Interned<string>;
  readonly scratch: Scratch;
  /** Of records that are not whole, or wait for what the other side has yet to say. */
  readonly records: Budget;
  /** null: this platform has no ciphers for readers. */
  readonly opening: (OpeningTools & { readonly keyLog: KeyLog }) | null;
}

const MOST_IN_MESSAGES = 32 << 20;
const MOST_IN_RECORDS = 32 << 20;

export const listen = (moment: Moment, opening: Listening['opening']): Listening => ({
  moment,
  opening,
  requests: new Interned(decodeCertificateRequest),
  chains: new Interned((body, version) => decodeCertificate(body, version).entries.map((one) => one.der)),
  certificates: new Interned((der) => der),
  names: new Interned(latin1Text),
  scratch: new Scratch(MOST_IN_MESSAGES),
  records: new Budget(MOST_IN_RECORDS),
});

const NO_REQUESTS: readonly SeenRequest[] = [];
const NOTHING: readonly never[] = [];

/**
 * Listens to both directions of one connection, each for itself: which of them comes first does not matter, as long
 * as each is in order. One object serves connections that come one after the other; what was seen is made anew.
 */
export class Conversation {
  readonly listening: Listening;
  /** Of side 0 and of side 1. Not in an array: see `Connection` (capture/connections.ts). */
  readonly first: Half;
  readonly second: Half;
  /** What follows the first handshake in the clear is of TLS 1.3. */
  isNew = false;
  #handshakes: SeenHandshake[] = [];
  #alerts: { readonly half: Half; readonly level: 'warning' | 'fatal'; readonly code: number }[] = [];
  #faults: (Moment & { message: string })[] = [];
  #began: Moment | null = null;

  constructor(listening: Listening) {
    this.listening = listening;
    this.first = new Half(this);
    this.second = new Half(this);
  }

  /** Ready for another connection. */
  reset(): void {
    this.isNew = false;
    this.first.reset();
    this.second.reset();
    if (this.#handshakes.length > 0) this.#handshakes = [];
    if (this.#alerts.length > 0) this.#alerts = [];
    if (this.#faults.length > 0) this.#faults = [];
    this.#began = null;
  }

  /** False once both sides spoke for long and never TLS. */
  get interested(): boolean {
    return !(this.first.isForeign && this.second.isForeign);
  }

  /** The first handshake is 0, each renegotiation one more. */
  handshake(number: number): SeenHandshake {
    const last = Math.min(number, MOST_SEEN);
    while (this.#handshakes.length <= last) this.#handshakes.push(makeHandshake());
    return this.#handshakes[last]!;
  }

  /** One side showed what it is; the other then is the other. A first handshake is there from now on. */
  began(half: Half, role: Role): void {
    this.#began ??= copyOfMoment(this.listening.moment);
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
    if (handshake === this.#handshakes[0]) this.isNew = hello.version >= TLS13;
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
    const server = clientSide === 1 ? this.first : this.second;
    return {
      clientSide,
      handshakes: this.#handshakes,
      alerts: this.#alerts.length === 0 ? NOTHING : this.#alerts.map((alert) => seenAlert(alert, client)),
      hiddenAlerts: rolesOf(client.hiddenAlerts > 0, server.hiddenAlerts > 0),
      opened: rolesOf(client.opens, server.opens),
      hiddenRenegotiation: client.hidRenegotiation || server.hidRenegotiation,
      completed: this.#completed(),
      lossy: client.lossy || server.lossy,
      began: this.#began,
      faults: this.#faults,
    };
  }

  #completed(): boolean | null {
    const { first, second } = this;
    if (!this.isNew) return first.changedCipher && second.changedCipher;
    if (first.messages.finished && second.messages.finished) return true;
    return first.opens || second.opens ? false : null;
  }

  #otherOf(half: Half): Half {
    return half === this.first ? this.second : this.first;
  }

  /** What one side said may let the other's records be opened. */
  #resume(half: Half): void {
    this.#otherOf(half).resume();
  }
}

/** All fields from the start: objects that gain them later are slow to make. */
const makeHandshake = (): SeenHandshake => ({
  serverName: undefined,
  clientRandom: undefined,
  version: undefined,
  cipherSuite: undefined,
  serverRandom: undefined,
  sessionId: undefined,
  encryptThenMac: false,
  resumed: false,
  requests: NO_REQUESTS,
  serverDone: false,
  serverCertificate: undefined,
  clientCertificate: undefined,
  clientCertificateAt: undefined,
  proved: false,
});

const seenAlert = (
  { half, level, code }: { readonly half: Half; readonly level: SeenAlert['level']; readonly code: number },
  client: Half,
): SeenAlert => ({ from: half === client ? 'client' : 'server', level, code });

const ROLES: readonly (readonly Role[])[] = [[], ['client'], ['server'], ['client', 'server']];

const rolesOf = (client: boolean, server: boolean): readonly Role[] =>
  ROLES[(client ? 1 : 0) + (server ? 2 : 0)]!;
