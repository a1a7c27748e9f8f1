import { spoilt, type Wrong } from '../wrong.ts';

const wrong: Wrong = {
  entry: spoilt({ definition: { id: 'root-store-polluted' } }),
  rejectedFor: 'the id root-store-polluted is not the name of its folder root-store-not-self-signed',
};
export default wrong;
