/**
 * The TCP streams of a capture, as far as a test of the TLS decoders needs them: pcap and pcapng, the link types of
 * the corpus, segments put in order by sequence number and nothing more.
 */

export interface Stream {
  /** 'address:port' of the sender and of the receiver. */
  readonly from: string;
  readonly to: string;
  readonly bytes: Uint8Array;
}

interface Packet {
  readonly link: number;
  readonly bytes: Buffer;
}

/** Both directions of each connection apart. */
export function tcpStreams(capture: Buffer): Stream[] {
  const flows = new Map<string, { from: string; to: string; segments: { seq: number; bytes: Buffer }[] }>();
  for (const packet of packetsOf(capture)) {
    const segment = tcpSegment(packet);
    if (!segment || segment.bytes.length === 0) continue;
    const key = `${segment.from} ${segment.to}`;
    const flow = flows.get(key) ?? { from: segment.from, to: segment.to, segments: [] };
    flows.set(key, flow);
    flow.segments.push(segment);
  }
  return [...flows.values()].map(({ from, to, segments }) => ({ from, to, bytes: inOrder(segments) }));
}

function inOrder(segments: readonly { seq: number; bytes: Buffer }[]): Uint8Array {
  const first = segments[0]!.seq;
  // Sequence numbers wrap; distances from the first one do not, in captures of this size.
  const placed = segments
    .map(({ seq, bytes }) => ({ at: (seq - first) | 0, bytes }))
    .sort((a, b) => a.at - b.at);
  const parts: Buffer[] = [];
  let next = placed[0]!.at;
  for (const { at, bytes } of placed) {
    if (at > next) break;
    if (at + bytes.length <= next) continue;
    parts.push(bytes.subarray(next - at));
    next = at + bytes.length;
  }
  return new Uint8Array(Buffer.concat(parts));
}

function* packetsOf(capture: Buffer): Generator<Packet> {
  const magic = capture.readUInt32LE(0);
  if (magic === 0x0a0d0d0a) return yield* pcapngPackets(capture);
  if (![0xa1b2c3d4, 0xa1b23c4d].includes(magic)) return;
  const link = capture.readUInt32LE(20);
  for (let at = 24; at + 16 <= capture.length; ) {
    const length = capture.readUInt32LE(at + 8);
    yield { link, bytes: capture.subarray(at + 16, at + 16 + length) };
    at += 16 + length;
  }
}

function* pcapngPackets(capture: Buffer): Generator<Packet> {
  const links: number[] = [];
  for (let at = 0; at + 12 <= capture.length; at += capture.readUInt32LE(at + 4)) {
    const type = capture.readUInt32LE(at);
    if (type === 0x0a0d0d0a && capture.readUInt32LE(at + 8) !== 0x1a2b3c4d) return;
    if (type === 1) links.push(capture.readUInt16LE(at + 8));
    if (type !== 6) continue;
    const length = capture.readUInt32LE(at + 20);
    yield { link: links[capture.readUInt32LE(at + 8)]!, bytes: capture.subarray(at + 28, at + 28 + length) };
  }
}

/** Where the network layer starts, by link type. */
const LINK_HEADERS: Readonly<Record<number, number>> = { 0: 4, 1: 14, 101: 0, 113: 16, 276: 20 };

function tcpSegment({
  link,
  bytes,
}: Packet): { from: string; to: string; seq: number; bytes: Buffer } | null {
  let start = LINK_HEADERS[link];
  if (start === undefined || bytes.length < start + 20) return null;
  // VLAN tag.
  if (link === 1 && bytes.readUInt16BE(12) === 0x8100) start += 4;
  const version = bytes[start]! >> 4;
  const isFour = version === 4;
  const headers = isFour ? (bytes[start]! & 15) * 4 : 40;
  const protocol = bytes[start + (isFour ? 9 : 6)];
  if ((version !== 4 && version !== 6) || protocol !== 6) return null;
  if (isFour && (bytes.readUInt16BE(start + 6) & 0x3fff) !== 0) return null;
  const end = start + (isFour ? bytes.readUInt16BE(start + 2) : 40 + bytes.readUInt16BE(start + 4));
  const tcp = bytes.subarray(start + headers, Math.min(end, bytes.length));
  if (tcp.length < 20) return null;
  const [a, b, size] = isFour ? [12, 16, 4] : [8, 24, 16];
  const address = (at: number): string => printAddress(bytes.subarray(start + at, start + at + size));
  return {
    from: `${address(a)}:${tcp.readUInt16BE(0)}`,
    to: `${address(b)}:${tcp.readUInt16BE(2)}`,
    seq: tcp.readUInt32BE(4),
    bytes: tcp.subarray((tcp[12]! >> 4) * 4),
  };
}

function printAddress(bytes: Buffer): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(i * 2).toString(16)).join(':');
  const zeros = groups.match(/\b0(?::0)+\b/g)?.sort((x, y) => y.length - x.length)[0];
  return zeros
    ? groups.replace(zeros, '').replace(/^:?:?|:?:?$/g, (edge) => (edge.length === 2 ? '::' : edge))
    : groups;
}
