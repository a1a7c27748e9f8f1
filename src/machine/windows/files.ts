import { open, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { decodeText, utf8Bytes } from '../../base/text.ts';
import { type Collected, failed } from '../collection/collector.ts';
import type { Limits, Logs } from '../collection/item.ts';
import { withoutSecrets } from '../collection/secrets.ts';
import type { EvidenceFile } from '../machine.ts';

/** Files of a host into a bundle. Paths are as Windows has them; so that it can be tested, any separator will do. */

export type Environment = Readonly<Record<string, string | undefined>>;

/** '%SystemDrive%\inetpub' with what the variables hold, whose names have no case. */
export function expanded(text: string, environment: Environment): string {
  const names = new Map(Object.entries(environment).map(([name, value]) => [name.toLowerCase(), value]));
  return text.replace(/%([^%]+)%/g, (whole, name: string) => names.get(name.toLowerCase()) ?? whole);
}

export async function copyConfiguration(file: string, name: string): Promise<Collected> {
  const command = `copy ${file}, secrets taken out`;
  try {
    return { command, files: [{ name, bytes: utf8Bytes(withoutSecrets(decodeText(await readFile(file)))) }] };
  } catch (error) {
    return failed(command, complaint(error));
  }
}

/** Folders of sites seldom hold their rules deeper. */
const DEEPEST = 3;
const MOST_FOLDERS = 2000;
const MOST_CONFIGS = 500;

/** web.config of these folders and of those below, by their whole paths. */
export async function webConfigs(roots: readonly string[]): Promise<{ files: string[]; problems: string[] }> {
  const files = new Set<string>();
  const problems: string[] = [];
  const left = [...new Set(roots)].map((at) => ({ at, depth: 0 }));
  let folders = 0;
  for (let next = left.shift(); next; next = left.shift()) {
    const { at, depth } = next;
    if (files.size >= MOST_CONFIGS || ++folders > MOST_FOLDERS) {
      problems.push(
        'there are more folders than are looked at: copy web.config files that are missing by hand',
      );
      break;
    }
    const entries = await readdir(at, { withFileTypes: true }).catch((error) => {
      if (depth === 0) problems.push(`${at}: ${complaint(error)}`);
      return [];
    });
    for (const entry of entries) {
      if (entry.isFile() && /^web\.config$/i.test(entry.name)) files.add(path.join(at, entry.name));
      if (entry.isDirectory() && depth < DEEPEST)
        left.push({ at: path.join(at, entry.name), depth: depth + 1 });
    }
  }
  return { files: [...files], problems };
}

/** 'C:\inetpub\wwwroot\web.config' -> 'C/inetpub/wwwroot/web.config': the reader tells by the path whose it is. */
export const nameByPath = (file: string): string =>
  file
    .replaceAll('\\', '/')
    .replace(/^\/\//, 'UNC/')
    .replace(/^([A-Za-z]):/, '$1')
    .replace(/^\/+/, '');

/** The newest logs of each folder within the limits, one file at a time. */
export async function* newestLogs(
  folder: string,
  { pattern, below, into }: Logs,
  { days, megabytes }: Limits,
  now: number,
): AsyncGenerator<Collected> {
  const command = `copy the newest ${pattern} of ${folder}${below ? ` (${below})` : ''}`;
  const logs: {
    readonly file: string;
    readonly name: string;
    readonly time: number;
    readonly size: number;
  }[] = [];
  try {
    const folders = below ? (await readdir(folder)).filter((name) => fits(name, below)) : [''];
    for (const one of folders) {
      for (const name of await readdir(path.join(folder, one))) {
        const file = path.join(folder, one, name);
        const found = fits(name, pattern) ? await stat(file) : null;
        if (found?.isFile() && found.mtimeMs >= now - days * 86_400_000)
          logs.push({
            file,
            name: `${into}${one ? `${one}/` : ''}${name}`,
            time: found.mtimeMs,
            size: found.size,
          });
      }
    }
  } catch (error) {
    yield failed(command, complaint(error));
    return;
  }
  if (logs.length === 0) yield failed(command, `none of the last ${days} days: give more with --days`);
  let room = megabytes * 2 ** 20;
  for (const log of logs.sort((a, b) => b.time - a.time)) {
    if (room <= 0) {
      yield failed(
        `copy ${log.file}`,
        `more than ${megabytes} MB: older ones were left out, give more with --megabytes`,
      );
      return;
    }
    yield await copyLog(log, room);
    room -= log.size;
  }
}

async function copyLog(
  { file, name, size }: { readonly file: string; readonly name: string; readonly size: number },
  room: number,
): Promise<Collected> {
  const command = `copy ${file}`;
  try {
    if (size <= room) return { command, files: [{ name, bytes: await readFile(file) }] };
    const cut = `larger than what is left of the limit: its head and its last ${Math.round(room / 2 ** 20)} MB`;
    return { command, error: cut, files: [await headAndTail(file, name, size, room)] };
  } catch (error) {
    return failed(command, complaint(error));
  }
}

/** Of a log the lines that begin with # tell what the others mean. */
async function headAndTail(file: string, name: string, size: number, room: number): Promise<EvidenceFile> {
  const handle = await open(file);
  try {
    const head = Buffer.alloc(Math.min(size, 8192));
    await handle.read(head, 0, head.length, 0);
    const lines = head.toString('latin1').split('\n');
    const end = lines.findIndex((line) => !line.startsWith('#'));
    const directives = lines.slice(0, Math.max(0, end)).map((line) => `${line}\n`);
    const tail = Buffer.alloc(room);
    await handle.read(tail, 0, room, size - room);
    const bytes = Buffer.concat([
      Buffer.from(directives.join(''), 'latin1'),
      tail.subarray(tail.indexOf(10) + 1),
    ]);
    return { name, bytes };
  } finally {
    await handle.close();
  }
}

/** * and ? as cmd.exe has them, without regard to case. */
function fits(name: string, pattern: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i').test(name);
}

const complaint = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  return (
    { ENOENT: 'not there', EACCES: 'access is denied', EPERM: 'access is denied' }[code ?? ''] ?? message
  );
};
