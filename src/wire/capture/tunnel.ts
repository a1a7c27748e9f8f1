import type { Datagram } from './datagram.ts';
import type { Internet } from './ip.ts';
import { readEthernet, readType } from './link.ts';
import { u16be } from './words.ts';

/** UDP ports of what carries packets in packets: mirrored traffic of clouds and switches comes so. */
const PORT = { gtp: 2152, vxlan: 4789, geneve: 6081, linuxVxlan: 8472, tzsp: 37_008 } as const;
const ETHERNET_IN_GENEVE = 0x6558;
const UDP_HEADER = 8;

/** Reads the packet inside a datagram of UDP that is a tunnel's; false when it is none. */
export function readTunnel(internet: Internet, { bytes, from, to }: Datagram): boolean {
  const at = from + UDP_HEADER;
  if (at + 8 > to) return false;
  switch (u16be(bytes, from + 2)) {
    case PORT.vxlan:
    // Linux before the port was assigned, and still by default.
    case PORT.linuxVxlan:
      // The I flag, and nothing else that is defined (RFC 7348 5).
      if (bytes[at] !== 8) return false;
      readEthernet(internet, bytes, at + 8, to);
      return true;
    case PORT.geneve: {
      // RFC 8926 3.4.
      const inner = at + 8 + 4 * (bytes[at]! & 0x3f);
      const type = u16be(bytes, at + 2);
      if (type === ETHERNET_IN_GENEVE) readEthernet(internet, bytes, inner, to);
      else readType(internet, type, bytes, inner, to);
      return true;
    }
    case PORT.tzsp:
      return readTzsp(internet, bytes, at, to);
    case PORT.gtp:
      return readGtp(internet, bytes, at, to);
    default:
      return false;
  }
}

/**
 * TaZmen Sniffer Protocol, by which MikroTik mirrors: version 1, a received packet, of Ethernet; then tagged fields up
 * to the one that ends them.
 */
function readTzsp(internet: Internet, bytes: Uint8Array, from: number, to: number): boolean {
  if (bytes[from] !== 1 || bytes[from + 1]! > 1 || u16be(bytes, from + 2) !== 1) return false;
  let at = from + 4;
  while (at < to && bytes[at] !== 1) at += bytes[at] === 0 ? 1 : 2 + (bytes[at + 1] ?? 0);
  readEthernet(internet, bytes, at + 1, to);
  return true;
}

/** GTP-U of version 1 (3GPP TS 29.281 5.1) with a packet of IP inside. */
function readGtp(internet: Internet, bytes: Uint8Array, at: number, to: number): boolean {
  if (bytes[at]! >> 4 !== 3 || bytes[at + 1] !== 0xff) return false;
  let inner = at + 8;
  if (bytes[at]! & 7) {
    let next = bytes[at + 11]!;
    inner += 4;
    while (next !== 0 && inner < to && bytes[inner]! > 0) {
      inner += 4 * bytes[inner]!;
      next = bytes[inner - 1]!;
    }
  }
  internet.read(bytes, inner, to);
  return true;
}
