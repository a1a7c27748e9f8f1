import { spoilt, type Wrong } from '../wrong.ts';

const wrong: Wrong = {
  entry: spoilt({ definition: { sentence: 'Root holds {number} strangers.' } }),
  rejectedFor: 'its sentence names {number}, which a finding lacks',
};
export default wrong;
