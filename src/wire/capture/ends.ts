import { type Datagram, printAddress } from './datagram.ts';
import { i32be } from './words.ts';

/** 0: of the side that began, as far as that was seen; 1: of the other. */
export type Side = 0 | 1;

/** The two ends of a conversation, as the first datagram of side 0 named them. */
export class Ends {
  hash = 0;
  #version: 4 | 6 = 4;
  readonly #words = new Int32Array(8);
  #ports = 0;

  /** `isAnswer`: the datagram goes from side 1 to side 0. One object serves connections that come one after the other. */
  become(datagram: Datagram, isAnswer = false): this {
    const first = isAnswer ? 4 : 0;
    this.hash = hashOf(datagram);
    this.#version = datagram.version;
    for (let i = 0; i < 8; i++) this.#words[i ^ first] = datagram.words[i]!;
    this.#ports = isAnswer ? swapped(portsOf(datagram)) : portsOf(datagram);
    return this;
  }

  /** '192.0.2.1', '2001:db8::1'. */
  address(side: Side): string {
    return printAddress(this.#version, this.#words, 4 * side);
  }

  port(side: Side): number {
    return side === 0 ? this.#ports >>> 16 : this.#ports & 0xffff;
  }

  /** Whether this end of both is the same address and port. */
  isSameEnd(side: Side, other: Ends, otherSide: Side): boolean {
    if (this.#version !== other.#version || this.port(side) !== other.port(otherSide)) return false;
    for (let i = 0; i < (this.#version === 4 ? 1 : 4); i++)
      if (this.#words[4 * side + i] !== other.#words[4 * otherSide + i]) return false;
    return true;
  }

  /** Of the address and the port of one end. */
  endHash(side: Side): number {
    let mixed = this.port(side);
    for (let i = 0; i < (this.#version === 4 ? 1 : 4); i++)
      mixed = Math.imul(mixed ^ this.#words[4 * side + i]!, 0x85ebca6b) ^ (mixed >>> 15);
    return mixed;
  }

  /** For whoever keeps it beyond the connection. */
  copy(): Ends {
    const copy = new Ends();
    copy.hash = this.hash;
    copy.#version = this.#version;
    copy.#words.set(this.#words);
    copy.#ports = this.#ports;
    return copy;
  }

  isOf(datagram: Datagram): boolean {
    if (datagram.version !== this.#version) return false;
    return this.#isFrom(datagram, 0, 4) || this.#isFrom(datagram, 4, 0);
  }

  sideOf(datagram: Datagram): Side {
    return this.#isFrom(datagram, 0, 4) ? 0 : 1;
  }

  #isFrom(datagram: Datagram, source: 0 | 4, destination: 0 | 4): boolean {
    const { words } = datagram;
    const ours = this.#words;
    if (portsOf(datagram) !== (source === 0 ? this.#ports : swapped(this.#ports))) return false;
    if (words[0] !== ours[source] || words[4] !== ours[destination]) return false;
    if (this.#version === 4) return true;
    for (let i = 1; i < 4; i++)
      if (words[i] !== ours[source + i] || words[4 + i] !== ours[destination + i]) return false;
    return true;
  }
}

/** Both ports in one number, the source's first; they stand at the same place in TCP and UDP. */
const portsOf = ({ bytes, from }: Datagram): number => i32be(bytes, from);

const swapped = (ports: number): number => (ports << 16) | (ports >>> 16);

/** The same for both directions. */
export function hashOf(datagram: Datagram): number {
  const { words, version } = datagram;
  let mixed = words[0]! ^ words[4]!;
  if (version === 6) for (let i = 1; i < 4; i++) mixed ^= Math.imul(words[i]! ^ words[4 + i]!, 0x9e3779b1);
  const ports = portsOf(datagram);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b) ^ ports ^ swapped(ports);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) & 0x3fffffff;
}
