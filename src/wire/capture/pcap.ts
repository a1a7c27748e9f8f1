import type { BlockParser } from './framer.ts';
import { LARGEST_PACKET, makePacket, type PacketSink } from './packet-sink.ts';
import { type ByteOrder, u32be, u32In, u32le } from './words.ts';

/** The classic capture file (draft-ietf-opsawg-pcap): one link type, packets one after the other. */

interface Layout {
  readonly order: ByteOrder;
  /** Units of the fraction in a millisecond. */
  readonly perMillisecond: number;
  /** Length of a packet's header: Kuznetzov's patched libpcap added eight bytes. */
  readonly packetHeader: 16 | 24;
}

const FILE_HEADER = 24;
const MICRO = 1_000;
const NANO = 1_000_000;
/** Room for two headers and a large packet between them. */
const SEARCHED = 1 << 17;

/** How the file is laid out, told by its first four bytes. */
export function pcapLayout(head: Uint8Array): Layout | null {
  if (head.length < 4) return null;
  switch (u32be(head, 0)) {
    case 0xa1b2c3d4:
      return { order: 'big', perMillisecond: MICRO, packetHeader: 16 };
    case 0xd4c3b2a1:
      return { order: 'little', perMillisecond: MICRO, packetHeader: 16 };
    case 0xa1b23c4d:
      return { order: 'big', perMillisecond: NANO, packetHeader: 16 };
    case 0x4d3cb2a1:
      return { order: 'little', perMillisecond: NANO, packetHeader: 16 };
    case 0xa1b2cd34:
      return { order: 'big', perMillisecond: MICRO, packetHeader: 24 };
    case 0x34cdb2a1:
      return { order: 'little', perMillisecond: MICRO, packetHeader: 24 };
    default:
      return null;
  }
}

export class PcapParser implements BlockParser {
  wants = FILE_HEADER;
  readonly #layout: Layout;
  readonly #sink: PacketSink;
  readonly #packet = makePacket();
  #began = false;
  #damaged = false;
  #lastSecond = 0;

  constructor(layout: Layout, sink: PacketSink) {
    this.#layout = layout;
    this.#sink = sink;
  }

  read(bytes: Uint8Array, from: number, to: number, base: number): number {
    let at = from;
    if (!this.#began) {
      if (to - at < FILE_HEADER) return at;
      // The upper bits tell of a frame check sequence, which the lengths of IP leave behind anyway.
      this.#packet.link = u32In(this.#layout.order, bytes, at + 20) & 0xffff;
      this.#began = true;
      at += FILE_HEADER;
      this.wants = this.#layout.packetHeader;
    }
    return this.#packets(bytes, at, to, base);
  }

  #packets(bytes: Uint8Array, from: number, to: number, base: number): number {
    const { order, perMillisecond, packetHeader } = this.#layout;
    const word = order === 'little' ? u32le : u32be;
    const packet = this.#packet;
    packet.bytes = bytes;
    let at = from;
    while (to - at >= packetHeader) {
      const captured = word(bytes, at + 8);
      if (captured > LARGEST_PACKET || this.#damaged) {
        const next = this.#resume(bytes, at, to, base);
        if (next < 0) return this.#holdBack(at, to);
        at = next;
        continue;
      }
      const data = at + packetHeader;
      if (to - data < captured) {
        this.wants = packetHeader + captured;
        return at;
      }
      const seconds = word(bytes, at);
      packet.time = seconds * 1000 + word(bytes, at + 4) / perMillisecond;
      packet.from = data;
      packet.to = data + captured;
      packet.length = word(bytes, at + 12);
      packet.place = base + data;
      this.#lastSecond = seconds;
      this.#sink.packet(packet);
      at = packet.to;
    }
    this.wants = packetHeader;
    return at;
  }

  /** Where, past damage, packets go on: a header that is followed by another one. -1 while there is none. */
  #resume(bytes: Uint8Array, from: number, to: number, base: number): number {
    if (!this.#damaged)
      this.#sink.note(
        base + from,
        'damaged: no packet begins here; reading goes on where packets can be recognised again',
      );
    this.#damaged = true;
    const { order, packetHeader } = this.#layout;
    for (let at = from; to - at >= packetHeader; at++) {
      if (!this.#looksLikeHeader(bytes, at)) continue;
      const next = at + packetHeader + u32In(order, bytes, at + 8);
      if (next + packetHeader > to || !this.#looksLikeHeader(bytes, next)) continue;
      this.#damaged = false;
      return at;
    }
    return -1;
  }

  #holdBack(at: number, to: number): number {
    const kept = Math.max(at, to - SEARCHED);
    // By a good piece at a time: what is kept is looked through again with each.
    this.wants = to - kept + SEARCHED / 2;
    return kept;
  }

  #looksLikeHeader(bytes: Uint8Array, at: number): boolean {
    const { order, perMillisecond } = this.#layout;
    const captured = u32In(order, bytes, at + 8);
    const length = u32In(order, bytes, at + 12);
    const second = u32In(order, bytes, at);
    return (
      captured >= 14 &&
      captured <= 65_549 &&
      captured <= length &&
      u32In(order, bytes, at + 4) < 1000 * perMillisecond &&
      (this.#lastSecond === 0 || Math.abs(second - this.#lastSecond) < 86_400)
    );
  }
}
