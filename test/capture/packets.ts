import { concat, Writer } from '../../src/base/bytes.ts';

/** Packets and capture files of every make, for tests. What a capture holds is said by hand; nothing is measured. */

/** What one side said, at once. */
export interface Said {
  readonly side: 0 | 1;
  readonly bytes: Uint8Array;
}

export interface Segment {
  readonly side: 0 | 1;
  readonly sequence: number;
  readonly flags: number;
  readonly data: Uint8Array;
  /** Milliseconds since 1970 UTC. */
  readonly time: number;
}

export interface Addresses {
  /** 4 or 16 bytes each: of side 0 and of side 1. */
  readonly addresses: readonly [Uint8Array, Uint8Array];
  readonly ports: readonly [number, number];
}

const FLAG = { fin: 1, syn: 2, push: 8, ack: 16 } as const;
const START = Date.UTC(2026, 0, 5, 9);

export const IPV4: Addresses = {
  addresses: [Uint8Array.of(192, 0, 2, 7), Uint8Array.of(198, 51, 100, 10)],
  ports: [50123, 443],
};
export const IPV6: Addresses = {
  addresses: [
    Uint8Array.of(0x20, 1, 13, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7),
    Uint8Array.of(0x20, 1, 13, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10),
  ],
  ports: [50123, 443],
};

export interface Conduct {
  readonly mss?: number;
  /** Initial sequence numbers; near the end they wrap. */
  readonly first?: readonly [number, number];
  readonly withoutSyn?: true;
  readonly withoutFin?: true;
}

/** A connection from SYN to FIN that says this. A millisecond passes with each segment. */
export function segmentsOf(said: readonly Said[], conduct: Conduct = {}): Segment[] {
  const { mss = 1400, first = [1000, 0xfffff000] } = conduct;
  const next = [...first];
  const segments: Segment[] = [];
  const add = (side: 0 | 1, flags: number, data = new Uint8Array(0)): void => {
    segments.push({ side, sequence: next[side]! >>> 0, flags, data, time: START + segments.length });
    next[side] = next[side]! + data.length + (flags & (FLAG.syn | FLAG.fin) ? 1 : 0);
  };
  add(0, FLAG.syn);
  add(1, FLAG.syn | FLAG.ack);
  add(0, FLAG.ack);
  for (const { side, bytes } of said)
    for (let at = 0; at < bytes.length; at += mss) add(side, FLAG.push | FLAG.ack, bytes.slice(at, at + mss));
  add(0, FLAG.fin | FLAG.ack);
  add(1, FLAG.fin | FLAG.ack);
  return segments.filter(({ flags }) => {
    if (flags & FLAG.syn) return !conduct.withoutSyn;
    return flags & FLAG.fin ? !conduct.withoutFin : true;
  });
}

/** TCP alone, without checksum. */
export function tcp({ side, sequence, flags, data }: Segment, { ports }: Addresses): Uint8Array {
  return new Writer()
    .u16(ports[side])
    .u16(ports[side === 0 ? 1 : 0])
    .u32(sequence)
    .u32(0)
    .u16((5 << 12) | flags)
    .u16(0xffff)
    .u32(0)
    .raw(data)
    .done();
}

/** IP of either version around a payload, without checksum. */
export function ip(payload: Uint8Array, side: 0 | 1, { addresses }: Addresses, protocol = 6): Uint8Array {
  const [from, to] = side === 0 ? addresses : [addresses[1], addresses[0]];
  if (from.length === 4) return ipv4(payload, from, to, protocol, 1, 0);
  return new Writer()
    .u32(0x60000000)
    .u16(payload.length)
    .u8(protocol)
    .u8(64)
    .raw(from)
    .raw(to)
    .raw(payload)
    .done();
}

function ipv4(
  payload: Uint8Array,
  from: Uint8Array,
  to: Uint8Array,
  protocol: number,
  id: number,
  fragment: number,
): Uint8Array {
  return new Writer()
    .u16(0x4500)
    .u16(20 + payload.length)
    .u16(id)
    .u16(fragment)
    .u8(64)
    .u8(protocol)
    .u16(0)
    .raw(from)
    .raw(to)
    .raw(payload)
    .done();
}

/** The same datagram in fragments of `size` bytes, a multiple of eight. IPv6 puts a hop-by-hop header before. */
export function fragments(
  payload: Uint8Array,
  side: 0 | 1,
  ends: Addresses,
  size: number,
  id: number,
): Uint8Array[] {
  const [from, to] = side === 0 ? ends.addresses : [ends.addresses[1], ends.addresses[0]];
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < payload.length; at += size) {
    const part = payload.slice(at, at + size);
    const more = at + size < payload.length ? 1 : 0;
    if (from.length === 4) pieces.push(ipv4(part, from, to, 6, id, (more << 13) | (at / 8)));
    else {
      const headers = new Writer()
        .u8(44)
        .u8(0)
        .raw(new Uint8Array(6))
        .u8(6)
        .u8(0)
        .u16(at | more)
        .u32(id);
      pieces.push(ip(concat([headers.done(), part]), side, ends, 0));
    }
  }
  return pieces;
}

/** UDP around a payload. */
export const udp = (payload: Uint8Array, from: number, to: number): Uint8Array =>
  new Writer()
    .u16(from)
    .u16(to)
    .u16(8 + payload.length)
    .u16(0)
    .raw(payload)
    .done();

const etherType = (packet: Uint8Array): number => (packet[0]! >> 4 === 4 ? 0x0800 : 0x86dd);
const MACS = Uint8Array.of(2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2);

/** What stands before IP, by the name of the link; the number is the LINKTYPE. */
export const LINKS: Readonly<Record<string, { link: number; frame: (packet: Uint8Array) => Uint8Array }>> = {
  ethernet: { link: 1, frame: (p) => new Writer().raw(MACS).u16(etherType(p)).raw(p).done() },
  vlan: { link: 1, frame: (p) => new Writer().raw(MACS).u16(0x8100).u16(7).u16(etherType(p)).raw(p).done() },
  qinq: {
    link: 1,
    frame: (p) =>
      new Writer().raw(MACS).u16(0x88a8).u16(7).u16(0x8100).u16(9).u16(etherType(p)).raw(p).done(),
  },
  pppoe: {
    link: 1,
    frame: (p) =>
      new Writer()
        .raw(MACS)
        .u16(0x8864)
        .u16(0x1100)
        .u16(1)
        .u16(p.length + 2)
        .u16(etherType(p) === 0x0800 ? 0x21 : 0x57)
        .raw(p)
        .done(),
  },
  mpls: { link: 1, frame: (p) => new Writer().raw(MACS).u16(0x8847).u32(0x10040).u32(0x20140).raw(p).done() },
  snap: {
    link: 1,
    frame: (p) =>
      new Writer()
        .raw(MACS)
        .u16(p.length + 8)
        .u8(0xaa)
        .u8(0xaa)
        .u8(3)
        .u24(0)
        .u16(etherType(p))
        .raw(p)
        .done(),
  },
  'Linux cooked': {
    link: 113,
    frame: (p) => new Writer().raw(new Uint8Array(14)).u16(etherType(p)).raw(p).done(),
  },
  'Linux cooked 2': {
    link: 276,
    frame: (p) => new Writer().u16(etherType(p)).raw(new Uint8Array(18)).raw(p).done(),
  },
  'raw IP': { link: 101, frame: (p) => p },
  loopback: { link: 0, frame: (p) => concat([Uint8Array.of(etherType(p) === 0x0800 ? 2 : 30, 0, 0, 0), p]) },
  'OpenBSD loopback': { link: 108, frame: (p) => concat([Uint8Array.of(0, 0, 0, 2), p]) },
  PPP: {
    link: 9,
    frame: (p) =>
      new Writer()
        .u16(0xff03)
        .u16(etherType(p) === 0x0800 ? 0x21 : 0x57)
        .raw(p)
        .done(),
  },
  'IP in IP': {
    link: 101,
    frame: (p) => ip(p, 0, IPV4, etherType(p) === 0x0800 ? 4 : 41),
  },
  VXLAN: {
    link: 101,
    frame: (p) =>
      ip(
        udp(
          new Writer()
            .u32(0x08000000)
            .u32(42 << 8)
            .raw(MACS)
            .u16(etherType(p))
            .raw(p)
            .done(),
          50000,
          4789,
        ),
        0,
        IPV4,
        17,
      ),
  },
  'VXLAN of Linux': {
    link: 101,
    frame: (p) =>
      ip(
        udp(
          new Writer()
            .u32(0x08000000)
            .u32(42 << 8)
            .raw(MACS)
            .u16(etherType(p))
            .raw(p)
            .done(),
          50000,
          8472,
        ),
        0,
        IPV4,
        17,
      ),
  },
  TZSP: {
    link: 101,
    frame: (p) =>
      ip(
        udp(
          new Writer()
            .u32(0x01000001)
            .u8(0)
            .u8(10)
            .u8(1)
            .u8(7)
            .u8(1)
            .raw(MACS)
            .u16(etherType(p))
            .raw(p)
            .done(),
          50000,
          37008,
        ),
        0,
        IPV4,
        17,
      ),
  },
  GRE: {
    link: 101,
    frame: (p) => ip(new Writer().u16(0).u16(etherType(p)).raw(p).done(), 0, IPV4, 47),
  },
  NVGRE: {
    link: 1,
    frame: (p) => {
      const inner = new Writer()
        .u16(0x2000)
        .u16(0x6558)
        .u32(0x1234)
        .raw(MACS)
        .u16(etherType(p))
        .raw(p)
        .done();
      return new Writer()
        .raw(MACS)
        .u16(0x86dd)
        .raw(ip(inner, 0, IPV6, 47))
        .done();
    },
  },
  PPTP: {
    link: 101,
    frame: (p) => {
      const ppp = etherType(p) === 0x0800 ? 0x21 : 0x57;
      const inner = new Writer()
        .u16(0x3081)
        .u16(0x880b)
        .u32(7)
        .u32(1)
        .u32(2)
        .u24(0xff0300)
        .u8(ppp)
        .raw(p)
        .done();
      return ip(inner, 0, IPV4, 47);
    },
  },
  'ERSPAN I': {
    link: 101,
    frame: (p) => ip(new Writer().u16(0).u16(0x88be).raw(MACS).u16(etherType(p)).raw(p).done(), 0, IPV4, 47),
  },
  'ERSPAN II': {
    link: 101,
    frame: (p) =>
      ip(
        new Writer()
          .u16(0x1000)
          .u16(0x88be)
          .u32(9)
          .u32(0x10010001)
          .u32(0)
          .raw(MACS)
          .u16(etherType(p))
          .raw(p)
          .done(),
        0,
        IPV4,
        47,
      ),
  },
  'ERSPAN III': {
    link: 101,
    frame: (p) => {
      const erspan = new Writer().u16(0x1000).u16(0x22eb).u32(9).u32(0x20010001).u32(0).u32(1).u32(0).u32(0);
      return ip(erspan.raw(MACS).u16(etherType(p)).raw(p).done(), 0, IPV4, 47);
    },
  },
  PKTAP: {
    link: 258,
    frame: (p) => {
      const header = new Uint8Array(108);
      new DataView(header.buffer).setUint32(0, 108, true);
      new DataView(header.buffer).setUint32(4, 1, true);
      new DataView(header.buffer).setUint32(8, 1, true);
      return new Writer().raw(header).raw(MACS).u16(etherType(p)).raw(p).done();
    },
  },
  Geneve: {
    link: 101,
    frame: (p) =>
      ip(
        udp(
          new Writer().u16(0x0100).u16(0x6558).u32(0).u32(0).raw(MACS).u16(etherType(p)).raw(p).done(),
          50000,
          6081,
        ),
        0,
        IPV6,
        17,
      ),
  },
};

export interface Captured {
  readonly time: number;
  readonly bytes: Uint8Array;
  /** As on the wire, where the capture cut it off. */
  readonly length?: number;
}

/** Frames of a connection over one link. */
export function framesOf(
  segments: readonly Segment[],
  ends: Addresses = IPV4,
  link = 'ethernet',
): Captured[] {
  const { frame } = LINKS[link]!;
  return segments.map((one) => ({ time: one.time, bytes: frame(ip(tcp(one, ends), one.side, ends)) }));
}

type Order = 'big' | 'little';

/** Numbers of so many bytes in an order. */
function numbers(order: Order, ...fields: readonly (readonly [size: 2 | 4, value: number])[]): Uint8Array {
  const bytes = fields.map(([size, value]) => {
    const big = Array.from({ length: size }, (_, i) => (value >>> (8 * (size - 1 - i))) & 255);
    return order === 'big' ? big : big.reverse();
  });
  return Uint8Array.from(bytes.flat());
}

export function pcap(
  packets: readonly Captured[],
  { order = 'little', nano = false, link = 1 }: { order?: Order; nano?: boolean; link?: number } = {},
): Uint8Array {
  const magic = nano ? 0xa1b23c4d : 0xa1b2c3d4;
  const header = numbers(order, [4, magic], [2, 2], [2, 4], [4, 0], [4, 0], [4, 262144], [4, link]);
  const records = packets.map(({ time, bytes, length = bytes.length }) => {
    const fraction = Math.round((time % 1000) * (nano ? 1e6 : 1e3));
    return concat([
      numbers(order, [4, Math.floor(time / 1000)], [4, fraction], [4, bytes.length], [4, length]),
      bytes,
    ]);
  });
  return concat([header, ...records]);
}

export interface NgOptions {
  readonly order?: Order;
  readonly link?: number;
  /** if_tsresol; microseconds when omitted. */
  readonly resolution?: number;
  readonly secrets?: string;
  /** Every packet on the next of so many interfaces. */
  readonly interfaces?: number;
  /** Simple Packet Blocks, which have no time. */
  readonly simple?: true;
}

export function pcapng(packets: readonly Captured[], options: NgOptions = {}): Uint8Array {
  const { order = 'little', link = 1, resolution = 6, interfaces = 1 } = options;
  const block = (type: number, body: Uint8Array): Uint8Array => {
    const padded = concat([body, new Uint8Array((4 - (body.length % 4)) % 4)]);
    const length = numbers(order, [4, padded.length + 12]);
    return concat([numbers(order, [4, type]), length, padded, length]);
  };
  const perMillisecond = (resolution & 0x80 ? 2 ** (resolution & 0x7f) : 10 ** resolution) / 1000;
  const section = numbers(order, [4, 0x1a2b3c4d], [2, 1], [2, 0], [4, 0xffffffff], [4, 0xffffffff]);
  const tsresol = concat([numbers(order, [2, 9], [2, 1]), Uint8Array.of(resolution, 0, 0, 0)]);
  const described = concat([
    numbers(order, [2, link], [2, 0], [4, 0]),
    tsresol,
    numbers(order, [2, 0], [2, 0]),
  ]);
  const secrets = options.secrets ? Buffer.from(options.secrets) : null;
  return concat([
    block(0x0a0d0d0a, section),
    ...Array.from({ length: interfaces }, () => block(1, described)),
    ...(secrets ? [block(10, concat([numbers(order, [4, 0x544c534b], [4, secrets.length]), secrets]))] : []),
    ...packets.map(({ time, bytes, length = bytes.length }, i) => {
      if (options.simple) return block(3, concat([numbers(order, [4, length]), bytes]));
      const units = Math.round(time * perMillisecond);
      const head: [4, number][] = [
        [4, i % interfaces],
        [4, Math.floor(units / 2 ** 32)],
        [4, units % 2 ** 32],
        [4, bytes.length],
        [4, length],
      ];
      return block(6, concat([numbers(order, ...head), bytes]));
    }),
  ]);
}
