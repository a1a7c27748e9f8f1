import { asciiBytes, concat } from '../../base/bytes.ts';
import { writeKeyLog } from './key-log-writer.ts';
import type { Recording } from './recording.ts';
import { type Frame, tcpFrames } from './tcp-frames.ts';

/** Block types, and the type of secrets that a key log is (draft-ietf-opsawg-pcapng 4). */
const BLOCK = { section: 0x0a0d0d0a, interface: 1, secrets: 10, packet: 6 } as const;
const TLS_KEY_LOG = 0x544c534b;
const ETHERNET = 1;

export interface CaptureOptions {
  /** Put the secrets into the file, which then opens decrypted. */
  readonly withSecrets?: boolean;
}

/** The connections as a pcapng file, their frames in the order of time. */
export function writeCapture(recordings: readonly Recording[], options: CaptureOptions = {}): Uint8Array {
  const frames = recordings.flatMap(tcpFrames).sort((a, b) => a.at - b.at);
  return concat([
    block(BLOCK.section, little([4, 0x1a2b3c4d], [2, 1], [2, 0], [4, 0xffffffff], [4, 0xffffffff])),
    block(BLOCK.interface, little([2, ETHERNET], [2, 0], [4, 0])),
    ...(options.withSecrets ? [secretsBlock(recordings)] : []),
    ...frames.map(packetBlock),
  ]);
}

function secretsBlock(recordings: readonly Recording[]): Uint8Array {
  const lines = asciiBytes(writeKeyLog(recordings));
  return block(BLOCK.secrets, concat([little([4, TLS_KEY_LOG], [4, lines.length]), lines]));
}

/** Microseconds, in two halves. */
function packetBlock({ at, bytes }: Frame): Uint8Array {
  const microseconds = Math.round(at * 1000);
  const head = little(
    [4, 0],
    [4, Math.floor(microseconds / 2 ** 32)],
    [4, microseconds % 2 ** 32],
    [4, bytes.length],
    [4, bytes.length],
  );
  return block(BLOCK.packet, concat([head, bytes]));
}

/** Padded to whole words, its length before and behind. */
function block(type: number, body: Uint8Array): Uint8Array {
  const padding = new Uint8Array((4 - (body.length % 4)) % 4);
  const length = little([4, body.length + padding.length + 12]);
  return concat([little([4, type]), length, body, padding, length]);
}

/** Numbers of so many bytes, least significant byte first. */
const little = (...fields: readonly (readonly [size: 2 | 4, value: number])[]): Uint8Array =>
  Uint8Array.from(
    fields.flatMap(([size, value]) => Array.from({ length: size }, (_, i) => (value >>> (8 * i)) & 255)),
  );
