import os from 'node:os';
import type { Digest } from '../../base/ports.ts';
import { readKeychain } from './macos.ts';
import { findNssDatabases, readNss } from './nss.ts';
import { runProgram } from './run.ts';
import type { Run, UserStores } from './user-certificate.ts';
import { readWindowsStores } from './windows.ts';

export interface StorePlace {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly run: Run;
}

export const thisComputer = (): StorePlace => ({
  platform: process.platform,
  home: os.homedir(),
  run: runProgram,
});

/** Every certificate that this user's clients could show, as far as the system's own tools reach. */
export async function readUserStores(
  digest: Digest,
  { platform, home, run }: StorePlace = thisComputer(),
): Promise<UserStores> {
  // NSS brings no certutil to Windows, and the one that is there is another program.
  if (platform === 'win32') return readWindowsStores(run);
  const nss = await readNss(run, await findNssDatabases(home));
  if (platform !== 'darwin') return nss;
  const keychain = await readKeychain(run, digest);
  return {
    certificates: [...keychain.certificates, ...nss.certificates],
    notes: [...keychain.notes, ...nss.notes],
  };
}
