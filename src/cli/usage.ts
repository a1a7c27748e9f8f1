/** Wrong use: one line and a hint. 64 (EX_USAGE) unless the input could not be read at all (DESIGN.md 5). */
export class UsageError extends Error {
  readonly hint: string;
  readonly exitCode: number;
  constructor(message: string, hint: string, exitCode = 64) {
    super(message);
    this.hint = hint;
    this.exitCode = exitCode;
  }
}

/** --help was shown: nothing is left to do. */
export class Shown extends Error {}
