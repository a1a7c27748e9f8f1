import { spelledStore } from '../../windows/stores/names.ts';
import type { RemoveFromStore } from '../change.ts';
import type { PlannedChange } from '../planned.ts';
import { isUnfit } from '../unfit.ts';

/** Finds the certificate by its thumbprint: names and serial numbers may be shared. */
export function planRemoveFromStore({ store, subject, thumbprint }: RemoveFromStore): PlannedChange {
  const spelled = spelledStore(store);
  return {
    title: `Remove ${subject} from the machine store ${spelled}`,
    commands: isUnfit(spelled) || isUnfit(thumbprint) ? [] : [['certutil', '-delstore', spelled, thumbprint]],
    undo: [],
    notes: [
      `save it first: certutil -store ${spelled} ${thumbprint} removed.cer`,
      'if it comes back, a group policy or the enterprise store brings it: remove it there (domain 7.25, 8.2)',
    ],
    refusals: ['a certificate that is removed cannot be put back without its file: remove it by hand'],
  };
}
