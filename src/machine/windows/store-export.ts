import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { encodePkcs7 } from '../../wire/identity/pkcs7.ts';
import { type Collected, failed } from '../collection/collector.ts';
import { storeFile } from '../collection/item.ts';
import { complaintOf, execute } from './execute.ts';

/** Certificates only, never keys. An empty store is told as an empty list; one that cannot be read, not at all. */
export async function exportStore(store: string, folder: string): Promise<Collected> {
  const name = storeFile(store, 'p7b');
  const file = path.join(folder, name);
  const command = `Get-ChildItem Cert:\\LocalMachine\\${store} | Export-Certificate -Type P7B`;
  const ran = await execute('powershell', ['-NoProfile', '-NonInteractive', '-Command', script(store, file)]);
  const { exitCode } = ran;
  if (exitCode !== 0) return failed(command, complaintOf(ran), exitCode);
  const isEmpty = ran.out.toString('latin1').trim() === EMPTY;
  const bytes = isEmpty ? encodePkcs7([]) : await readFile(file).catch(() => null);
  return bytes
    ? { command, exitCode, files: [{ name, bytes }] }
    : failed(command, 'it wrote no file', exitCode);
}

/** What our own script prints; PowerShell's words depend on the language. */
const EMPTY = 'handclasp:empty';

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function script(store: string, file: string): string {
  const place = quoted(`Cert:\\LocalMachine\\${store}`);
  return `$ErrorActionPreference='Stop'; $held=@(Get-ChildItem -LiteralPath ${place}); if ($held.Count) { $held | Export-Certificate -Type P7B -FilePath ${quoted(file)} | Out-Null } else { '${EMPTY}' }`;
}
