/** What a capture file is made of, told as it is read. */
export interface PacketSink {
  /**
   * One packet: bytes[from, to) as captured, `length` as it was on the wire. `time` in milliseconds since 1970 UTC,
   * null where the file has none; `place` is the file's byte at which the packet's data begin. The bytes are lent:
   * what outlives the call is copied.
   */
  packet(packet: Packet): void;
  /** TLS key log lines that the file carries (pcapng Decryption Secrets Block). */
  secrets(text: string): void;
  /** What was seen that cannot be read, and where. */
  note(place: number, message: string): void;
}

/** One object serves all packets of a file; allocating one each would cost as much as reading it. */
export interface Packet {
  /** LINKTYPE number (https://www.tcpdump.org/linktypes.html). */
  link: number;
  time: number | null;
  bytes: Uint8Array;
  from: number;
  to: number;
  length: number;
  place: number;
}

export const makePacket = (): Packet => ({
  link: 0,
  time: null,
  bytes: new Uint8Array(0),
  from: 0,
  to: 0,
  length: 0,
  place: 0,
});

/** A packet may be as large as this (MAXIMUM_SNAPLEN of libpcap); a length beyond it is damage. */
export const LARGEST_PACKET = 262_144;
