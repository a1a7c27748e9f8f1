import { type CaptureFile, openCapture } from '../../wire/capture/capture-file.ts';
import { type Closing, Connections, type Observer } from '../../wire/capture/connections.ts';
import type { Datagram } from '../../wire/capture/datagram.ts';
import { Datagrams } from '../../wire/capture/datagrams.ts';
import type { Ends, Side } from '../../wire/capture/ends.ts';
import type { FlowSink } from '../../wire/capture/flow.ts';
import { Internet } from '../../wire/capture/ip.ts';
import { readLink } from '../../wire/capture/link.ts';
import type { Moment } from '../../wire/capture/moment.ts';
import type { Packet } from '../../wire/capture/packet-sink.ts';
import { readTunnel } from '../../wire/capture/tunnel.ts';
import { Conversation, type Listening, listen } from '../../wire/tls/passive/conversation.ts';
import { DtlsConversation, isDtls, type SeenDtls } from '../../wire/tls/passive/dtls.ts';
import type { KeyLog } from '../../wire/tls/passive/key-log.ts';
import type { OpeningTools } from '../../wire/tls/passive/open-record.ts';
import type { SeenConversation } from '../../wire/tls/passive/seen.ts';

/** Where a capture's conversations go, each when it has ended or the capture has. `ends` is lent for the call. */
export interface ConversationSink {
  tls(seen: SeenConversation, ends: Ends, closing: Closing | null): void;
  dtls(seen: SeenDtls, ends: Ends): void;
  note(place: number, message: string): void;
}

export interface ObserveTools {
  readonly keyLog: KeyLog;
  /** null: this platform cannot open records in a reader. */
  readonly opening: OpeningTools | null;
}

/**
 * Opens a capture by its first bytes (12 or more) and follows every TLS conversation in it; null when it is no
 * capture.
 */
export function observe(head: Uint8Array, sink: ConversationSink, tools: ObserveTools): CaptureFile | null {
  const observing = new Observing(sink, tools);
  return openCapture(head, observing, () => observing.end());
}

const DEEPEST = 8;

class Observing {
  readonly #sink: ConversationSink;
  readonly #keyLog: KeyLog;
  readonly #moment: Moment = { time: null, place: 0, placeEnd: 0 };
  readonly #listening: Listening;
  readonly #connections: Connections;
  readonly #datagrams: Datagrams<DtlsConversation>;
  readonly #internet: Internet;
  #depth = 0;
  #packets = 0;
  readonly #cut = { count: 0, longest: 0, place: 0 };
  #isLossy = false;
  readonly #strangeLinks = new Map<number, { place: number; count: number }>();

  constructor(sink: ConversationSink, { keyLog, opening }: ObserveTools) {
    this.#sink = sink;
    this.#keyLog = keyLog;
    const observed = {
      tls: (seen: SeenConversation, ends: Ends, closing: Closing | null): void => {
        this.#isLossy ||= seen.lossy;
        sink.tls(seen, ends, closing);
      },
    };
    this.#listening = listen(this.#moment, opening && { ...opening, keyLog });
    this.#connections = new Connections(this.#moment, () => new TlsObserver(this.#listening, observed));
    this.#datagrams = new Datagrams(() => new DtlsConversation(this.#listening));
    this.#internet = new Internet({
      tcp: (datagram) => this.#connections.segment(datagram),
      udp: (datagram) => this.#udp(datagram),
    });
  }

  packet(packet: Packet): void {
    const moment = this.#moment;
    moment.time = packet.time;
    moment.place = packet.place;
    moment.placeEnd = packet.place + packet.to - packet.from;
    this.#packets++;
    if (packet.length > packet.to - packet.from) this.#countCut(packet);
    if (readLink(this.#internet, packet)) return;
    const strange = this.#strangeLinks.get(packet.link);
    if (strange) strange.count++;
    else this.#strangeLinks.set(packet.link, { place: packet.place, count: 1 });
  }

  #countCut({ place, from, to }: Packet): void {
    const cut = this.#cut;
    if (cut.count++ === 0) cut.place = place;
    cut.longest = Math.max(cut.longest, to - from);
  }

  secrets(text: string): void {
    this.#keyLog.add(text);
  }

  note(place: number, message: string): void {
    this.#sink.note(place, message);
  }

  end(): void {
    this.#connections.end();
    this.#datagrams.each((conversation, ends) => {
      const seen = conversation.seen();
      if (seen) this.#sink.dtls(seen, ends);
    });
    const { count: cut, longest, place: cutPlace } = this.#cut;
    if (this.#isLossy && cut > 0)
      this.#sink.note(
        cutPlace,
        `${cut} of ${this.#packets} packets were cut to ${longest} bytes or less when they were captured, and with them handshakes: capture whole packets (pktmon start --capture --pkt-size 0, tcpdump -s 0)`,
      );
    for (const [link, { place, count }] of this.#strangeLinks)
      this.#sink.note(
        place,
        `${count} packets of link type ${link} were not read: capture on the interface of the server itself`,
      );
  }

  #udp(datagram: Datagram): void {
    // Tunnels in tunnels come to an end.
    if (this.#depth < DEEPEST) {
      this.#depth++;
      const isTunnel = readTunnel(this.#internet, datagram);
      this.#depth--;
      if (isTunnel) return;
    }
    const from = datagram.from + 8;
    if (!isDtls(datagram.bytes, from, datagram.to)) return;
    const found = this.#datagrams.of(datagram);
    found?.value.datagram(found.side, datagram.bytes, from, datagram.to);
  }
}

class TlsObserver implements Observer {
  readonly #sink: Pick<ConversationSink, 'tls'>;
  readonly #conversation: Conversation;
  #ends: Ends | null = null;

  constructor(listening: Listening, sink: Pick<ConversationSink, 'tls'>) {
    this.#sink = sink;
    this.#conversation = new Conversation(listening);
  }

  begin(ends: Ends): void {
    this.#ends = ends;
    this.#conversation.reset();
  }

  side(side: Side): FlowSink {
    return side === 0 ? this.#conversation.first : this.#conversation.second;
  }

  get interested(): boolean {
    return this.#conversation.interested;
  }

  end(closing: Closing | null): void {
    const seen = this.#conversation.seen();
    if (seen && this.#ends) this.#sink.tls(seen, this.#ends, closing);
  }
}
