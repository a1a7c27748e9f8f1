import { spelledStore } from '../../windows/stores/names.ts';
import type { AddToStore } from '../change.ts';
import type { PlannedChange } from '../planned.ts';
import { isUnfit } from '../unfit.ts';

/** The file is the administrator's to find; a typo in the store's name would make a new store (domain 8.1). */
export function planAddToStore({ store, subject }: AddToStore): PlannedChange {
  const spelled = spelledStore(store);
  return {
    title: `Add ${subject} to the machine store ${spelled}`,
    commands: isUnfit(spelled) ? [] : [['certutil', '-f', '-addstore', spelled, 'certificate.cer']],
    undo: [],
    notes: [
      `certificate.cer stands for the file that holds ${subject}`,
      `a misspelt store is created without complaint; look afterwards with certutil -store ${spelled}`,
    ],
    refusals: [`the file of ${subject} is not at hand: get it from its authority and add it by hand`],
  };
}
