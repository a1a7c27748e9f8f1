/**
 * Where a packet of IP comes from and goes to, and what it carries. One object serves all packets: only
 * what outlives a packet is copied.
 */
export class Datagram {
  /** 4 or 6. */
  version: 4 | 6 = 4;
  /** Source in [0, 4), destination in [4, 8); IPv4 uses the first of each four. */
  readonly words = new Int32Array(8);
  protocol = 0;
  bytes: Uint8Array = new Uint8Array(0);
  from = 0;
  /** End of what was captured, and what it would be had nothing been cut off. */
  to = 0;
  wholeTo = 0;
}

/** What goes on above IP. */
export interface DatagramSink {
  tcp(datagram: Datagram): void;
  udp(datagram: Datagram): void;
}

/** Address as text: dotted decimal, or RFC 5952. `at` is 0 for the source, 4 for the destination. */
export function printAddress(version: 4 | 6, words: Int32Array, at: number): string {
  if (version === 4) return fromBytes(words[at]!).join('.');
  const groups = [0, 1, 2, 3].flatMap((i) => [words[at + i]! >>> 16, words[at + i]! & 0xffff]);
  return compress(groups.map((group) => group.toString(16)));
}

const fromBytes = (word: number): number[] => [
  word >>> 24,
  (word >> 16) & 255,
  (word >> 8) & 255,
  word & 255,
];

/** The longest run of zeros, the first of equals, becomes `::` (RFC 5952 4.2). */
function compress(groups: readonly string[]): string {
  let [best, length] = [0, 1];
  for (let i = 0; i < groups.length; i++) {
    let run = 0;
    while (groups[i + run] === '0') run++;
    if (run > length) [best, length] = [i, run];
  }
  if (length === 1) return groups.join(':');
  return `${groups.slice(0, best).join(':')}::${groups.slice(best + length).join(':')}`;
}
