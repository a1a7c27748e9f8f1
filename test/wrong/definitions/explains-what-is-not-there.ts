import { spoilt, type Wrong } from '../wrong.ts';

const wrong: Wrong = {
  entry: spoilt({ definition: { explains: ['no-such-diagnosis'] } }),
  rejectedFor: 'it explains what does not exist: no-such-diagnosis',
};
export default wrong;
