import { spoilt, type Wrong } from '../wrong.ts';

const wrong: Wrong = { entry: spoilt({ definition: { cites: [] } }), rejectedFor: 'it cites nothing' };
export default wrong;
