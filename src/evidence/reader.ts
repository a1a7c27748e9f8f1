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

/** 'perhaps': taken only where nobody else is surer. */
export type Sureness = 'certain' | 'likely' | 'perhaps' | 'no';

export interface EvidenceReader {
  /** Folder name: 'netsh-sslcert'. */
  readonly kind: string;
  /** 'output of netsh http show sslcert'. */
  readonly title: string;
  /** How sure the first bytes (up to 64 KiB) make it; never two readers 'certain' of one sample. */
  sniff(head: Uint8Array, name: string): Sureness;
  /** Asked only where nobody else is certain. */
  readonly isLastResort?: boolean;
  /**
   * What shows lines of its own in a text that holds other things, too: a ticket, a mail, a terminal (flag `m`; cheap,
   * for it sees megabytes). Such a text is read by every reader that finds something. Absent: it is a file of its own.
   */
  readonly among?: Pick<RegExp, 'test'>;
  /** A file of its own in spite of `among`: nothing else is looked for in it, and it is read as it streams. */
  isAlone?(head: string): boolean;
  open(context: ReadContext): OpenReader;
}
