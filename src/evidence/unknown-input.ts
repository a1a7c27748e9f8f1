import { asciiBytes, toHex } from '../base/bytes.ts';
import { decodeText } from '../base/text.ts';

/** What input that no reader knows looks like, and what to do with it. */
export interface UnknownInput {
  readonly title: string;
  readonly message: string;
}

const KINDS_READ = 'no reader finds anything in it (handclasp examine --help lists what is read)';

/** Says what was seen and what to do instead; reads nothing out of it. */
export function describeUnknown(head: Uint8Array): UnknownInput {
  if (head.length === 0)
    return {
      title: 'empty file',
      message: 'the file is empty: collect it again and look that it has content',
    };
  const text = decodeText(head);
  for (const { title, starts, matches, is, advice } of LOOKALIKES) {
    const fits = starts?.some((start) => startsWith(head, start)) || matches?.test(text) || is?.(head);
    if (fits) return { title, message: `not used: this looks like ${title}; ${advice}` };
  }
  return {
    title: 'not recognised',
    message: `not recognised: begins with ${beginning(head)}; ${KINDS_READ}`,
  };
}

interface Lookalike {
  readonly title: string;
  readonly starts?: readonly Uint8Array[];
  readonly matches?: RegExp;
  readonly is?: (head: Uint8Array) => boolean;
  readonly advice: string;
}

const magic = (...texts: string[]): Uint8Array[] => texts.map(asciiBytes);

const LOOKALIKES: readonly Lookalike[] = [
  {
    title: 'a ZIP archive',
    starts: magic('PK\x03\x04'),
    advice: 'unpack it and give the folder',
  },
  {
    title: 'a gzip archive',
    starts: magic('\x1f\x8b'),
    advice: 'unpack it and give the folder',
  },
  ...[
    { title: 'a 7-Zip archive', starts: magic('7z\xbc\xaf\x27\x1c') },
    { title: 'a RAR archive', starts: magic('Rar!\x1a\x07') },
    { title: 'a cabinet (.cab)', starts: magic('MSCF\0\0\0\0') },
    { title: 'a Windows image (.wim)', starts: magic('MSWIM\0\0\0') },
    { title: 'a file packed by xz', starts: magic('\xfd7zXZ\0') },
    { title: 'a file packed by Zstandard', starts: magic('\x28\xb5\x2f\xfd') },
    { title: 'a file packed by bzip2', is: isBzip2 },
  ].map((packed) => ({ ...packed, advice: 'unpack it and give what is in it; read are .zip, .tar and .gz' })),
  {
    title: 'a trace of Windows (.etl), as netsh trace and pktmon write them',
    is: isEventTrace,
    advice:
      'where packets were captured, make them a capture: pktmon etl2pcap FILE.etl --out FILE.pcapng (Windows 11, Server 2022), or etl2pcapng FILE.etl FILE.pcapng of Microsoft',
  },
  {
    title: 'a capture of Microsoft Network Monitor (.cap)',
    starts: magic('GMBU', 'RTSS'),
    advice:
      'make it a capture that is read: editcap -F pcapng FILE.cap FILE.pcapng, or save it so in Wireshark',
  },
  {
    title: 'a capture in the snoop format',
    starts: magic('snoop\0\0\0'),
    advice: 'make it a capture that is read: editcap -F pcapng FILE NEW.pcapng, or save it so in Wireshark',
  },
  {
    title: 'a PKCS#12 file (.pfx)',
    is: isPkcs12,
    advice: 'evidence needs no private keys: give the certificate alone, or the file to handclasp why --cert',
  },
  {
    title: 'a private key',
    matches: /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
    advice: 'evidence needs no private keys: take it out of what you hand on',
  },
  {
    title: 'lines cut out of a log of IIS',
    matches: /^\S.* - [2-5]\d\d \d{1,3} \d{1,10}(?: \d+)*\s*$/m,
    advice: 'give the log from its beginning: without its #Fields line nobody knows which value is which',
  },
];

/** 'BZh', the size of its blocks, and the mark of the first of them. */
function isBzip2(head: Uint8Array): boolean {
  return startsWith(head, asciiBytes('BZh')) && startsWith(head.subarray(4), asciiBytes('1AY&SY'));
}

/**
 * A WMI_BUFFER_HEADER of 72 bytes, which begins with the size of all buffers, then the first event: version 2 of a
 * SYSTEM_TRACE_HEADER for 32 or 64 bits, flags 0xc0. By the structures in the public headers; *unverified* on a file.
 */
function isEventTrace(head: Uint8Array): boolean {
  if (head.length < 76) return false;
  const size = head[0]! | (head[1]! << 8) | (head[2]! << 16) | (head[3]! << 24);
  const [version, , type, flags] = head.subarray(72, 76);
  const isSize = size >= 1024 && size <= 16 * 2 ** 20 && size % 512 === 0;
  return isSize && version === 2 && head[73] === 0 && (type === 1 || type === 2) && flags === 0xc0;
}

/** A SEQUENCE of two length bytes, then INTEGER 3 (RFC 7292 4). */
function isPkcs12(head: Uint8Array): boolean {
  return head[0] === 0x30 && head[1] === 0x82 && head[4] === 2 && head[5] === 1 && head[6] === 3;
}

function startsWith(head: Uint8Array, start: Uint8Array): boolean {
  return start.length <= head.length && start.every((byte, i) => head[i] === byte);
}

/** The first bytes: as text when they are that, else in hex. */
function beginning(head: Uint8Array): string {
  const text = decodeText(head.subarray(0, 240)).trimStart().slice(0, 60);
  const line = text.split(/[\r\n]/)[0] ?? '';
  const printable = line.length > 3 && [...line].every((char) => char >= ' ' && char < '\x7f');
  return printable ? `"${line}"` : `the bytes ${toHex(head.subarray(0, 16)).replace(/..(?=.)/g, '$& ')}`;
}
