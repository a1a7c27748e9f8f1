import type { Host } from '../windows/host.ts';
import type { Change } from './change.ts';
import { planSetBinding } from './http-sys/set-binding.ts';
import type { PlannedChange } from './planned.ts';
import { planSetSchannel } from './schannel/set.ts';
import { planAddToStore } from './stores/add.ts';
import { planRemoveFromStore } from './stores/remove.ts';

export type { PlannedChange } from './planned.ts';

/** The command lines of a change on a host, and those that undo it. Never throws for what is unknown: it refuses. */
export function planChange(change: Change, host: Host): PlannedChange {
  switch (change.kind) {
    case 'http-sys/set-binding':
      return planSetBinding(change, host);
    case 'stores/add':
      return planAddToStore(change);
    case 'stores/remove':
      return planRemoveFromStore(change);
    case 'schannel/set':
      return planSetSchannel(change, host);
  }
}
