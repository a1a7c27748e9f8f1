import { Unanswered } from '../../../base/known.ts';
import type { Cmdlet } from '../cmdlet.ts';

/** `Get-Date`: the host's clock, in UTC. */
const getDate: Cmdlet = {
  name: 'Get-Date',
  positional: [],
  run({ world }) {
    if (world.context.now === undefined) throw new Unanswered('the time on the host');
    return [{ is: 'date', at: world.context.now }];
  },
};
export default getDate;
