/** Where a piece of evidence stands: a source and a line or a byte range in it, or the wire. */
export interface Locus {
  /** File name, 'wire' for a probe, or a command that was run. */
  readonly source: string;
  /** 1-based line. */
  readonly line?: number;
  /** 0-based byte, and the byte after the last. */
  readonly byte?: number;
  readonly byteEnd?: number;
  /** The line itself, or what the bytes say; unescaped. */
  readonly text?: string;
}

/** 'netsh.txt:12', 'capture.pcap@0x1f40', or the bare source. */
export function printLocus(at: Locus): string {
  if (at.line !== undefined) return `${at.source}:${at.line}`;
  if (at.byte !== undefined) return `${at.source}@0x${at.byte.toString(16)}`;
  return at.source;
}

/** A bad piece of input, noted by a reader; the rest of the input is still used. */
export interface Note {
  readonly at: Locus;
  /** What was seen, and what to do. */
  readonly message: string;
}
