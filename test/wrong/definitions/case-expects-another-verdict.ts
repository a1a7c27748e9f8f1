import { sound, spoilt, type Wrong } from '../wrong.ts';

const wrong: Wrong = {
  entry: spoilt({
    cases: sound.cases.map((one) => ({
      ...one,
      expect: one.expect.map((each) =>
        each.outcome === 'found' ? { ...each, because: ['Root.p7b:99'] } : each,
      ),
    })),
  }),
  rejectedFor: 'it does not rest on Root.p7b:99',
};
export default wrong;
