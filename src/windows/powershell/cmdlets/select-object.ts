import type { Cmdlet } from '../cmdlet.ts';
import { chosenNames } from '../format.ts';
import { isObject, listOf, object, property, textOf } from '../values.ts';

/** `Select-Object [-Property] A,B [-First N] [-Last N] [-ExpandProperty A] [-Unique]`. */
const selectObject: Cmdlet = {
  name: 'Select-Object',
  aliases: ['select'],
  positional: ['property'],
  parameters: ['first', 'last', 'skip', 'expandproperty'],
  switches: ['unique'],
  run({ parameters, input }) {
    const from = Number(parameters.get('skip') ?? 0);
    const rest = input.slice(from);
    const first = parameters.get('first');
    const last = parameters.get('last');
    const some =
      first !== undefined
        ? rest.slice(0, Number(first))
        : last !== undefined
          ? rest.slice(-Number(last))
          : rest;
    const expand = parameters.get('expandproperty');
    if (expand !== undefined) return some.flatMap((one) => [...listOf(property(one, textOf(expand)))]);
    const names = listOf(parameters.get('property') ?? null).map((one) => textOf(one));
    if (names.length === 0) return some;
    return some.map((one) => {
      const chosen = isObject(one) ? chosenNames(one, names) : names;
      return object('list', Object.fromEntries(chosen.map((name) => [name, property(one, name)])));
    });
  },
};
export default selectObject;
