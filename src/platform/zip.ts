import { looseText, utf8Text } from '../base/text.ts';
import type { RandomAccess } from './random-access.ts';

/** The directory of a ZIP archive (APPNOTE.TXT 4.3): what it holds, and where. */

export interface ZipMember {
  /** Parted by '/', with nothing that leads out of the archive. */
  readonly name: string;
  /** Milliseconds since 1970 UTC; of the archive's local time where nothing better is told. */
  readonly time: number;
  readonly method: number;
  readonly encrypted: boolean;
  readonly packed: number;
  readonly size: number;
  /** Of its local header. */
  readonly at: number;
}

/** What is wrong with an archive, and what to do. */
export class BadArchive extends Error {}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_SIZE = 22;
const MOST_MEMBERS = 20_000;
const LARGEST_DIRECTORY = 16 * 2 ** 20;

/** The files of an archive in its own order; throws BadArchive. */
export async function zipMembers(archive: RandomAccess): Promise<ZipMember[]> {
  const { at, size, count } = await findDirectory(archive);
  if (count > MOST_MEMBERS || size > LARGEST_DIRECTORY)
    throw new BadArchive(`it lists more than ${MOST_MEMBERS} files: unpack it and give what matters`);
  const bytes = await archive.read(at, size);
  const members: ZipMember[] = [];
  const view = viewOf(bytes);
  for (let from = 0; from + 46 <= bytes.length && view.getUint32(from, true) === ENTRY; ) {
    const nameLength = view.getUint16(from + 28, true);
    const extraLength = view.getUint16(from + 30, true);
    const member = memberAt(bytes, view, from, nameLength, extraLength);
    if (!member.name.endsWith('/') && member.name !== '') members.push(member);
    from += 46 + nameLength + extraLength + view.getUint16(from + 32, true);
  }
  if (members.length === 0 && count > 0) throw new BadArchive('its directory is damaged: unpack it by hand');
  return apart(members);
}

/** Where a member's data begins; throws BadArchive. */
export async function dataOf(
  archive: RandomAccess,
  member: ZipMember,
): Promise<{ from: number; to: number }> {
  const header = await archive.read(member.at, 30);
  const view = viewOf(header);
  if (header.length < 30 || view.getUint32(0, true) !== LOCAL) throw new BadArchive('its header is damaged');
  const from = member.at + 30 + view.getUint16(26, true) + view.getUint16(28, true);
  return { from, to: from + member.packed };
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

async function findDirectory(archive: RandomAccess): Promise<{ at: number; size: number; count: number }> {
  // A comment of up to 64 KiB may follow.
  const from = Math.max(0, archive.size - END_SIZE - 0xffff);
  const tail = await archive.read(from, archive.size - from);
  const view = viewOf(tail);
  let end = tail.length - END_SIZE;
  while (end >= 0 && view.getUint32(end, true) !== END) end--;
  if (end < 0) throw new BadArchive('its end with the directory is missing: it is cut off, get it again');
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  const at = view.getUint32(end + 16, true);
  const isLarge = count === 0xffff || size === 0xffffffff || at === 0xffffffff;
  const locator = end - 20;
  if (!isLarge || locator < 0 || view.getUint32(locator, true) !== LOCATOR_64) return { at, size, count };
  const large = await archive.read(Number(view.getBigUint64(locator + 8, true)), 56);
  const wide = viewOf(large);
  if (large.length < 56 || wide.getUint32(0, true) !== END_64)
    throw new BadArchive('its directory is damaged');
  const number = (offset: number): number => Number(wide.getBigUint64(offset, true));
  return { count: number(32), size: number(40), at: number(48) };
}

function memberAt(
  bytes: Uint8Array,
  view: DataView,
  from: number,
  nameLength: number,
  extraLength: number,
): ZipMember {
  const flags = view.getUint16(from + 8, true);
  const name = bytes.subarray(from + 46, from + 46 + nameLength);
  const extra = bytes.subarray(from + 46 + nameLength, from + 46 + nameLength + extraLength);
  const sizes = {
    size: view.getUint32(from + 24, true),
    packed: view.getUint32(from + 20, true),
    at: view.getUint32(from + 42, true),
  };
  return {
    name: safeName((flags & 0x800) !== 0 ? utf8Text(name) : looseText(name)),
    method: view.getUint16(from + 10, true),
    encrypted: (flags & 1) !== 0,
    ...withZip64(sizes, extra),
    time: timeIn(extra) ?? dosTime(view.getUint16(from + 14, true), view.getUint16(from + 12, true)),
  };
}

type Sizes = Pick<ZipMember, 'size' | 'packed' | 'at'>;

/** Fields of which the 32 bits are full stand in the extra field 1 instead, in this order. */
function withZip64(sizes: Sizes, extra: Uint8Array): Sizes {
  const field = extraField(extra, 1);
  if (!field) return sizes;
  const view = viewOf(field);
  let at = 0;
  const wide = (value: number): number => {
    if (value !== 0xffffffff || at + 8 > field.length) return value;
    at += 8;
    return Number(view.getBigUint64(at - 8, true));
  };
  return { size: wide(sizes.size), packed: wide(sizes.packed), at: wide(sizes.at) };
}

function extraField(extra: Uint8Array, wanted: number): Uint8Array | null {
  const view = viewOf(extra);
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === wanted) return extra.subarray(at + 4, at + 4 + length);
    at += 4 + length;
  }
  return null;
}

/** Of the extended timestamp (0x5455, seconds) or that of NTFS (0x000a, 100 nanoseconds since 1601). */
function timeIn(extra: Uint8Array): number | null {
  const unix = extraField(extra, 0x5455);
  if (unix && unix.length >= 5 && (unix[0]! & 1) !== 0) return viewOf(unix).getInt32(1, true) * 1000;
  const ntfs = extraField(extra, 0x000a);
  if (!ntfs || ntfs.length < 16 || viewOf(ntfs).getUint16(4, true) !== 1) return null;
  return Number(viewOf(ntfs).getBigUint64(8, true) / 10_000n) - 11_644_473_600_000;
}

function dosTime(day: number, time: number): number {
  const year = 1980 + (day >> 9);
  return new Date(
    year,
    ((day >> 5) & 15) - 1,
    day & 31,
    time >> 11,
    (time >> 5) & 63,
    (time & 31) * 2,
  ).getTime();
}

/** Names are shown and never written to; still nothing of them may lead out of the archive or into a terminal. */
export function safeName(name: string): string {
  const parts = name
    .replaceAll('\\', '/')
    .replace(/^[a-z]:/i, '')
    .split('/');
  const isFolder = parts.at(-1) === '';
  const kept = parts.filter((part) => part !== '' && part !== '.' && part !== '..');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return (kept.join('/') + (isFolder ? '/' : '')).replace(/[\x00-\x1f\x7f]/g, '?');
}

/** Members that share their data are made to unpack to more than the archive can hold. */
function apart(members: ZipMember[]): ZipMember[] {
  const sorted = members.toSorted((a, b) => a.at - b.at);
  for (const [i, member] of sorted.entries()) {
    const next = sorted[i + 1];
    if (next && member.at + 30 + member.packed > next.at)
      throw new BadArchive('its files overlap: it is damaged or made to fill the machine');
  }
  return members;
}
