import { sound, spoilt, type Wrong } from '../wrong.ts';

const wrong: Wrong = {
  entry: spoilt({ cases: sound.cases.filter(({ file }) => file !== 'root-not-collected.case') }),
  rejectedFor: 'no case proves cannot-tell',
};
export default wrong;
