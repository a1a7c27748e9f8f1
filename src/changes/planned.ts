/** A change as command lines: argv each, argv[0] the program. Nothing is applied while `refusals` has an entry. */
export interface PlannedChange {
  /** What is done, in the imperative: 'Set Ctl Store Name to ClientAuthIssuer on ipport=0.0.0.0:443'. */
  readonly title: string;
  readonly commands: readonly (readonly string[])[];
  /** The lines that put everything back as it was read. */
  readonly undo: readonly (readonly string[])[];
  /** What to know before: gaps, restarts, fields at risk. */
  readonly notes: readonly string[];
  /** Why it must not be applied automatically. */
  readonly refusals: readonly string[];
}
