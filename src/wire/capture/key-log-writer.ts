import { toHex } from '../../base/bytes.ts';
import type { Recording } from './recording.ts';

/** The secrets of all connections as Wireshark reads them: label, client random, secret, a line each. */
export const writeKeyLog = (recordings: readonly Recording[]): string =>
  recordings
    .flatMap(({ secrets }) => secrets)
    .map(({ label, clientRandom, secret }) => `${label} ${toHex(clientRandom)} ${toHex(secret)}\n`)
    .join('');
