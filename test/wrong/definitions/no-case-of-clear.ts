import { sound, spoilt, type Wrong } from '../wrong.ts';

const wrong: Wrong = {
  entry: spoilt({ cases: sound.cases.filter(({ file }) => file !== 'only-roots.case') }),
  rejectedFor: 'no case proves clear',
};
export default wrong;
