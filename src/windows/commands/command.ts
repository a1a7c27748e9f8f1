import type { Host } from '../host.ts';

/** What a command did to a host: pure, on half-known hosts too. */
export interface CommandResult {
  readonly host: Host;
  readonly output: string;
  readonly exitCode: number;
}

/** argv without the program's name. */
export type Command = (argv: readonly string[], host: Host) => CommandResult;
