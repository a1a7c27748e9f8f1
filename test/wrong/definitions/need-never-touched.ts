import { expectedIssuers } from '../../../src/facts/issuers.ts';
import { sound, spoilt, type Wrong } from '../wrong.ts';

const wrong: Wrong = {
  entry: spoilt({ definition: { needs: { ...sound.diagnosis.needs, issuers: expectedIssuers } } }),
  rejectedFor: 'no case touches the need issuers',
};
export default wrong;
