import { toHex } from '../../base/bytes.ts';
import type { WireMessage } from '../../wire/tls/annotate/annotate.ts';
import type { Field } from '../../wire/tls/annotate/field.ts';
import { escapeTerminal as clean } from '../escape.ts';
import { plainStyle, type Style } from './style.ts';

/** A connection, and what went over it. */
export interface WireView {
  /** '127.0.0.1 port 40312 to 192.0.2.1 port 443'. */
  readonly title: string;
  readonly messages: Iterable<WireMessage>;
}

/** Bytes shown of a range that has no parts. */
const SHOWN = 16;

/**
 * All messages byte by byte: offset, bytes, name, meaning. Offsets count from the start of each message. A piece for
 * each line: there may be a hundred thousand.
 */
export function* renderWire(views: Iterable<WireView>, style: Style = plainStyle): Generator<string> {
  let before = '';
  for (const { title, messages } of views) {
    yield `${before}${style.bold(clean(title))}\n`;
    for (const message of messages) for (const line of messageLines(message, style)) yield `${line}\n`;
    before = '\n';
  }
}

function* messageLines(message: WireMessage, style: Style): Generator<string> {
  const { direction, title, isProtected, bytes } = message;
  const arrow = direction === 'sent' ? '→' : '←';
  const how = isProtected ? 'encrypted' : 'in the clear';
  const head = `${arrow} ${style.bold(clean(title))} ${style.dim(`${bytes.length} bytes, ${how}`)}`;
  yield '';
  yield head;
  yield* fieldLines(message.fields, bytes, 1, style);
  yield* nameless(message, style);
}

/** A message of which no field is known is shown by its bytes alone. */
const nameless = ({ fields, bytes }: WireMessage, style: Style): string[] =>
  fields.length > 0 || bytes.length === 0 ? [] : [line(0, preview(bytes), '', style)];

function* fieldLines(
  fields: readonly Field[],
  bytes: Uint8Array,
  depth: number,
  style: Style,
): Generator<string> {
  for (const field of fields) {
    const view = bytes.subarray(field.at, field.at + field.length);
    const shown = field.parts.length > 0 ? '' : preview(view);
    const value = field.value === null ? '' : `: ${clean(field.value)}`;
    const text = `${'  '.repeat(depth - 1)}${clean(field.name)}${value}`;
    yield line(field.at, shown, text, style);
    yield* fieldLines(field.parts, bytes, depth + 1, style);
  }
}

const BYTES_WIDTH = 3 * SHOWN + 1;

const line = (at: number, shown: string, text: string, style: Style): string =>
  `  ${style.dim(at.toString(16).padStart(4, '0'))}  ${shown.padEnd(BYTES_WIDTH)} ${text}`.trimEnd();

function preview(bytes: Uint8Array): string {
  const hex = toHex(bytes.subarray(0, SHOWN)).replace(/..(?!$)/g, '$& ');
  return bytes.length > SHOWN ? `${hex} …` : hex;
}
