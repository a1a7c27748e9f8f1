import { deflateRawSync } from 'node:zlib';

/** Small archives for tests, written out so that they can be wrong on purpose. */
export interface FileToPack {
  readonly name: string;
  readonly bytes: Uint8Array | string;
  readonly stored?: boolean;
  readonly encrypted?: boolean;
  readonly method?: number;
}

export function writeZip(files: readonly FileToPack[]): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const file of files) {
    const name = Buffer.from(file.name);
    const bytes = Buffer.from(file.bytes);
    const data = file.stored ? bytes : deflateRawSync(bytes);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x800 | (file.encrypted ? 1 : 0), 2);
    fields.writeUInt16LE(file.method ?? (file.stored ? 0 : 8), 4);
    fields.writeUInt16LE(0x1000, 6);
    fields.writeUInt16LE(0x5c63, 8);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(bytes.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, name, data]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    entries.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0', 'latin1'), fields, rest, name]));
    locals.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}

export function writeTar(files: readonly FileToPack[]): Buffer {
  const parts = files.flatMap(({ name, bytes }) => {
    const body = Buffer.from(bytes);
    const long = name.length > 100;
    const header = tarHeader(long ? 'shortened' : name, body.length, '0');
    const before = long
      ? [tarHeader('././@LongLink', name.length + 1, 'L'), blocks(Buffer.from(`${name}\0`))]
      : [];
    return [...before, header, blocks(body)];
  });
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}

function tarHeader(name: string, size: number, type: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write('14752345600\0', 136);
  header.write(type, 156);
  header.write('ustar\x0000', 257, 'latin1');
  return header;
}

const blocks = (bytes: Buffer): Buffer =>
  Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
