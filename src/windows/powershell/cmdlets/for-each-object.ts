import type { Cmdlet } from '../cmdlet.ts';
import { evaluate, runBlock } from '../evaluate.ts';
import { isBlock, PsError, property, textOf } from '../values.ts';

/** `ForEach-Object { … }` and `ForEach-Object Property`. */
const forEachObject: Cmdlet = {
  name: 'ForEach-Object',
  aliases: ['foreach', '%'],
  positional: [],
  takesAnything: true,
  run({ args, input, world }) {
    const [given] = args.flatMap((one) => (one.value ? [evaluate(one.value, world)] : []));
    if (given === undefined) throw new PsError('A block is missing.');
    if (isBlock(given)) return input.flatMap((item) => runBlock(given, item, world));
    return input.map((item) => property(item, textOf(given)));
  },
};
export default forEachObject;
