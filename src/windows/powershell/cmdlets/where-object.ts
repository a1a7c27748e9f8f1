import type { Cmdlet, CmdletCall } from '../cmdlet.ts';
import { evaluate, operate, runBlock } from '../evaluate.ts';
import { isBlock, isTrue, PsError, type PsValue, property, textOf } from '../values.ts';

/** `Where-Object { … }` and `Where-Object Property -operator Value`. */
const whereObject: Cmdlet = {
  name: 'Where-Object',
  aliases: ['where', '?'],
  positional: [],
  takesAnything: true,
  run(call) {
    const test = testOf(call);
    return call.input.filter(test);
  },
};
export default whereObject;

function testOf({ args, world }: CmdletCall): (item: PsValue) => boolean {
  const values = args.flatMap((one) => (one.value ? [evaluate(one.value, world)] : []));
  const block = values.find(isBlock);
  if (block)
    return (item) => {
      const out = runBlock(block, item, world);
      return isTrue(out.length === 1 ? out[0]! : out);
    };
  const names = args.flatMap((one) => (one.is === 'parameter' ? [one.name] : []));
  const operator = names.find((name) => name !== 'property' && name !== 'value');
  const [name, value = null] = values;
  if (name === undefined) throw new PsError('A condition is missing.');
  if (operator === undefined) return (item) => isTrue(property(item, textOf(name)));
  if (operator === 'not') return (item) => !isTrue(property(item, textOf(name)));
  return (item) => isTrue(operate(operator, property(item, textOf(name)), value));
}
