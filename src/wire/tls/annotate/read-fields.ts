import { Malformed, readAloud } from '../../../base/bytes.ts';
import type { Field } from './field.ts';
import { LENGTH, meaningOf } from './values.ts';

/** A part as a decoder named it. */
interface Part {
  readonly name: string;
  readonly at: number;
  readonly length: number;
  readonly view: Uint8Array;
}

/** Names that a reader gives to what nobody named. */
const UNNAMED: ReadonlySet<string> = new Set(['bytes', 'u8', 'u16', 'u24', 'u32']);

/**
 * What a decoder finds in a message, range by range. What it refuses is named as far as it came, and the refusal
 * stands at the end.
 */
export function readFields(message: Uint8Array, decode: () => unknown): Field[] {
  const parts: Part[] = [];
  let refusal: Malformed | null = null;
  const listen = (name: string, view: Uint8Array, isBlock: boolean): void => {
    const at = placeOf(view, message);
    if (at === null) return;
    if (isBlock) nameLength(parts, name, at);
    if (view.length > 0 && !UNNAMED.has(name)) parts.push({ name, at, length: view.length, view });
  };
  try {
    readAloud(listen, decode);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    refusal = error;
  }
  const fields = nest(parts);
  return refusal ? [...fields, refused(refusal, message)] : fields;
}

/** Where a view lies in the message; null when it is of other bytes, copied. */
function placeOf(view: Uint8Array, message: Uint8Array): number | null {
  const at = view.byteOffset - message.byteOffset;
  const isInside = view.buffer === message.buffer && at >= 0 && at + view.length <= message.length;
  return isInside ? at : null;
}

/** What was read under a block's name right before it is the block's length. */
function nameLength(parts: Part[], name: string, at: number): void {
  const last = parts.at(-1);
  if (last?.name === name && last.at + last.length === at)
    parts[parts.length - 1] = { ...last, name: name + LENGTH };
}

/** Ranges within ranges. Extensions are read twice, first as bytes and then by their own reader: the later is inside. */
function nest(parts: readonly Part[]): Field[] {
  const inOrder = parts
    .map((part, order) => ({ part, order }))
    .sort((a, b) => a.part.at - b.part.at || b.part.length - a.part.length || a.order - b.order)
    .map(({ part }) => part);
  let next = 0;
  const within = (end: number): Field[] => {
    const fields: Field[] = [];
    for (let part = inOrder[next]; part && part.at + part.length <= end; part = inOrder[next]) {
      next++;
      const inner = within(part.at + part.length);
      // A block of one thing and that thing are one.
      const only = inner.length === 1 && inner[0]!.length === part.length ? inner[0]! : null;
      const { name, at, length, view } = part;
      fields.push(
        only && only.name === name
          ? only
          : { name, at, length, value: inner.length > 0 ? null : meaningOf(name, view), parts: inner },
      );
    }
    return fields;
  };
  return within(Number.POSITIVE_INFINITY);
}

const refused = ({ message: why, at }: Malformed, { length }: Uint8Array): Field => ({
  name: 'malformed',
  at: Math.min(at, length),
  length: 0,
  value: why,
  parts: [],
});
