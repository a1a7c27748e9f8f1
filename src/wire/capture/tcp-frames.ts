import { concat, Writer } from '../../base/bytes.ts';
import { addressBytes } from './address-bytes.ts';
import type { Chunk, Endpoint, Recording } from './recording.ts';

/** A frame of Ethernet that never was: what our socket sent and received, as it may have looked on a wire. */
export interface Frame {
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly bytes: Uint8Array;
}

const MOST_IN_SEGMENT = 1460;
const FLAG = { fin: 1, syn: 2, push: 8, ack: 16 } as const;
const TCP = 6;
/** Locally administered: they belong to nobody (IEEE 802). */
const MAC = { sent: [2, 0, 0, 0, 0, 1], received: [2, 0, 0, 0, 0, 2] } as const;

type Direction = Chunk['direction'];
const other = (direction: Direction): Direction => (direction === 'sent' ? 'received' : 'sent');

/** The three-way handshake, a segment for each piece of each chunk with its acknowledgement, and the end (RFC 9293). */
export function tcpFrames({ local, remote, startedAt, chunks }: Recording): Frame[] {
  const ends: Record<Direction, Endpoint> = { sent: local, received: remote };
  const next: Record<Direction, number> = { sent: 0, received: 0 };
  const frames: Frame[] = [];
  const put = (
    direction: Direction,
    at: number,
    flags: number,
    data: Uint8Array = new Uint8Array(0),
  ): void => {
    const [from, to] = [ends[direction], ends[other(direction)]];
    const acknowledged = flags & FLAG.ack ? next[other(direction)] : 0;
    const segment: Segment = { from, to, sequence: next[direction], acknowledged, flags, data };
    frames.push({ at, bytes: frameOf(segment, direction) });
    next[direction] = (next[direction] + data.length + (flags & (FLAG.syn | FLAG.fin) ? 1 : 0)) >>> 0;
  };
  put('sent', startedAt, FLAG.syn);
  put('received', startedAt, FLAG.syn | FLAG.ack);
  put('sent', startedAt, FLAG.ack);
  for (const { direction, bytes, at } of chunks) {
    for (let from = 0; from < bytes.length; from += MOST_IN_SEGMENT)
      put(direction, at, FLAG.push | FLAG.ack, bytes.subarray(from, from + MOST_IN_SEGMENT));
    put(other(direction), at, FLAG.ack);
  }
  const endedAt = chunks.at(-1)?.at ?? startedAt;
  put('sent', endedAt, FLAG.fin | FLAG.ack);
  put('received', endedAt, FLAG.fin | FLAG.ack);
  put('sent', endedAt, FLAG.ack);
  return frames;
}

interface Segment {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly sequence: number;
  readonly acknowledged: number;
  readonly flags: number;
  readonly data: Uint8Array;
}

function frameOf(segment: Segment, direction: Direction): Uint8Array {
  const [from, to] = sameFamily(addressBytes(segment.from.address), addressBytes(segment.to.address));
  const tcp = tcpSegment(segment, from, to);
  const isOld = from.length === 4;
  const ethernet = [...MAC[other(direction)], ...MAC[direction], ...(isOld ? [0x08, 0x00] : [0x86, 0xdd])];
  const header = isOld ? ipv4Header(from, to, tcp.length) : ipv6Header(from, to, tcp.length);
  return concat([Uint8Array.from(ethernet), header, tcp]);
}

/** An end that is not known is the unspecified address of the other's family. */
function sameFamily(from: Uint8Array | null, to: Uint8Array | null): [Uint8Array, Uint8Array] {
  const none = new Uint8Array((from ?? to)?.length ?? 4);
  return [from ?? none, to ?? none];
}

/** RFC 791 3.1. */
function ipv4Header(from: Uint8Array, to: Uint8Array, length: number): Uint8Array {
  const write = (checksum: number): Uint8Array =>
    new Writer()
      .u16(0x4500)
      .u16(20 + length)
      .u32(0x4000)
      .u16((64 << 8) | TCP)
      .u16(checksum)
      .raw(from)
      .raw(to)
      .done();
  return write(checksumOf([write(0)]));
}

/** RFC 8200 3. */
const ipv6Header = (from: Uint8Array, to: Uint8Array, length: number): Uint8Array =>
  new Writer()
    .u32(0x6000_0000)
    .u16(length)
    .u16((TCP << 8) | 64)
    .raw(from)
    .raw(to)
    .done();

/** RFC 9293 3.1; the checksum covers the addresses, too. */
function tcpSegment(segment: Segment, from: Uint8Array, to: Uint8Array): Uint8Array {
  const { sequence, acknowledged, flags, data } = segment;
  const write = (checksum: number): Uint8Array =>
    new Writer()
      .u16(segment.from.port)
      .u16(segment.to.port)
      .u32(sequence)
      .u32(acknowledged)
      .u16((5 << 12) | flags)
      .u16(0xffff)
      .u16(checksum)
      .u16(0)
      .raw(data)
      .done();
  const bare = write(0);
  const pseudo = new Writer().raw(from).raw(to).u32(bare.length).u32(TCP).done();
  return write(checksumOf([pseudo, bare]));
}

/** The ones' complement of the ones' complement sum (RFC 1071). Each part but the last is of even length. */
function checksumOf(parts: readonly Uint8Array[]): number {
  let sum = 0;
  for (const part of parts)
    for (let at = 0; at < part.length; at += 2) sum += (part[at]! << 8) | (part[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
