import { readFileSync } from 'node:fs';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { type IdentityFile, readIdentityFile } from '../../src/wire/identity/identity-file.ts';
import { printName } from '../../src/wire/x509/name.ts';

/** A file of fixtures/, see its README. */
export function fixture(name: string): Uint8Array {
  return Buffer.from(readFileSync(new URL(`fixtures/${name}.b64`, import.meta.url), 'ascii'), 'base64');
}

export function read(bytes: Uint8Array | string, password?: string): Promise<IdentityFile> {
  const given = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
  return readIdentityFile(given, { crypto: nodeCrypto, ...(password === undefined ? {} : { password }) });
}

/** What a test looks at: subjects in order, and how many keys. */
export function summary(file: IdentityFile): { subjects: string[]; keys: number; problem: string | null } {
  return {
    subjects: file.certificates.map((one) => printName(one.subject)),
    keys: file.keys.length,
    problem: file.problem ?? null,
  };
}

export const CLIENT = 'CN=Fixture Client, O=Fixture';
export const ROOT = 'CN=Fixture Root, O=Fixture';
export const SECOND = 'CN=Fixture Second, O=Fixture';
