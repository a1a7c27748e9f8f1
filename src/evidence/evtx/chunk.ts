import { Malformed } from '../../base/bytes.ts';
import { latin1Text } from '../../base/text.ts';
import type { XmlElement } from '../xml.ts';
import { BinXml } from './binxml.ts';
import { u32 } from './value.ts';

export const CHUNK = 0x10000;
const FIRST_RECORD = 512;
/** Magic, length, number (8), time written (8). */
const RECORD_HEADER = 24;
const MAGIC = 0x00002a2a;

export interface RecordListener {
  /** `at`: offset in the chunk. */
  record(event: XmlElement, at: number, end: number): void;
  bad(why: string, at: number): void;
}

/** The records of one chunk of 64 KiB; checksums are not looked at. */
export function readChunk(chunk: Uint8Array, listener: RecordListener): void {
  if (chunk.every((byte) => byte === 0)) return;
  if (latin1Text(chunk.subarray(0, 8)) !== 'ElfChnk\0') {
    listener.bad('no chunk of an event log begins here', 0);
    return;
  }
  const xml = new BinXml(chunk);
  const used = chunk.length >= 52 ? u32(chunk, 48) : 0;
  const end = Math.min(chunk.length, used >= FIRST_RECORD && used <= CHUNK ? used : CHUNK);
  for (let at = FIRST_RECORD; at + RECORD_HEADER <= end; ) {
    if (u32(chunk, at) !== MAGIC) return;
    const length = u32(chunk, at + 4);
    if (length < RECORD_HEADER + 4 || at + length > chunk.length) {
      listener.bad('a record is cut off', at);
      return;
    }
    readRecord(xml, at, length, listener);
    at += length;
  }
}

function readRecord(xml: BinXml, at: number, length: number, listener: RecordListener): void {
  try {
    const event = xml.read(at + RECORD_HEADER, at + length - 4).find(({ name }) => name === 'Event');
    if (event) listener.record(event, at, at + length);
    else listener.bad('a record without an event', at);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    listener.bad(error.message, at);
  }
}
