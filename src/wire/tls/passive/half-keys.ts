import { TLS10, TLS13 } from '../registry/version.ts';
import type { Conversation, Listening } from './conversation.ts';
import { expandLabel } from './derive.ts';
import { type Opened, opener12, opener13, type RecordOpener } from './open-record.ts';
import type { Role, SeenHandshake } from './seen.ts';
import { type SeenSuite, seenSuite } from './seen-suite.ts';

/** Records of the client that do not open before the first that does: early data under other keys (RFC 8446 4.2.10). */
const MOST_EARLY = 64;

/** A record under protection. */
export interface Sealed {
  readonly type: number;
  readonly version: number;
  readonly fragment: Uint8Array;
}

/** The keys of one direction through all changes of keys, from a key log. */
export class HalfKeys {
  /** Records that were opened. */
  opened = 0;
  readonly #listening: Listening;
  readonly #conversation: Conversation;
  #opener: RecordOpener | null = null;
  #isTried = false;
  #isGivenUp = false;
  /** Number of the handshake that these keys come from. */
  #from = 0;
  #phase: 'handshake' | 'application' = 'handshake';
  #secret: Uint8Array | null = null;
  #early = 0;
  #openedOfPhase = 0;

  constructor(conversation: Conversation) {
    this.#listening = conversation.listening;
    this.#conversation = conversation;
  }

  reset(): void {
    this.opened = 0;
    this.#isGivenUp = false;
    this.#from = 0;
    this.#phase = 'handshake';
    this.#secret = null;
    this.#early = 0;
    this.#forget();
  }

  /** ChangeCipherSpec: what follows is under the keys of that handshake. */
  change(handshake: number): void {
    this.#from = handshake;
    this.#forget();
  }

  /** Finished of TLS 1.3: application traffic secrets from here on (RFC 8446 7.1). */
  finish(): void {
    if (!this.#isNew || this.#phase === 'application') return;
    this.#phase = 'application';
    this.#forget();
  }

  /** KeyUpdate (RFC 8446 7.2). */
  update(): void {
    const suite = this.#suite;
    const opening = this.#listening.opening;
    if (!this.#isNew || !this.#secret || !suite || !opening) return;
    this.#secret = expandLabel(opening.digest, suite.hash, this.#secret, 'traffic upd', this.#secret.length);
    this.#opener = opener13(opening, suite, this.#secret);
  }

  /** Records were lost: how many is not known, and with it the number that each is sealed under. */
  lose(): void {
    if (this.#opener) this.giveUp();
  }

  giveUp(): void {
    this.#isGivenUp = true;
    this.#opener = null;
  }

  /** Whether a record of application data need not be read. */
  pass(role: Role | null): boolean {
    const opening = this.#listening.opening;
    if (!opening || opening.keyLog.size === 0 || this.#isGivenUp) return true;
    if (this.#ready(role) === 'wait') return false;
    if (!this.#opener?.mayPass) return this.#opener === null;
    this.#opener.pass();
    return true;
  }

  /** Whether what is encrypted stays so: no keys are known, or none that are of use. */
  isClosed(role: Role | null): boolean {
    return this.#ready(role) === 'done' && this.#opener === null;
  }

  /** null: it stays closed. 'wait': the other side has not yet said what it takes. */
  open(role: Role | null, { type, version, fragment }: Sealed): Opened | 'wait' | null {
    if (this.#ready(role) === 'wait') return 'wait';
    if (!this.#opener) return null;
    const opened = this.#opener.open(type, version, fragment);
    if (opened) {
      this.opened++;
      this.#openedOfPhase++;
      return opened;
    }
    const mayBeEarly = this.#isNew && role === 'client' && this.#openedOfPhase === 0;
    if (!mayBeEarly || ++this.#early > MOST_EARLY) this.giveUp();
    return null;
  }

  get #isNew(): boolean {
    return this.#conversation.isNew;
  }

  get #suite(): SeenSuite | null {
    const code = this.#handshakeOf(this.#from).cipherSuite;
    return code === undefined ? null : seenSuite(code);
  }

  #handshakeOf(number: number): SeenHandshake {
    return this.#conversation.handshake(number);
  }

  #forget(): void {
    this.#opener = null;
    this.#isTried = false;
    this.#openedOfPhase = 0;
  }

  #ready(role: Role | null): 'wait' | 'done' {
    const opening = this.#listening.opening;
    if (this.#isTried || this.#isGivenUp || !opening || opening.keyLog.size === 0) return 'done';
    const { clientRandom, serverRandom, version } = this.#handshakeOf(this.#from);
    if (!role || !clientRandom || !serverRandom || version === undefined) return 'wait';
    this.#isTried = true;
    const suite = this.#suite;
    if (!suite || version < TLS10) return 'done';
    if (version >= TLS13) {
      const side = role === 'client' ? 'CLIENT' : 'SERVER';
      const label = this.#phase === 'handshake' ? 'HANDSHAKE_TRAFFIC_SECRET' : 'TRAFFIC_SECRET_0';
      this.#secret = opening.keyLog.traffic(`${side}_${label}`, clientRandom) ?? null;
      this.#opener = this.#secret && opener13(opening, suite, this.#secret);
      return 'done';
    }
    const { encryptThenMac, sessionId } = this.#handshakeOf(this.#from);
    const master = opening.keyLog.master(clientRandom, sessionId);
    if (master)
      this.#opener = opener12(
        opening,
        { version, suite, master, clientRandom, serverRandom, encryptThenMac },
        role,
      );
    return 'done';
  }
}
