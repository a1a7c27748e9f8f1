import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { replaceFile } from './files.ts';
import { type Issued, keyPem } from './issue.ts';

/** The lab's own private keys, one file a certificate, readable by their owner alone. */

export function keyFile(folder: string, thumbprint: string): string {
  return path.join(folder, 'keys', `${thumbprint}.pem`);
}

export async function writeKey(folder: string, { thumbprint, key }: Issued): Promise<void> {
  await replaceFile(keyFile(folder, thumbprint), keyPem(key), 0o600);
}

/** PEM, or null when the lab holds no key of that certificate. */
export async function readKey(folder: string, thumbprint: string): Promise<string | null> {
  try {
    return await readFile(keyFile(folder, thumbprint), 'latin1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
