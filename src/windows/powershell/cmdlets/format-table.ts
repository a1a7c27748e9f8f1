import type { Cmdlet } from '../cmdlet.ts';
import { chosenNames, table } from '../format.ts';
import { isObject, listOf, textOf } from '../values.ts';

/** `Format-Table [-Property] A,B [-AutoSize]`. */
const formatTable: Cmdlet = {
  name: 'Format-Table',
  aliases: ['ft'],
  positional: ['property'],
  switches: ['autosize', 'wrap', 'hidetableheaders'],
  run({ parameters, input, world }) {
    const given = listOf(parameters.get('property') ?? null).map((one) => textOf(one));
    const [first] = input.filter(isObject);
    if (!first) return [...input];
    if (given.length === 0 && first.view !== 'list') return [...input];
    const names = chosenNames(first, given.length > 0 ? given : ['*']);
    return table(input, names, world.context);
  },
};
export default formatTable;
