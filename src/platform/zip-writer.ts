import { type FileHandle, open } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';

/** Writes a ZIP archive (APPNOTE.TXT 4.3), one file after the other; without ZIP64, thus up to 4 GB and 65,535 files. */
export class ZipWriter {
  readonly #file: FileHandle;
  readonly #entries: Buffer[] = [];
  #at = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async create(path: string): Promise<ZipWriter> {
    return new ZipWriter(await open(path, 'wx', 0o600));
  }

  /** `time` in milliseconds since 1970 UTC. */
  async add(name: string, bytes: Uint8Array, time: number): Promise<void> {
    const packed = deflateRawSync(bytes);
    const stored = packed.length >= bytes.length;
    const data = stored ? bytes : packed;
    if (this.#at + data.length + 2 ** 20 > 0xffff_ffff) throw new Error('the archive would exceed 4 GB');
    const encoded = Buffer.from(name, 'utf8');
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(UTF8, 2);
    common.writeUInt16LE(stored ? 0 : 8, 4);
    common.writeUInt32LE(dosTime(time), 6);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(encoded.length, 22);
    const extra = extendedTime(time);
    common.writeUInt16LE(extra.length, 24);
    const rest = Buffer.alloc(14);
    // Unix file of mode 0644, and where its local header is.
    rest.writeUInt32LE((0o100644 << 16) >>> 0, 6);
    rest.writeUInt32LE(this.#at, 10);
    this.#entries.push(Buffer.concat([ENTRY, common, rest, encoded, extra]));
    await this.#write(Buffer.concat([LOCAL, common, encoded, extra]));
    await this.#write(data);
  }

  async close(): Promise<void> {
    const at = this.#at;
    const directory = Buffer.concat(this.#entries);
    const end = Buffer.alloc(22);
    end.write('PK\x05\x06', 'latin1');
    end.writeUInt16LE(this.#entries.length, 8);
    end.writeUInt16LE(this.#entries.length, 10);
    end.writeUInt32LE(directory.length, 12);
    end.writeUInt32LE(at, 16);
    await this.#write(directory);
    await this.#write(end);
    await this.#file.close();
  }

  async #write(bytes: Uint8Array): Promise<void> {
    await this.#file.writeFile(bytes);
    this.#at += bytes.length;
  }
}

/** Names are UTF-8 (4.4.4, bit 11). */
const UTF8 = 0x800;
const LOCAL = Buffer.from('PK\x03\x04', 'latin1');
/** Made on Unix (3), by version 2.0. */
const ENTRY = Buffer.from('PK\x01\x02\x14\x03', 'latin1');

/** Local date and time in two-second steps; the extra field beside it has the real one. */
function dosTime(time: number): number {
  const date = new Date(time);
  const year = Math.min(Math.max(date.getFullYear(), 1980), 2107);
  const day = ((year - 1980) << 9) | ((date.getMonth() + 1) << 5) | date.getDate();
  const clock = (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1);
  return ((day << 16) | clock) >>> 0;
}

/** Extra field 0x5455: the time of the last change in seconds, UTC. */
function extendedTime(time: number): Buffer {
  const field = Buffer.alloc(9);
  field.writeUInt16LE(0x5455, 0);
  field.writeUInt16LE(5, 2);
  field.writeUInt8(1, 4);
  field.writeInt32LE(Math.max(0, Math.min(0x7fff_ffff, Math.floor(time / 1000))), 5);
  return field;
}

const CRC = new Uint32Array(256).map((_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** ISO 3309, as 4.4.7 wants it. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) crc = CRC[(crc ^ byte) & 255]! ^ (crc >>> 8);
  return (crc ^ 0xffff_ffff) >>> 0;
}
