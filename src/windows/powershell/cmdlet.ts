import type { Argument } from './syntax.ts';
import type { PsValue, World } from './values.ts';

/** A cmdlet as far as the lab knows it. Parameter names in lower case. */
export interface Cmdlet {
  readonly name: string;
  /** Lower case. */
  readonly aliases?: readonly string[];
  /** Parameters that an argument without a name may be for, in order. */
  readonly positional: readonly string[];
  /** Other parameters with a value, and those without. */
  readonly parameters?: readonly string[];
  readonly switches?: readonly string[];
  /** Reads its arguments itself. */
  readonly takesAnything?: true;
  /** What of it has no public sample; shown by `lab facts`. */
  readonly unverified?: string;
  run(call: CmdletCall): PsValue[];
}

export interface CmdletCall {
  readonly parameters: ReadonlyMap<string, PsValue>;
  /** As they stand, for cmdlets that read them themselves. */
  readonly args: readonly Argument[];
  /** What came through the pipeline. */
  readonly input: readonly PsValue[];
  readonly isPiped: boolean;
  readonly world: World;
}
