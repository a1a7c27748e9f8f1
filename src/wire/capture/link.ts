import type { Internet } from './ip.ts';
import type { Packet } from './packet-sink.ts';
import { u16be, u32le } from './words.ts';

const ETHERNET_LINK = 1;
const ETHERNET = 14;
const TYPE = { ipv4: 0x0800, ipv6: 0x86dd, mpls: 0x8847, mplsMulticast: 0x8848, pppoe: 0x8864 } as const;
/** 802.1Q, 802.1ad and what came before it: tags that stand before the type, one in another. */
const TAGS: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100]);
const PPP: ReadonlySet<number> = new Set([0x21, 0x57]);

/** Reads the frame of a link type up to IP. */
type ReadLink = (internet: Internet, bytes: Uint8Array, from: number, to: number) => void;

/** False when this link type is none that we read. */
export function readLink(internet: Internet, packet: Packet): boolean {
  const { link, bytes, from, to } = packet;
  if (link === ETHERNET_LINK) {
    readEthernet(internet, bytes, from, to);
    return true;
  }
  if (PKTAP.has(link)) return readPktap(internet, packet);
  const read = LINKS[link];
  read?.(internet, bytes, from, to);
  return read !== undefined;
}

const ip: ReadLink = (internet, bytes, from, to) => internet.read(bytes, from, to);
const after =
  (header: number): ReadLink =>
  (internet, bytes, from, to) =>
    internet.read(bytes, from + header, to);
/** A header of fixed length with an EtherType at `type`. */
const typed =
  (header: number, type: number): ReadLink =>
  (internet, bytes, from, to) => {
    if (from + header <= to) readType(internet, u16be(bytes, from + type), bytes, from + header, to);
  };

export const readEthernet: ReadLink = typed(ETHERNET, 12);

/** By LINKTYPE number (https://www.tcpdump.org/linktypes.html). What is not here is noted. */
const LINKS: Readonly<Record<number, ReadLink>> = {
  // BSD loopback: the address family, in the order of the host that captured. The version says as much.
  0: after(4),
  9: readPpp,
  12: ip,
  14: ip,
  50: readPpp,
  101: ip,
  108: after(4),
  // OpenBSD's loopback of encapsulation.
  109: after(12),
  113: typed(16, 14),
  228: ip,
  229: ip,
  276: typed(20, 0),
};

/** What macOS captures with; 149 is what it is called in files of old versions (DLT_USER2). */
const PKTAP: ReadonlySet<number> = new Set([258, 149]);

/** The length of the header, the kind of record (1: a packet), and the link type of what follows (Apple's pktap.h). */
function readPktap(internet: Internet, { bytes, from, to }: Packet): boolean {
  if (from + 12 > to || u32le(bytes, from + 4) !== 1) return false;
  const header = u32le(bytes, from);
  const link = u32le(bytes, from + 8);
  const read = link === ETHERNET_LINK ? readEthernet : LINKS[link];
  if (header < 12 || header > to - from || !read) return false;
  read(internet, bytes, from + header, to);
  return true;
}

export function readType(
  internet: Internet,
  given: number,
  bytes: Uint8Array,
  from: number,
  to: number,
): void {
  if (given === TYPE.ipv4) {
    internet.read(bytes, from, to);
    return;
  }
  let type = given;
  let at = from;
  while (TAGS.has(type) && at + 4 <= to) {
    type = u16be(bytes, at + 2);
    at += 4;
  }
  if (type === TYPE.ipv4 || type === TYPE.ipv6) internet.read(bytes, at, to);
  else if (type === TYPE.mpls || type === TYPE.mplsMulticast) readMpls(internet, bytes, at, to);
  else if (type === TYPE.pppoe) readPpp(internet, bytes, at + 6, to);
  else if (type <= 1500) readSnap(internet, bytes, at, to);
}

/** Labels up to the one that says it is the last (RFC 3032 2.1). */
function readMpls(internet: Internet, bytes: Uint8Array, from: number, to: number): void {
  let at = from;
  while (at + 4 <= to && (bytes[at + 2]! & 1) === 0) at += 4;
  internet.read(bytes, at + 4, to);
}

/** PPP, with or without address and control (RFC 1662 3.1). */
function readPpp(internet: Internet, bytes: Uint8Array, from: number, to: number): void {
  const at = bytes[from] === 0xff && bytes[from + 1] === 3 ? from + 2 : from;
  if (at + 2 <= to && PPP.has(u16be(bytes, at))) internet.read(bytes, at + 2, to);
}

/** A frame of 802.3: its type stands behind LLC and SNAP (RFC 1042). */
function readSnap(internet: Internet, bytes: Uint8Array, at: number, to: number): void {
  if (at + 8 > to || bytes[at] !== 0xaa || bytes[at + 1] !== 0xaa) return;
  const type = u16be(bytes, at + 6);
  if (type === TYPE.ipv4 || type === TYPE.ipv6) internet.read(bytes, at + 8, to);
}
