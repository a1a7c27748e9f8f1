import type { ProbeAnswer, ProbeEnd } from '../probe-types.ts';

/** One request, and what is asked for. */
export interface Question {
  readonly method: string;
  readonly path: string;
  /** Bytes of body to send. */
  readonly bodyLength: number;
  /** Wait for "100 Continue" before the body (RFC 9110 10.1.1). */
  readonly expectContinue: boolean;
}

/** Whom the requests go to. */
export interface Authority {
  /** Host header or :authority. */
  readonly host: string;
  readonly questions: readonly [Question, ...Question[]];
}

/** What is said once TLS stands. It has no socket: the probe carries its bytes both ways. */
export interface Exchange {
  /** The path being asked for. */
  readonly path: string;
  /** Set when there is nothing more to say or to hear. */
  readonly end: ProbeEnd | null;
  readonly answers: readonly ProbeAnswer[];
  /** What is to be sent next, in pieces of at most some 64 KiB; empty: nothing now. */
  takeOutput(now: number): Uint8Array;
  /** Whether takeOutput would give more. */
  hasOutput(now: number): boolean;
  /** When to ask for output again though nothing came; Infinity: never. */
  readonly wakesAt: number;
  /** Resolves when output came up by itself. */
  stirred?(): Promise<void>;
  receive(bytes: Uint8Array): void;
  /** The peer will send nothing more; `end` may be set by that. */
  peerEnded(): void;
  /** Lets go of what it holds. */
  destroy?(): void;
}

/** How long a server may take to say "100 Continue", in milliseconds; it need not say it (RFC 9110 10.1.1). */
export const CONTINUE_PATIENCE = 1000;

/** What a body is sent in. */
export const PIECE = 64 * 1024;
export const MAX_BODY = 64 * 1024;

/** A body of no meaning, from a place on. */
export const bodyPiece = (left: number): Uint8Array => new Uint8Array(Math.min(left, PIECE)).fill(0x78);

export const cutNote = "only the first 64 KiB of the answer's body were read";
