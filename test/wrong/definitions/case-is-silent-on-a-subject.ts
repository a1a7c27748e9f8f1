import { sound, spoilt, type Wrong } from '../wrong.ts';

const wrong: Wrong = {
  entry: spoilt({ cases: sound.cases.map((one) => ({ ...one, expect: [] })) }),
  rejectedFor: 'nothing is expected of host',
};
export default wrong;
