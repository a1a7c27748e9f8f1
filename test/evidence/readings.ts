import { readers } from '../../src/evidence/index.ts';
import { openReading, type Reading } from '../../src/evidence/read.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';

/** Reads a source from memory with every reader. */
export function read(name: string, content: string | Uint8Array, takenAt?: number): Reading {
  const reading = openReading({ name, ...(takenAt === undefined ? {} : { takenAt }) }, readers, nodeCrypto);
  reading.push(typeof content === 'string' ? Buffer.from(content) : content);
  return reading.end();
}
