import { sound, spoilt, type Wrong } from '../wrong.ts';

const wrong: Wrong = {
  entry: spoilt({ cases: sound.cases.filter(({ file }) => !/only-roots|lists-roots|finds-none/.test(file)) }),
  rejectedFor: 'no case proves clear',
};
export default wrong;
