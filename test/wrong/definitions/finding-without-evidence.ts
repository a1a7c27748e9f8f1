import { sound, spoilt, type Wrong } from '../wrong.ts';

const wrong: Wrong = {
  entry: spoilt({
    definition: {
      check(given) {
        const outcome = sound.diagnosis.check(given);
        return outcome.is === 'found' ? { ...outcome, because: [] } : outcome;
      },
    },
  }),
  rejectedFor: 'a finding rests on no evidence',
};
export default wrong;
