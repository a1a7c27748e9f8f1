import os from 'node:os';
import type { Digest } from '../../base/ports.ts';
import { readKeychain } from './macos.ts';
import { findNssDatabases, type NssDatabase, readNss } from './nss.ts';
import { runProgram } from './run.ts';
import type { Run, UserStores } from './user-certificate.ts';
import { readWindowsStores } from './windows.ts';

export interface StorePlace {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly run: Run;
}

const thisComputer = (): StorePlace => ({
  platform: process.platform,
  home: os.homedir(),
  run: runProgram,
});

/** Every certificate that this user's clients could show, as far as the system's own tools reach. */
export async function readUserStores(
  digest: Digest,
  { platform, home, run }: StorePlace = thisComputer(),
): Promise<UserStores> {
  const databases = await findNssDatabases(home);
  if (platform === 'win32') return withUnread(await readWindowsStores(run), databases);
  const nss = await readNss(run, databases);
  if (platform !== 'darwin') return nss;
  const keychain = await readKeychain(run, digest);
  return {
    certificates: [...keychain.certificates, ...nss.certificates],
    notes: [...keychain.notes, ...nss.notes],
  };
}

/** NSS brings no certutil to Windows, and the one that is there is another program. */
function withUnread(stores: UserStores, databases: readonly NssDatabase[]): UserStores {
  const notes = databases.map(
    ({ title }) => `what ${title} holds by itself is not read on Windows; what it finds in Windows is`,
  );
  return { ...stores, notes: [...stores.notes, ...notes] };
}
