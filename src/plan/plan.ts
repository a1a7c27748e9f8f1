import type { Change } from '../changes/change.ts';
import type { PlannedChange } from '../changes/index.ts';
import type { BindingKey } from '../windows/http-sys/binding.ts';
import type { FindingRef, Foreseen } from './forecast.ts';

/** What to do, in order, and what the model says of the host afterwards. */
export interface Plan {
  readonly steps: readonly PlannedStep[];
  readonly foreseen: Foreseen;
  /** Two findings that want different values for the same thing; neither is changed. */
  readonly conflicts: readonly string[];
  /** Why the plan may not be applied automatically; empty when it may. */
  readonly refusals: readonly string[];
}

/** One change on one host. Printed and undone by its command lines. */
export interface PlannedStep extends PlannedChange {
  readonly target: { readonly host: string; readonly key?: BindingKey };
  readonly change: Change;
  /** The findings that ask for it. */
  readonly for: readonly FindingRef[];
}
