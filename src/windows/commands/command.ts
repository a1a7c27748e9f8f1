import type { Host } from '../host.ts';

/** What a command did to a host: pure, on half-known hosts too. */
export interface CommandResult {
  readonly host: Host;
  /** stdout and stderr as one text, CRLF. */
  readonly output: string;
  readonly exitCode: number;
}

/**
 * argv without the program's name. Throws Unanswered where already the outcome hangs on something unknown (the
 * record to change was never listed); unknown leaves beside it stay unknown.
 */
export type Command = (argv: readonly string[], host: Host) => CommandResult;
