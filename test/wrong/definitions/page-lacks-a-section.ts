import { sound, spoilt, type Wrong } from '../wrong.ts';

const wrong: Wrong = {
  entry: spoilt({ page: sound.page.replace('## How to confirm', '### How to confirm') }),
  rejectedFor: 'its page has the sections What you see, Why, How to fix',
};
export default wrong;
