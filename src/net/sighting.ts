import { concat } from '../base/bytes.ts';
import type { SessionEvent } from '../wire/tls/session/client/index.ts';
import type { Certificate } from '../wire/x509/certificate.ts';
import { describeNotTls } from './not-tls.ts';
import type { ProbeEnd, ProbeResult, Step } from './probe-types.ts';

type Facts = Omit<ProbeResult, 'target' | 'address' | 'end' | 'http' | 'startedAt' | 'milliseconds'>;

const MAX_NOTES = 30;

/** What a probe has seen so far, gathered from the session's events. */
export class Sighting {
  step: Step = 'connect';
  /** Set by the event that ends the conversation. */
  end: ProbeEnd | null = null;
  /** The peer has shown that it accepts our side of the handshake. */
  confirmed = false;
  requestSent = false;
  closed = false;
  readonly notes: string[] = [];
  #version: number | null = null;
  #cipherSuite: number | null = null;
  #chain: readonly Certificate[] = [];
  #request: ProbeResult['request'] = null;
  #asked: NonNullable<ProbeResult['asked']> | null = null;
  #sent: number | null = null;
  #signedWith: number | null = null;
  #signature: ProbeResult['serverSignature'];
  #data: Uint8Array[] = [];

  take(event: SessionEvent): void {
    switch (event.is) {
      case 'server-hello':
        this.#version = event.version;
        this.#cipherSuite = event.cipherSuite;
        this.step = 'server-hello';
        break;
      case 'server-certificate':
        this.#chain = event.chain;
        break;
      case 'server-signature':
        this.#signature = event.verdict;
        break;
      case 'certificate-request':
        this.#request = event.request;
        this.#asked = event.asked;
        this.step = 'certificate-request';
        break;
      case 'client-certificate':
        this.#sent = event.sent;
        this.#signedWith = event.scheme;
        this.step = 'client-certificate';
        break;
      case 'connected':
        this.#connected(event.confirmed);
        break;
      case 'post-handshake':
        this.#connected(true);
        break;
      case 'hello-request':
        this.note(helloRequestNote(event.answered));
        break;
      case 'data':
        this.#connected(true);
        this.#data.push(event.bytes);
        this.step = 'answer';
        break;
      case 'closed':
        this.closed = true;
        break;
      case 'note':
        this.note(event.message);
        break;
      default:
        this.end = endOf(event, this.step);
    }
  }

  /** Each once, and not for ever: a peer may warn ten thousand times. */
  note(message: string): void {
    if (this.notes.length < MAX_NOTES && !this.notes.includes(message)) this.notes.push(message);
  }

  facts(): Facts {
    return {
      version: this.#version,
      cipherSuite: this.#cipherSuite,
      serverChain: this.#chain,
      request: this.#request,
      asked: this.#asked,
      sent: this.#sent,
      signedWith: this.#signedWith,
      ...(this.#signature ? { serverSignature: this.#signature } : {}),
      notes: this.notes,
    };
  }

  /** Application data received so far. */
  data(): Uint8Array {
    if (this.#data.length > 1) this.#data = [concat(this.#data)];
    return this.#data[0] ?? new Uint8Array(0);
  }

  /** Nothing to wait for: a server that asked for no certificate has nothing to refuse. */
  get isSettled(): boolean {
    return this.confirmed || this.#request === null;
  }

  #connected(confirmed: boolean): void {
    this.confirmed ||= confirmed;
    if (!this.isSettled || this.step === 'answer') return;
    this.step = this.requestSent ? 'request' : 'finished';
  }
}

/** How the session says that it is over. */
function endOf(
  event: Extract<SessionEvent, { is: 'alert' | 'not-tls' | 'malformed' }>,
  after: Step,
): ProbeEnd {
  switch (event.is) {
    case 'alert':
      return { is: 'refused', alert: event.alert.code, after };
    case 'not-tls':
      return { is: 'not-tls', saw: describeNotTls(event.saw) };
    case 'malformed':
      return { is: 'malformed', why: event.why };
  }
}

const helloRequestNote = (answered: boolean): string =>
  answered
    ? 'the server asked to renegotiate (HelloRequest), and we did'
    : 'the server asked to renegotiate (HelloRequest); we refused with no_renegotiation';
