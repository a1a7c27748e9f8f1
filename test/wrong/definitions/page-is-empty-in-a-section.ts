import { sound, spoilt, type Wrong } from '../wrong.ts';

const wrong: Wrong = {
  entry: spoilt({ page: sound.page.replace(/(## Why\n).*?(?=## How to confirm)/s, '$1\n') }),
  rejectedFor: 'its page says nothing under Why',
};
export default wrong;
