import { performance } from 'node:perf_hooks';
import type { CertificateRequest } from '../wire/tls/handshake/certificate-request.ts';
import type { SessionEvent } from '../wire/tls/session/client/index.ts';
import type { Certificate } from '../wire/x509/certificate.ts';
import { describeNotTls } from './not-tls.ts';
import type { ProbeEnd, ProbeResult, ResumptionState, SeenRequest, Step } from './probe-types.ts';
import { sameNames, weightOfNames, withNames } from './weight.ts';

type Facts = Omit<
  ProbeResult,
  'target' | 'address' | 'end' | 'http' | 'answers' | 'http2Failure' | 'startedAt' | 'milliseconds'
>;

const MAX_NOTES = 30;
/** A server that asks again and again on one connection is noted; its requests are not hoarded. */
const MAX_REQUESTS = 30;
/** Bytes in memory for the lists of one connection that differ; the first is kept whatever it takes. */
const ROOM = 8 * 2 ** 20;

/** What a probe has seen so far of TLS, gathered from the session's events. */
export class Sighting {
  step: Step = 'connect';
  /** Set by the event that ends the conversation. */
  end: ProbeEnd | null = null;
  /** The peer has shown that it accepts our side of the handshake. */
  confirmed = false;
  closed = false;
  /** The path being asked for; null before the first request is sent. */
  path: string | null = null;
  /** What ALPN settled on. */
  protocol: string | null = null;
  readonly notes: string[] = [];
  #version: number | null = null;
  #cipherSuite: number | null = null;
  #chain: readonly Certificate[] = [];
  #requests: SeenRequest[] = [];
  #room = ROOM;
  #signature: ProbeResult['serverSignature'];
  #resumed = false;
  #ticket: ResumptionState | null = null;

  take(event: SessionEvent): void {
    switch (event.is) {
      case 'server-hello':
        this.#version = event.version;
        this.#cipherSuite = event.cipherSuite;
        this.#resumed ||= event.resumed;
        this.step = 'server-hello';
        break;
      case 'protocol':
        this.protocol = event.protocol;
        break;
      case 'server-certificate':
        this.#chain = event.chain;
        break;
      case 'server-signature':
        this.#signature = event.verdict;
        break;
      case 'certificate-request':
        this.#asked(event);
        break;
      case 'client-certificate':
        this.#answered(event);
        break;
      case 'connected':
        this.#connected(event.confirmed);
        break;
      case 'post-handshake':
        this.#connected(true);
        break;
      case 'resumption':
        this.#ticket = { resumption: event.resumption, receivedAt: performance.now() };
        break;
      case 'hello-request':
        this.note(helloRequestNote(event.answered));
        break;
      case 'data':
        this.#connected(true);
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
    const [first] = this.#requests;
    return {
      version: this.#version,
      cipherSuite: this.#cipherSuite,
      serverChain: this.#chain,
      request: first?.request ?? null,
      asked: first?.asked ?? null,
      sent: first?.sent ?? null,
      signedWith: first?.signedWith ?? null,
      requests: this.#requests,
      ...(this.#signature ? { serverSignature: this.#signature } : {}),
      alpn: this.protocol,
      resumed: this.#resumed,
      ticket: this.#ticket,
      notes: this.notes,
    };
  }

  get isAsked(): boolean {
    return this.#requests.length > 0;
  }

  /** Nothing to wait for: a server that asked for no certificate has nothing to refuse. */
  get isSettled(): boolean {
    return this.confirmed || this.#requests.length === 0;
  }

  #asked({ request, asked }: Extract<SessionEvent, { is: 'certificate-request' }>): void {
    this.step = 'certificate-request';
    if (asked !== 'handshake' && this.protocol === 'h2')
      this.note(
        'the server asks for a certificate under HTTP/2, which forbids it after the handshake (RFC 9113 9.2)',
      );
    if (this.#requests.length >= MAX_REQUESTS) {
      this.note(`the server asked more than ${MAX_REQUESTS} times on one connection`);
      return;
    }
    const path = asked === 'handshake' ? null : this.path;
    const kept = this.#kept(request);
    if (kept) this.#requests.push({ asked, path, request: kept, sent: null, signedWith: null });
    else this.end = { is: 'malformed', why: 'more lists of issuers on one connection than are kept' };
  }

  /** A list that came before is not kept twice; null for one too many. */
  #kept(request: CertificateRequest): CertificateRequest | null {
    const known = this.#requests.find((one) => sameNames(one.request.authorities, request.authorities));
    if (known) return withNames(request, known.request.authorities);
    this.#room -= weightOfNames(request.authorities);
    return this.#room > 0 || this.#requests.length === 0 ? request : null;
  }

  #answered({ sent, scheme }: Extract<SessionEvent, { is: 'client-certificate' }>): void {
    this.step = 'client-certificate';
    const last = this.#requests.at(-1);
    if (last?.sent === null)
      this.#requests[this.#requests.length - 1] = { ...last, sent, signedWith: scheme };
  }

  #connected(confirmed: boolean): void {
    this.confirmed ||= confirmed;
    if (!this.isSettled || this.step === 'answer') return;
    this.step = this.path === null ? 'finished' : 'request';
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
