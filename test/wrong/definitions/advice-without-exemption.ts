import { sound, type Wrong } from '../wrong.ts';

const wrong: Wrong = { entry: sound, rejectedFor: 'only gives advice, which no forecast judges' };
export default wrong;
