import { clear } from '../../../src/engine/diagnosis.ts';
import { sound, spoilt, type Wrong } from '../wrong.ts';

/** The mistake that the whole engine is there to prevent: absence of evidence read as health. */
const wrong: Wrong = {
  entry: spoilt({
    definition: {
      check: (given) => (given.strays!.known ? sound.diagnosis.check(given) : clear),
    },
  }),
  rejectedFor: 'root-not-collected.case: cannot-tell host wants Root.p7b\n  but it is {"is":"clear"}',
};
export default wrong;
