import { spoilt, type Wrong } from '../wrong.ts';

const wrong: Wrong = {
  entry: spoilt({
    definition: {
      check() {
        throw new TypeError('no such property');
      },
    },
  }),
  rejectedFor: 'it broke: no such property',
};
export default wrong;
