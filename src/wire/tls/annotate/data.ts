import { Malformed, Reader } from '../../../base/bytes.ts';
import { latin1Text } from '../../../base/text.ts';
import type { Field } from './field.ts';
import { readFields } from './read-fields.ts';

interface Data {
  readonly title: string;
  readonly fields: readonly Field[];
}

/** Application data, as far as it is HTTP. */
export function annotateData(bytes: Uint8Array): Data {
  const start = latin1Text(bytes.subarray(0, PREFACE.length));
  if (start === PREFACE) return { title: 'HTTP/2', fields: http2Fields(bytes, PREFACE.length) };
  if (/^(?:[A-Z]{3,10} \S|HTTP\/1)/.test(start)) return { title: 'HTTP/1.1', fields: http1Fields(bytes) };
  if (looksLikeFrame(bytes)) return { title: 'HTTP/2', fields: http2Fields(bytes, 0) };
  return { title: 'application data', fields: [] };
}

/** RFC 9113 3.4. */
const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

/** The lines of the head, and the body as one. */
function http1Fields(bytes: Uint8Array): Field[] {
  const text = latin1Text(bytes);
  const head = /\r?\n\r?\n/.exec(text);
  const end = head ? head.index : text.length;
  const lines = [...text.slice(0, end).matchAll(/[^\r\n]+/g)].map((line, i) => ({
    name: i === 0 ? 'start line' : 'field line',
    at: line.index,
    length: line[0].length,
    value: line[0],
    parts: [],
  }));
  const from = head ? head.index + head[0].length : text.length;
  if (from >= bytes.length) return lines;
  const length = bytes.length - from;
  return [...lines, { name: 'body', at: from, length, value: `${length} bytes`, parts: [] }];
}

const FRAMES = [
  ...['DATA', 'HEADERS', 'PRIORITY', 'RST_STREAM', 'SETTINGS', 'PUSH_PROMISE', 'PING'],
  ...['GOAWAY', 'WINDOW_UPDATE', 'CONTINUATION'],
];

/** A known type, and a length that the default limit of a frame allows (RFC 9113 4.2). */
const looksLikeFrame = (bytes: Uint8Array): boolean =>
  bytes.length >= 9 &&
  (bytes[0]! << 16) + (bytes[1]! << 8) + bytes[2]! <= 2 ** 14 &&
  bytes[3]! < FRAMES.length;

/** RFC 9113 4.1. */
function http2Fields(bytes: Uint8Array, from: number): Field[] {
  const fields: Field[] =
    from > 0 ? [{ name: 'connection preface', at: 0, length: from, value: null, parts: [] }] : [];
  for (let at = from; at < bytes.length; ) {
    const frame = frameAt(bytes, at);
    fields.push(frame);
    at += frame.length;
  }
  return fields;
}

function frameAt(bytes: Uint8Array, at: number): Field {
  const frame = bytes.subarray(at, Math.min(bytes.length, at + 9 + lengthAt(bytes, at)));
  const name = FRAMES[frame[3] ?? 255] ?? 'frame';
  const parts = readFields(frame, () => {
    const reader = new Reader(frame);
    reader.u24('frame length');
    reader.u8('type');
    reader.u8('flags');
    reader.u32('stream');
    if (reader.left > 0) reader.take(reader.left, 'payload');
    if (reader.left > 0) throw new Malformed(name, 0, 'left over');
  });
  return {
    name,
    at,
    length: frame.length,
    value: null,
    parts: parts.map((part) => ({ ...part, at: part.at + at })),
  };
}

const lengthAt = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] ?? 0) << 16) + ((bytes[at + 1] ?? 0) << 8) + (bytes[at + 2] ?? 0);
