import { concat } from '../../../base/bytes.ts';
import type { Recording } from '../../capture/recording.ts';
import { decodeAlert } from '../alert.ts';
import { CONTENT, contentType } from '../registry/content-type.ts';
import type { PassedRecord } from '../session/client/index.ts';
import { annotateData } from './data.ts';
import type { Field } from './field.ts';
import { HandshakeView } from './handshake.ts';
import { readFields } from './read-fields.ts';

/** One message as it went over a connection: a handshake message, an alert, a stretch of data. */
export interface WireMessage {
  readonly direction: 'sent' | 'received';
  /** 'ClientHello', 'alert', 'HTTP/1.1' … */
  readonly title: string;
  /** It went encrypted. */
  readonly isProtected: boolean;
  /** In the clear, without record headers. */
  readonly bytes: Uint8Array;
  readonly fields: readonly Field[];
}

/**
 * What was exchanged, message by message in order, every range named as far as our decoders know it. One at a time: a
 * list of 64 KiB has tens of thousands of ranges.
 */
export function* annotate({ records }: Pick<Recording, 'records'>): Generator<WireMessage> {
  const handshake = new HandshakeView();
  for (const { type, bytes, ...shared } of stretches(records)) {
    if (type !== CONTENT.handshake) yield { ...shared, bytes, ...annotateOther(type, bytes) };
    else for (const message of handshake.read(shared.direction, bytes)) yield { ...shared, ...message };
  }
}

function annotateOther(type: number | null, bytes: Uint8Array): Pick<WireMessage, 'title' | 'fields'> {
  switch (type) {
    case CONTENT.alert:
      return { title: 'alert', fields: readFields(bytes, () => decodeAlert(bytes)) };
    case CONTENT.applicationData:
      return annotateData(bytes);
    case null:
      return { title: 'a record that does not open', fields: [] };
    default:
      return { title: contentType.name(type), fields: [] };
  }
}

interface Stretch {
  readonly direction: 'sent' | 'received';
  /** Content type; null: it could not be opened. */
  readonly type: number | null;
  readonly isProtected: boolean;
  readonly bytes: Uint8Array;
}

/** Records one after the other with the same kind of content, joined: messages span them. */
function stretches(records: readonly PassedRecord[]): Stretch[] {
  const runs: PassedRecord[][] = [];
  for (const record of records) {
    const last = runs.at(-1)?.[0];
    if (last && belongTogether(last, record)) runs.at(-1)!.push(record);
    else runs.push([record]);
  }
  return runs.map((run) => ({
    direction: run[0]!.direction,
    type: run[0]!.content?.type ?? null,
    isProtected: isProtected(run[0]!),
    bytes: concat(run.map(({ bytes, content }) => content?.fragment ?? bytes)),
  }));
}

const belongTogether = (a: PassedRecord, b: PassedRecord): boolean =>
  a.content !== null &&
  a.direction === b.direction &&
  a.content.type === b.content?.type &&
  a.content.type !== CONTENT.alert &&
  isProtected(a) === isProtected(b);

const HEADER_LENGTH = 5;

/** Protection changes the content's type or adds to its length. */
const isProtected = ({ bytes, content }: PassedRecord): boolean =>
  content === null || bytes[0] !== content.type || bytes.length !== HEADER_LENGTH + content.fragment.length;
