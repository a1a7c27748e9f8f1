import type { MessageCode } from '../program-claims.ts';

/** A sentence or code by which a program speaks of a certificate logon, and what it says by it. */
export interface Phrase {
  readonly code: MessageCode;
  /** Who says it, where the line does not tell its speaker (speaker.ts). */
  readonly program?: string;
  /** Which end says it; a line of a speaker of the other end does not count. */
  readonly side?: 'client' | 'server';
  /**
   * Tested on a line whose runs of blanks are one. Flag `i`. Groups named host, port and path tell the place, others
   * are facts (digits become a number).
   */
  readonly says: RegExp;
  /** What rules it out in the same line. */
  readonly unless?: RegExp;
  /** The line right above, below which it means nothing. */
  readonly notBelow?: RegExp;
  /** What the phrase itself tells. */
  readonly facts?: Readonly<Record<string, string | number>>;
  /** A line that has it, of our own making: the test of the table reads each. */
  readonly example: string;
}
