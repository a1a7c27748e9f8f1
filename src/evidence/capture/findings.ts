import { toHex } from '../../base/bytes.ts';
import type { Closing } from '../../wire/capture/connections.ts';
import type { Ends, Side } from '../../wire/capture/ends.ts';
import { copyOfMoment, type Moment } from '../../wire/capture/moment.ts';
import type { SeenDtls } from '../../wire/tls/passive/dtls.ts';
import type { SeenConversation, SeenHandshake } from '../../wire/tls/passive/seen.ts';
import { version as versions } from '../../wire/tls/registry/index.ts';
import { TLS13 } from '../../wire/tls/registry/version.ts';
import type { LooseCertificate } from '../claims.ts';
import type { ReadContext } from '../reader.ts';
import type { UnreadWhy } from '../tls-claims.ts';
import { type Leaf, Leaves } from './answer.ts';
import { type Alike, Groups } from './group.ts';
import type { ConversationSink } from './observe.ts';

/** So many client certificates are handed on, and so many notes of one capture. */
const MOST_CERTIFICATES = 500;
const MOST_NOTES = 20;

/** Gathers what the conversations of a capture showed, and tells it at the end. */
export class Findings implements ConversationSink {
  readonly #context: ReadContext;
  readonly #leaves: Leaves;
  readonly #groups = new Groups();
  readonly #certificates = new Map<string, LooseCertificate>();
  readonly #unread = new Map<UnreadWhy, { count: number; moment: Moment; where: string }>();
  readonly #notes = new Map<string, { count: number; place: number }>();
  #conversations = 0;

  constructor(context: ReadContext) {
    this.#context = context;
    this.#leaves = new Leaves(context.digest);
  }

  tls(seen: SeenConversation, ends: Ends, closing: Closing | null): void {
    this.#conversations++;
    const server = seen.clientSide === 0 ? 1 : 0;
    const { handshakes } = seen;
    const first = handshakes[0];
    // Each once for every connection of the capture: so nothing is made here that is not kept.
    for (let number = 0; number < handshakes.length; number++) {
      const handshake = handshakes[number]!;
      const serverName = handshake.serverName ?? first?.serverName;
      const version = handshake.version ?? first?.version;
      const { serverCertificate } = handshake;
      const leaf = handshake.clientCertificate ? this.#leaves.of(handshake.clientCertificate) : null;
      const answered = { seen, handshake, closing, leaf };
      const tell = (outcome: Alike['outcome'], moment: Moment): void => {
        const alike = { ends, server, serverName, serverCertificate, version, outcome } as const;
        this.#groups.add(alike, moment, answered);
        if (typeof outcome === 'string' && outcome !== 'not-asked')
          this.#countUnread(outcome, moment, ends, server);
      };
      for (const request of handshake.requests) tell(request, request);
      if (handshake.requests.length === 0) tell(withoutRequest(seen, handshake), seen.began);
      // Told once, beside what the first handshake showed.
      if (number === 0 && seen.hiddenRenegotiation) tell('renegotiation', seen.began);
      if (leaf) this.#keepCertificate(leaf, handshake);
    }
    for (const { place, message } of seen.faults) this.note(place, message);
  }

  dtls(seen: SeenDtls, ends: Ends): void {
    const server = seen.clientSide === 0 ? 1 : 0;
    const { requests, version } = seen;
    const asks = requests.length === 0 ? '' : ', and asks for a certificate';
    this.note(
      seen.began.place,
      `${ends.address(server)} port ${ends.port(server)} speaks ${version === undefined ? 'DTLS' : versions.name(version)}${asks}: not used, http.sys does not speak it`,
    );
  }

  /** Notes that say the same are one. */
  note(place: number, message: string): void {
    const known = this.#notes.get(message);
    if (known) known.count++;
    else this.#notes.set(message, { count: 1, place });
  }

  tell(): void {
    const { source } = this.#context;
    for (const claim of this.#groups.claims(source, this.#thumbprintOf)) this.#context.claim(claim);
    for (const claim of this.#certificates.values()) this.#context.claim(claim);
    if (this.#conversations === 0) this.note(0, `no TLS handshake in it: ${CAPTURE_AGAIN}`);
    for (const [why, { count, moment, where }] of this.#unread) this.#tellUnread(why, count, moment, where);
    this.#tellOverflow();
    const notes = [...this.#notes].sort(([, a], [, b]) => a.place - b.place);
    for (const [message, { count, place }] of notes.slice(0, MOST_NOTES))
      this.#context.note({
        at: { source, byte: place },
        message: count > 1 ? `${message} (${count} times)` : message,
      });
    if (notes.length > MOST_NOTES)
      this.#context.note({
        at: { source },
        message: `${notes.length - MOST_NOTES} more notes were left out`,
      });
  }

  readonly #thumbprintOf = (der: Uint8Array): string => toHex(this.#context.digest.digest('sha1', der));

  #countUnread(why: UnreadWhy, moment: Moment, ends: Ends, server: Side): void {
    const known = this.#unread.get(why);
    if (known) {
      known.count++;
      return;
    }
    const where = `${ends.address(server)} port ${ends.port(server)}`;
    this.#unread.set(why, { count: 1, moment: copyOfMoment(moment), where });
  }

  #tellUnread(why: UnreadWhy, count: number, moment: Moment, where: string): void {
    if (why !== 'encrypted' && why !== 'renegotiation') return;
    const { secrets, decipher } = this.#context;
    const what = why === 'encrypted' ? 'handshake of TLS 1.3' : 'renegotiation';
    const advice = !decipher
      ? 'here they cannot be decrypted: read the capture with the command line'
      : secrets && secrets.size > 0
        ? 'the key log that was given has no secrets of them: log the keys of the client that was captured'
        : 'give its key log beside the capture (set SSLKEYLOGFILE in the client), or ask the server: handclasp why';
    const those =
      count === 1 ? `a ${what} with ${where} is` : `${count} of ${what}, the first with ${where}, are`;
    this.note(moment.place, `${those} encrypted; ${advice}`);
  }

  #tellOverflow(): void {
    const { overflow, answersLeftOut } = this.#groups;
    if (overflow > 0)
      this.note(
        0,
        `${overflow} handshakes were left out, of more kinds than are kept: cut the capture to the server in question`,
      );
    if (answersLeftOut > 0)
      this.note(
        0,
        `${answersLeftOut} clients answered in more ways than are kept: they are counted, not told apart`,
      );
  }

  #keepCertificate({ thumbprint, certificate }: Leaf, { clientCertificateAt }: SeenHandshake): void {
    if (!clientCertificateAt || this.#certificates.has(thumbprint)) return;
    const { place, placeEnd } = clientCertificateAt;
    if (!certificate) this.note(place, 'a client sent a certificate that cannot be read');
    else if (this.#certificates.size < MOST_CERTIFICATES)
      this.#certificates.set(thumbprint, {
        says: 'certificate',
        thumbprint,
        certificate,
        at: { source: this.#context.source, byte: place, byteEnd: placeEnd, text: 'sent by a client' },
      });
  }
}

const CAPTURE_AGAIN =
  'capture on the server, from before the client connects, whole packets: pktmon start --capture --pkt-size 0';

/** That no request was made, or why that cannot be told. */
function withoutRequest(seen: SeenConversation, handshake: SeenHandshake): 'not-asked' | UnreadWhy {
  const { version, resumed, serverDone } = handshake;
  if (serverDone && !resumed) return 'not-asked';
  if (resumed) return 'resumed';
  if (version !== undefined && version >= TLS13) return 'encrypted';
  return seen.alerts.some(({ level }) => level === 'fatal') ? 'refused' : 'cut-off';
}
