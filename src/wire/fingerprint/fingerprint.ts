import type { Message } from '../../base/message.ts';
import { type Sign, STACKS, type Stack, signsOf } from './stacks.ts';
import type { Traits } from './traits.ts';

/** Which TLS library a server runs on, as far as its habits tell. */
export interface Fingerprint {
  /** 'openssl' …; null: no known one fits, or more than one does. */
  readonly kind: string | null;
  readonly title: string | null;
  /** likely: four habits or more and none against; possible: three. */
  readonly confidence: 'likely' | 'possible' | 'unknown';
  /** The habits that were seen. */
  readonly because: readonly Message[];
}

const ENOUGH = 3;
const MANY = 4;

/**
 * A name only where all that was seen fits one stack and no other; silence otherwise. Of some stacks few habits are
 * known: one that fits as well yields only to a habit that no other stack has.
 */
export function fingerprint(all: readonly Traits[]): Fingerprint {
  const judged = STACKS.map((stack) => ({
    stack,
    signs: distinct(all.flatMap((one) => signsOf(stack, one))),
  }));
  const fitting = judged.filter(({ signs }) => signs.length >= ENOUGH && signs.every(({ agrees }) => agrees));
  const marked = fitting.filter(({ stack, signs }) =>
    signs.some((sign) => judged.every((one) => one.stack === stack || !agreesOn(sign, one.signs))),
  );
  const [only, another] = fitting.length > 1 ? marked : fitting;
  if (!only || another) return { kind: null, title: null, confidence: 'unknown', because: [] };
  return {
    kind: only.stack.id,
    title: only.stack.title,
    confidence: only.signs.length >= MANY ? 'likely' : 'possible',
    because: only.signs.map((sign) => asMessage(only.stack, sign)),
  };
}

const agreesOn = ({ id, saw }: Sign, signs: readonly Sign[]): boolean =>
  signs.some((one) => one.agrees && one.id === id && one.saw === saw);

/** One habit counts once, however many connections show it; one that varies counts as it was seen each time. */
function distinct(signs: readonly Sign[]): Sign[] {
  const byText = new Map(signs.map((sign) => [`${sign.id}|${sign.agrees}`, sign]));
  return [...byText.values()];
}

const asMessage = ({ title }: Stack, { id, saw }: Sign): Message => ({
  id: `stack-${id}`,
  facts: { stack: title, saw },
});
