import type { Internet } from './ip.ts';
import { readEthernet, readType } from './link.ts';
import { u16be } from './words.ts';

/** Parts of the header that flags announce, of four bytes each (RFC 2784 2.1, RFC 2890 2, RFC 2637 4.1). */
const CHECKSUM = 0x8000;
const KEY = 0x2000;
const SEQUENCE = 0x1000;
const ACKNOWLEDGED = 0x0080;
const TYPE = { ethernet: 0x6558, ppp: 0x880b, erspan: 0x88be, erspan3: 0x22eb } as const;
const PPP = { ipv4: 0x21, ipv6: 0x57 } as const;

/**
 * Generic Routing Encapsulation: tunnels of routers (IP), of Hyper-V (NVGRE: Ethernet), of PPTP, and ERSPAN, by which
 * switches mirror a server's port to whoever captures.
 */
export function readGre(internet: Internet, bytes: Uint8Array, from: number, to: number): void {
  if (from + 4 > to) return;
  const flags = u16be(bytes, from);
  const type = u16be(bytes, from + 2);
  let at = from + 4;
  for (const flag of [CHECKSUM, KEY, SEQUENCE]) if (flags & flag) at += 4;
  if ((flags & 7) === 1 && flags & ACKNOWLEDGED) at += 4;
  if (at + 4 > to) return;
  if (type === TYPE.ethernet) readEthernet(internet, bytes, at, to);
  else if (type === TYPE.erspan) readEthernet(internet, bytes, flags & SEQUENCE ? at + 8 : at, to);
  else if (type === TYPE.erspan3) readErspan3(internet, bytes, at, to);
  else if (type === TYPE.ppp) readPppOf(internet, bytes, at, to);
  else readType(internet, type, bytes, at, to);
}

/** Type III (draft-foschiano-erspan 4.2): twelve bytes, and eight more where the last bit says so. */
function readErspan3(internet: Internet, bytes: Uint8Array, at: number, to: number): void {
  if (at + 12 > to) return;
  readEthernet(internet, bytes, at + (bytes[at + 11]! & 1 ? 20 : 12), to);
}

/** With or without address and control, and with the protocol in one byte or two (RFC 1661 6.5, RFC 1662 3.1). */
function readPppOf(internet: Internet, bytes: Uint8Array, from: number, to: number): void {
  let at = from;
  if (bytes[at] === 0xff && bytes[at + 1] === 3) at += 2;
  if (bytes[at] === 0) at++;
  if (bytes[at] === PPP.ipv4 || bytes[at] === PPP.ipv6) internet.read(bytes, at + 1, to);
}
