import type { Note } from '../base/locus.ts';
import { inflated } from './inflate.ts';
import { memoryAccess, type RandomAccess } from './random-access.ts';
import type { Source } from './sources.ts';
import { isTar, tarMembers } from './tar.ts';
import { BadArchive, dataOf, type ZipMember, zipMembers } from './zip.ts';

/** How much tells what a file is; tar has its mark at byte 257. */
export const HEAD = 512;
type Kind = 'zip' | 'gzip' | 'tar' | null;

export function archiveKind(head: Uint8Array): Kind {
  const [a, b, c, d] = head;
  if (a === 0x50 && b === 0x4b && ((c === 3 && d === 4) || (c === 5 && d === 6))) return 'zip';
  if (a === 0x1f && b === 0x8b && c === 8) return 'gzip';
  return isTar(head) ? 'tar' : null;
}

/** What archives inside archives may hold of memory, all together. */
export class Budget {
  #left = 256 * 2 ** 20;

  /** Whether there is room; takes it then. */
  take(bytes: number): boolean {
    if (bytes > this.#left) return false;
    this.#left -= bytes;
    return true;
  }
}

interface Unpacking {
  readonly budget: Budget;
  /** How many archives may still lie in each other. */
  readonly depth: number;
}

/**
 * The files of an archive as sources of their own, named 'bundle.zip/logs/u_ex250101.log'; of an archive inside it,
 * too, but not of one inside that. Each can be read again. A part that cannot be read is a source without bytes
 * whose notes say why.
 */
export async function* unpack(
  kind: Exclude<Kind, null>,
  source: Source,
  archive: RandomAccess,
  { budget, depth = 2 }: { readonly budget: Budget; readonly depth?: number },
): AsyncGenerator<Source> {
  const unpacking = { budget, depth };
  if (kind === 'zip') yield* unzip(source, archive, unpacking);
  else if (kind === 'tar') yield* untar(source, unpacking);
  else yield* gunzip(source, unpacking);
}

async function* unzip(
  source: Source,
  archive: RandomAccess,
  { budget, depth }: Unpacking,
): AsyncGenerator<Source> {
  let members: ZipMember[];
  try {
    members = await zipMembers(archive);
  } catch (error) {
    if (!(error instanceof BadArchive)) throw error;
    yield unreadable(source, source.name, `the archive was not read: ${error.message}`);
    return;
  }
  for (const member of members)
    yield* inside(memberSource(source, archive, member), { budget, depth: depth - 1 });
}

/** Methods of APPNOTE.TXT 4.4.5. */
const STORED = 0;
const DEFLATED = 8;

const METHODS: Readonly<Record<number, string>> = {
  9: 'Deflate64, as Explorer packs files of more than 2 GB',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  98: 'PPMd',
  99: 'AES of WinZip',
};
const methodInWords = (method: number): string => METHODS[method] ?? `method ${method}`;

function memberSource(source: Source, archive: RandomAccess, member: ZipMember): Source {
  const name = `${source.name}/${member.name}`;
  if (member.encrypted)
    return unreadable(
      source,
      name,
      'it is encrypted with a password: unpack it with the password and give the file',
    );
  if (member.method !== STORED && member.method !== DEFLATED)
    return unreadable(
      source,
      name,
      `it is packed by ${methodInWords(member.method)}: unpack it and give the file`,
    );
  const notes: Note[] = [];
  const note = (message: string): void => void notes.push({ at: { source: name }, message });
  return {
    name,
    takenAt: Number.isNaN(member.time) ? source.takenAt : member.time,
    notes: () => notes,
    async *chunks() {
      notes.length = 0;
      try {
        const { from, to } = await dataOf(archive, member);
        const packed = archive.stream(from, to);
        let given = 0;
        for await (const chunk of member.method === STORED ? packed : inflated(packed, 'raw', note)) {
          given += chunk.length;
          yield chunk;
        }
        if (given < member.size && notes.length === 0) note('cut off in the archive: what came was used');
      } catch (error) {
        if (!(error instanceof BadArchive)) throw error;
        note(error.message);
      }
    },
  };
}

/** Of a tar that is packed as a whole a later file is reached only through all before it: small ones are held. */
const SMALL = 4 * 2 ** 20;

async function* untar(source: Source, { budget, depth }: Unpacking): AsyncGenerator<Source> {
  for await (const member of tarMembers(source.chunks())) {
    const name = `${source.name}/${member.name}`;
    const bytes = member.size <= SMALL && budget.take(member.size) ? await gathered(member.chunks()) : null;
    let isWhole = bytes === null || bytes.length === member.size;
    const file: Source = {
      name,
      takenAt: member.time,
      notes: () => {
        const cut = { at: { source: name }, message: 'cut off in the archive: what came was used' };
        return [...(isWhole ? [] : [cut]), ...(bytes ? [] : (source.notes?.() ?? []))];
      },
      async *chunks() {
        if (bytes) yield bytes;
        else {
          let given = 0;
          for await (const chunk of range(source.chunks(), member.at, member.at + member.size)) {
            given += chunk.length;
            yield chunk;
          }
          isWhole = given === member.size;
        }
      },
    };
    yield* inside(file, { budget, depth: depth - 1 });
  }
}

async function* gunzip(source: Source, { budget, depth }: Unpacking): AsyncGenerator<Source> {
  const file = source.name.split('/').at(-1) ?? source.name;
  const inner = file.replace(/\.t(?:ar\.)?gz$/i, '.tar').replace(/\.gz$/i, '');
  const notes: Note[] = [];
  const unpacked: Source = {
    name: inner === file ? source.name : `${source.name}/${inner}`,
    takenAt: source.takenAt,
    notes: () => [...notes, ...(source.notes?.() ?? [])],
    chunks() {
      notes.length = 0;
      return inflated(source.chunks(), 'gzip', (message) =>
        notes.push({ at: { source: source.name }, message }),
      );
    },
  };
  // A tar that was packed as a whole is one archive, not one in another.
  const isTarball = /\.t(?:ar\.)?gz$/i.test(file);
  yield* inside(unpacked, { budget, depth: isTarball ? depth : depth - 1 });
}

/** A file of an archive, or the files in it when it is one itself. */
async function* inside(source: Source, { budget, depth }: Unpacking): AsyncGenerator<Source> {
  const kind = depth > 0 ? archiveKind(await headOf(source)) : null;
  if (kind === null) yield source;
  else if (kind !== 'zip') yield* unpack(kind, source, memoryAccess(new Uint8Array(0)), { budget, depth });
  else {
    const bytes = await held(source, budget);
    if (bytes) yield* unpack('zip', source, memoryAccess(bytes), { budget, depth });
    else
      yield unreadable(
        source,
        source.name,
        'too large for an archive in an archive: unpack it and give it alone',
      );
  }
}

async function headOf(source: Source): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source.chunks()) {
    parts.push(chunk.slice());
    length += chunk.length;
    if (length >= HEAD) break;
  }
  return Buffer.concat(parts).subarray(0, HEAD);
}

async function held(source: Source, budget: Budget): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  for await (const chunk of source.chunks()) {
    if (!budget.take(chunk.length)) return null;
    parts.push(chunk.slice());
  }
  return Buffer.concat(parts);
}

async function gathered(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk.slice());
  return Buffer.concat(parts);
}

async function* range(
  chunks: AsyncIterable<Uint8Array>,
  from: number,
  to: number,
): AsyncGenerator<Uint8Array> {
  let at = 0;
  for await (const chunk of chunks) {
    const part = chunk.subarray(Math.max(0, from - at), Math.max(0, to - at));
    if (part.length > 0) yield part;
    at += chunk.length;
    if (at >= to) return;
  }
}

function unreadable(source: Source, name: string, message: string): Source {
  return {
    name,
    takenAt: source.takenAt,
    notes: () => [{ at: { source: name }, message }],
    async *chunks() {},
  };
}
