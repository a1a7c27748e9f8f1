import { Datagram, type DatagramSink } from './datagram.ts';
import { Fragments } from './fragments.ts';
import { readGre } from './gre.ts';
import { i32be, u16be } from './words.ts';

const PROTOCOL = { ipv4: 4, tcp: 6, udp: 17, ipv6: 41, fragment: 44, gre: 47, ah: 51 } as const;
/** Headers of IPv6 that hold their length in units of eight bytes, less the first. */
const OPTION_HEADERS: ReadonlySet<number> = new Set([0, 43, 60, 135, 139, 140]);
/** Tunnels in tunnels, and headers after headers, come to an end. */
const DEEPEST = 8;
const FOUR = 4;
const SIX = 6;

/** Reads IP of both versions, fragments and IP in IP included, and hands on TCP and UDP. */
export class Internet {
  readonly #sink: DatagramSink;
  readonly #fragments = new Fragments();
  readonly #datagram = new Datagram();
  #depth = 0;

  constructor(sink: DatagramSink) {
    this.#sink = sink;
  }

  /** By the version that stands in the first four bits. */
  read(bytes: Uint8Array, from: number, to: number): void {
    if (from >= to || this.#depth > DEEPEST) return;
    this.#depth++;
    const version = bytes[from]! >> 4;
    if (version === FOUR) this.#four(bytes, from, to);
    else if (version === SIX) this.#six(bytes, from, to);
    this.#depth--;
  }

  #four(bytes: Uint8Array, at: number, to: number): void {
    const header = (bytes[at]! & 15) * 4;
    if (header < 20 || at + header > to) return;
    const datagram = this.#datagram;
    datagram.version = FOUR;
    datagram.words[0] = i32be(bytes, at + 12);
    datagram.words[4] = i32be(bytes, at + 16);
    datagram.protocol = bytes[at + 9]!;
    // Segmentation offload leaves the length at zero: the packet then ends where the frame does.
    const total = u16be(bytes, at + 2);
    this.#span(bytes, at + header, total === 0 ? to : at + total, to);
    const fragment = u16be(bytes, at + 6);
    if ((fragment & 0x3fff) !== 0) {
      const [offset, isLast] = [(fragment & 0x1fff) * 8, (fragment & 0x2000) === 0];
      if (!this.#fragments.complete(datagram, u16be(bytes, at + 4), offset, isLast)) return;
    }
    this.#carried(datagram);
  }

  #six(bytes: Uint8Array, at: number, to: number): void {
    if (at + 40 > to) return;
    const datagram = this.#datagram;
    datagram.version = SIX;
    for (let i = 0; i < 8; i++) datagram.words[i] = i32be(bytes, at + 8 + 4 * i);
    datagram.protocol = bytes[at + 6]!;
    // A jumbogram has no length here (RFC 2675 3).
    const length = u16be(bytes, at + 4);
    this.#span(bytes, at + 40, length === 0 ? to : at + 40 + length, to);
    if (this.#passHeaders(datagram)) this.#carried(datagram);
  }

  #span(bytes: Uint8Array, from: number, wholeTo: number, to: number): void {
    const datagram = this.#datagram;
    datagram.bytes = bytes;
    datagram.from = from;
    datagram.to = Math.min(wholeTo, to);
    datagram.wholeTo = wholeTo;
  }

  /** Extension headers (RFC 8200 4); false when the packet is no whole datagram. */
  #passHeaders(datagram: Datagram): boolean {
    for (let passed = 0; passed < DEEPEST; passed++) {
      const { protocol, bytes, from, to } = datagram;
      const isOptions = OPTION_HEADERS.has(protocol);
      if (!isOptions && protocol !== PROTOCOL.fragment && protocol !== PROTOCOL.ah) return true;
      if (from + 8 > to) return false;
      const next = bytes[from]!;
      if (protocol === PROTOCOL.fragment) {
        const field = u16be(bytes, from + 2);
        const id = i32be(bytes, from + 4);
        datagram.from += 8;
        datagram.protocol = next;
        const isWhole = (field & 0xfff9) === 0;
        if (!isWhole && !this.#fragments.complete(datagram, id, field & 0xfff8, (field & 1) === 0))
          return false;
      } else {
        datagram.from += isOptions ? 8 * bytes[from + 1]! + 8 : 4 * bytes[from + 1]! + 8;
        datagram.protocol = next;
      }
    }
    return false;
  }

  #carried(datagram: Datagram): void {
    switch (datagram.protocol) {
      case PROTOCOL.tcp:
        this.#sink.tcp(datagram);
        break;
      case PROTOCOL.udp:
        this.#sink.udp(datagram);
        break;
      case PROTOCOL.ipv4:
      case PROTOCOL.ipv6:
        this.read(datagram.bytes, datagram.from, datagram.to);
        break;
      case PROTOCOL.gre:
        readGre(this, datagram.bytes, datagram.from, datagram.to);
    }
  }
}
