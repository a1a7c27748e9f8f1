import type { Cmdlet } from '../cmdlet.ts';
import { object } from '../values.ts';

/** `Measure-Object`: how many there are; the other figures of it are empty here. */
const measureObject: Cmdlet = {
  name: 'Measure-Object',
  aliases: ['measure'],
  positional: ['property'],
  switches: ['line'],
  run: ({ input }) => [
    object('list', {
      Count: input.length,
      Average: null,
      Sum: null,
      Maximum: null,
      Minimum: null,
      Property: null,
    }),
  ],
};
export default measureObject;
