import type { Host } from '../../host.ts';
import { exportBytes } from '../../registry/export.ts';
import { RegFileReader, type RegKey, type RegValue } from '../../registry/reg-file.ts';
import { fullPath, keyOf } from '../../registry/registry.ts';
import { registryTree } from '../../registry/view.ts';
import {
  addRegistryKey,
  removeRegistryKey,
  removeRegistryValue,
  setRegistryValue,
} from '../../registry/write.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { isThere } from './add.ts';
import { because, type Call, done, invalidSyntax, notFound, say } from './call.ts';

/** `reg export KEY FILE [/y]`: UTF-16LE with its mark, CRLF (domain 3). */
export function exportKey({ host, path, file, options }: Call, { read }: CommandContext): CommandResult {
  if (file === undefined) return invalidSyntax(host, 'export');
  const keys = registryTree(host, path);
  if (keys.length === 0) return notFound(host);
  // Without /y it asks before it overwrites, and nobody answers here.
  if (!options.has('y') && read?.(file))
    return say(host, 1, `File ${file} already exists. Overwrite (Yes/No)?`);
  return { ...done(host), written: [{ name: file, bytes: exportBytes(keys) }] };
}

/** `reg import FILE`: what the file sets and deletes, or nothing of it when a line cannot be read. */
export function importFile(words: readonly string[], host: Host, { read }: CommandContext): CommandResult {
  const [file, ...more] = words;
  if (file === undefined || more.some((word) => !/^\/reg:(32|64)$/i.test(word)))
    return invalidSyntax(host, 'import');
  const bytes = read?.(file);
  if (!bytes) return say(host, 1, 'ERROR: The system cannot find the file specified.');
  const { entries, isSound } = readEntries(bytes);
  if (!isSound) return say(host, 1, 'ERROR: Error accessing the registry.');
  const evidence = because({ line: `reg import ${file}` });
  return done(entries.reduce((all, entry) => applied(all, entry, evidence), host));
}

interface Entry {
  readonly key: RegKey;
  readonly value?: RegValue;
}

function readEntries(bytes: Uint8Array): { entries: Entry[]; isSound: boolean } {
  const entries: Entry[] = [];
  let key: RegKey | null = null;
  let isSound = true;
  const reader = new RegFileReader({
    key(next) {
      key = next;
      isSound &&= fullPath(next.path) !== null;
      entries.push({ key: next });
    },
    value(value) {
      isSound &&= value.data.is !== 'unreadable';
      if (key) entries.push({ key, value });
    },
    odd: () => {
      isSound = false;
    },
  });
  reader.push(bytes);
  const { header } = reader.end();
  return { entries, isSound: isSound && header !== null };
}

function applied(host: Host, { key, value }: Entry, evidence: ReturnType<typeof because>): Host {
  const path = fullPath(key.path)!;
  if (!value) return key.deleted ? removed(host, path) : addRegistryKey(host, path);
  const { name, data } = value;
  if (data.is === 'unreadable') return host;
  if (data.is !== 'deleted') return setRegistryValue(host, path, { name, data }, evidence);
  return isThere(host, path, name) ? removeRegistryValue(host, path, name, evidence) : host;
}

/** A deletion of what is not there is none. */
function removed(host: Host, path: string): Host {
  const isHeld = [...(host.registry?.keys() ?? [])].some((one) => one.startsWith(keyOf(path)));
  return isHeld ? removeRegistryKey(host, path) : host;
}
