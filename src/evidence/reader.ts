import type { Decipher } from '../base/decipher.ts';
import type { Note } from '../base/locus.ts';
import type { Digest } from '../base/ports.ts';
import type { KeyLog } from '../wire/tls/passive/key-log.ts';
import type { Claim } from './claims.ts';

/** What a reader is given: where it reads from, and where its findings go. */
export interface ReadContext {
  readonly source: string;
  /** When the source was taken, milliseconds since 1970 UTC, if known. */
  readonly takenAt?: number;
  readonly digest: Digest;
  /**
   * Secrets of recorded TLS, shared by all sources that are read together: key logs put theirs in, captures take them
   * out. They are no claims, so that no picture and no report can hold them. Whoever reads many sources reads the key
   * logs first (app/examine.ts).
   */
  readonly secrets?: KeyLog;
  /** Absent where the platform cannot decipher synchronously (base/decipher.ts). */
  readonly decipher?: Decipher;
  claim(claim: Claim): void;
  note(note: Note): void;
}

/** A synchronous push machine: bytes in by chunks of any size, claims out. Never throws on any input. */
export interface OpenReader {
  push(chunk: Uint8Array): void;
  end(): void;
}

export interface EvidenceReader {
  /** Folder name: 'netsh-sslcert'. */
  readonly kind: string;
  /** 'output of netsh http show sslcert'. */
  readonly title: string;
  /** How sure the first bytes (up to 64 KiB) make it; never two readers 'certain' of one input. */
  sniff(head: Uint8Array, name: string): 'certain' | 'likely' | 'no';
  open(context: ReadContext): OpenReader;
}
