import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { openNames } from '../codes/names.ts';
import { nodeCrypto } from '../platform/crypto.ts';
import type { CommandContext } from '../windows/commands/command.ts';
import { verifies } from './client-chain.ts';
import { keyFile } from './keys.ts';
import { PKI_FILES, readPki } from './pki.ts';

/** What commands that are typed to the lab find around them: files, keys, cryptography, a clock. */

export interface Surroundings {
  /** Where relative file names lead. */
  readonly cwd?: string;
  readonly language?: 'en' | 'de';
}

export async function commandContext(
  folder: string,
  program: string,
  { cwd = process.cwd(), language = 'en' }: Surroundings = {},
): Promise<CommandContext> {
  // The tables are large, and only certutil asks for them.
  const foreign = await foreignKeys(folder);
  const tables = program === 'certutil' ? await import('../codes/names.generated.ts') : null;
  return {
    read: (name) => readBounded(existingPath(folder, cwd, name)),
    digest: nodeCrypto,
    ...(tables ? { names: openNames(tables) } : {}),
    isSignedBy: verifies,
    hasKey: (thumbprint) => !foreign.has(thumbprint) && existsSync(keyFile(folder, thumbprint)),
    now: Date.now(),
    language,
  };
}

/** Keys that lie in the lab's folder and not on its Windows: those of the authorities and of the user. */
async function foreignKeys(folder: string): Promise<ReadonlySet<string>> {
  const pki = await readPki(folder);
  return new Set(pki ? [pki.root, pki.otherRoot, pki.issuing, pki.user].map((one) => one.thumbprint) : []);
}

/** Certificates and registry files are far smaller. */
const LARGEST = 16 * 2 ** 20;

function readBounded(file: string): Uint8Array | null {
  try {
    const found = statSync(file);
    return found.isFile() && found.size <= LARGEST ? readFileSync(file) : null;
  } catch {
    return null;
  }
}

/** A bare name that is not there may be one of the certificates that the lab left for its user. */
function existingPath(folder: string, cwd: string, name: string): string {
  const file = filePath(folder, cwd, name);
  const isOurs = (Object.values(PKI_FILES) as string[]).includes(name);
  return isOurs && !existsSync(file) ? path.join(folder, name) : file;
}

/** Where a typed name leads. The drives of the lab's Windows are folders of the lab, unless this is a Windows. */
export function filePath(folder: string, cwd: string, name: string): string {
  if (process.platform === 'win32') return path.resolve(cwd, name);
  const [, letter, rest] = /^([a-z]):[\\/](.*)$/is.exec(name) ?? [];
  if (letter === undefined || rest === undefined) return path.resolve(cwd, name.replaceAll('\\', '/'));
  const parts = path.win32.normalize(`\\${rest}`).split('\\');
  return path.join(folder, 'drives', letter.toUpperCase(), ...parts);
}
