import type { Cmdlet } from '../cmdlet.ts';
import { operate } from '../evaluate.ts';
import { listOf, property, textOf } from '../values.ts';

/** `Sort-Object [-Property] A [-Descending]`. */
const sortObject: Cmdlet = {
  name: 'Sort-Object',
  aliases: ['sort'],
  positional: ['property'],
  switches: ['descending', 'unique'],
  run({ parameters, input }) {
    const [name] = listOf(parameters.get('property') ?? null).map((one) => textOf(one));
    const keyed = input.map((one) => ({ one, key: name === undefined ? one : property(one, name) }));
    const sorted = keyed.toSorted((a, b) =>
      operate('lt', a.key, b.key) ? -1 : operate('gt', a.key, b.key) ? 1 : 0,
    );
    const all = sorted.map(({ one }) => one);
    return parameters.get('descending') === true ? all.toReversed() : all;
  },
};
export default sortObject;
