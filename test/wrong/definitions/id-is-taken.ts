import { sound, spoilt, type Wrong } from '../wrong.ts';

const entry = spoilt({ definition: { title: 'Another of the same name' } });
const wrong: Wrong = {
  entry,
  all: [sound.diagnosis, entry.diagnosis],
  rejectedFor: 'the id root-store-not-self-signed is taken',
};
export default wrong;
