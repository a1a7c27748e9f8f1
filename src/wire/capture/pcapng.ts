import { utf8Text } from '../../base/text.ts';
import type { BlockParser } from './framer.ts';
import { LARGEST_PACKET, makePacket, type PacketSink } from './packet-sink.ts';
import { type ByteOrder, u16In, u32be, u32In } from './words.ts';

/** The newer capture file (draft-ietf-opsawg-pcapng): sections of blocks, several interfaces, secrets inside. */

const BLOCK = {
  section: 0x0a0d0d0a,
  interface: 1,
  oldPacket: 2,
  simplePacket: 3,
  packet: 6,
  secrets: 10,
} as const;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const OPTION = { end: 0, timeResolution: 9, timeOffset: 14 } as const;
/** Secrets type 'TLSK' (4.7): NSS key log lines. */
const TLS_KEY_LOG = 0x544c534b;
/** Blocks that are read may be this long: a packet and its options, or a key log. Longer ones are passed over. */
const LARGEST_BLOCK = 16 << 20;
const MOST_INTERFACES = 65_536;

interface Interface {
  readonly link: number;
  readonly snapLength: number;
  readonly perMillisecond: number;
  /** Milliseconds to add (if_tsoffset). */
  readonly offset: number;
}

export const isPcapng = (head: Uint8Array): boolean =>
  head.length >= 12 &&
  u32be(head, 0) === BLOCK.section &&
  (u32be(head, 8) === BYTE_ORDER_MAGIC || u32be(head, 8) === 0x4d3c2b1a);

export class PcapngParser implements BlockParser {
  wants = 12;
  readonly #sink: PacketSink;
  readonly #packet = makePacket();
  #order: ByteOrder = 'little';
  #interfaces: Interface[] = [];
  /** Bytes of a block that is passed over. */
  #skip = 0;
  #lost = false;

  constructor(sink: PacketSink) {
    this.#sink = sink;
  }

  read(bytes: Uint8Array, from: number, to: number, base: number): number {
    let at = from;
    for (;;) {
      if (this.#skip > 0) {
        const skipped = Math.min(this.#skip, to - at);
        this.#skip -= skipped;
        at += skipped;
        if (this.#skip > 0) return this.#stop(at, 1);
      }
      if (to - at < 12) return this.#stop(at, 12);
      if (u32be(bytes, at) === BLOCK.section) this.#beginSection(bytes, at);
      const length = u32In(this.#order, bytes, at + 4);
      if (length < 12 || length % 4 !== 0) {
        at = this.#findSection(bytes, at, to, base);
        if (at < 0) return this.#stop(to - 11, 12);
        continue;
      }
      if (length > LARGEST_BLOCK) {
        this.#sink.note(base + at, `a block of ${length} bytes was passed over`);
        this.#skip = length;
        continue;
      }
      if (to - at < length) return this.#stop(at, length);
      this.#block(bytes, at, at + length - 4, base);
      at += length;
    }
  }

  #stop(at: number, wants: number): number {
    this.wants = wants;
    return at;
  }

  #beginSection(bytes: Uint8Array, at: number): void {
    const magic = u32be(bytes, at + 8);
    if (magic !== BYTE_ORDER_MAGIC && magic !== 0x4d3c2b1a) return;
    this.#order = magic === BYTE_ORDER_MAGIC ? 'big' : 'little';
    this.#interfaces = [];
    this.#lost = false;
  }

  /** Past damage only a new section can be found again; a file of several captures put together has more. */
  #findSection(bytes: Uint8Array, from: number, to: number, base: number): number {
    if (!this.#lost)
      this.#sink.note(
        base + from,
        'damaged: no block begins here; what follows is read from its next section',
      );
    this.#lost = true;
    for (let at = bytes.indexOf(0x0a, from + 1); at >= 0 && at + 12 <= to; at = bytes.indexOf(0x0a, at + 1))
      if (isPcapng(bytes.subarray(at, at + 12))) return at;
    return -1;
  }

  #block(bytes: Uint8Array, at: number, end: number, base: number): void {
    switch (u32In(this.#order, bytes, at)) {
      case BLOCK.interface:
        this.#interface(bytes, at, end);
        break;
      case BLOCK.packet:
      case BLOCK.oldPacket:
        this.#timedPacket(bytes, at, end, base);
        break;
      case BLOCK.simplePacket:
        this.#simplePacket(bytes, at, end, base);
        break;
      case BLOCK.secrets:
        this.#secrets(bytes, at, end);
        break;
    }
  }

  #interface(bytes: Uint8Array, at: number, end: number): void {
    if (end - at < 16 || this.#interfaces.length >= MOST_INTERFACES) return;
    const order = this.#order;
    let perMillisecond = 1000;
    let offset = 0;
    for (let option = at + 16; option + 4 <= end; ) {
      const code = u16In(order, bytes, option);
      const length = u16In(order, bytes, option + 2);
      const value = option + 4;
      if (code === OPTION.end || value + length > end) break;
      if (code === OPTION.timeResolution && length >= 1) perMillisecond = unitsIn(bytes[value]!);
      if (code === OPTION.timeOffset && length >= 8) offset = 1000 * signed64(order, bytes, value);
      option = value + ((length + 3) & ~3);
    }
    const link = u16In(order, bytes, at + 8);
    this.#interfaces.push({ link, snapLength: u32In(order, bytes, at + 12), perMillisecond, offset });
  }

  /** Enhanced and (obsolete) Packet Block: the latter has a drop count where the other's number goes on. */
  #timedPacket(bytes: Uint8Array, at: number, end: number, base: number): void {
    if (end - at < 28) return;
    const order = this.#order;
    const isOld = u32In(order, bytes, at) === BLOCK.oldPacket;
    const number = isOld ? u16In(order, bytes, at + 8) : u32In(order, bytes, at + 8);
    const units = u32In(order, bytes, at + 12) * 2 ** 32 + u32In(order, bytes, at + 16);
    const from = this.#interfaces[number];
    if (!from) return;
    const captured = Math.min(u32In(order, bytes, at + 20), end - at - 28);
    this.#packet.time = units / from.perMillisecond + from.offset;
    this.#deliver(bytes, at + 28, captured, u32In(order, bytes, at + 24), from.link, base);
  }

  #simplePacket(bytes: Uint8Array, at: number, end: number, base: number): void {
    const [from] = this.#interfaces;
    if (end - at < 12 || !from) return;
    const length = u32In(this.#order, bytes, at + 8);
    const captured = Math.min(length, from.snapLength || LARGEST_PACKET, end - at - 12);
    this.#packet.time = null;
    this.#deliver(bytes, at + 12, captured, length, from.link, base);
  }

  #deliver(
    bytes: Uint8Array,
    from: number,
    captured: number,
    length: number,
    link: number,
    base: number,
  ): void {
    const packet = this.#packet;
    packet.link = link;
    packet.bytes = bytes;
    packet.from = from;
    packet.to = from + captured;
    packet.length = length;
    packet.place = base + from;
    this.#sink.packet(packet);
  }

  #secrets(bytes: Uint8Array, at: number, end: number): void {
    if (end - at < 16 || u32In(this.#order, bytes, at + 8) !== TLS_KEY_LOG) return;
    const length = Math.min(u32In(this.#order, bytes, at + 12), end - at - 16);
    this.#sink.secrets(utf8Text(bytes.subarray(at + 16, at + 16 + length)));
  }
}

/** if_tsresol: a negative power of ten, or of two when the top bit is set; as units in a millisecond. */
const unitsIn = (resolution: number): number =>
  (resolution & 0x80 ? 2 ** (resolution & 0x7f) : 10 ** resolution) / 1000;

function signed64(order: ByteOrder, bytes: Uint8Array, at: number): number {
  const [high, low] = order === 'big' ? [at, at + 4] : [at + 4, at];
  return (u32In(order, bytes, high) | 0) * 2 ** 32 + u32In(order, bytes, low);
}
