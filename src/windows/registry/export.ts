import { toHex } from '../../base/bytes.ts';
import { utf16Bytes } from '../../base/text.ts';
import type { RegistryData, RegistryKey } from './registry.ts';

/** Text of `reg export` (domain 3): CRLF; the file has it in UTF-16LE behind a byte order mark. */
function exportText(keys: readonly RegistryKey[]): string {
  const lines = [
    'Windows Registry Editor Version 5.00',
    '',
    ...keys.flatMap(({ path, values }) => [
      `[${path}]`,
      ...values.flatMap(({ name, data }) => valueLines(name === '' ? '@' : quoted(name), data)),
      '',
    ]),
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}

/** UTF-16LE with its mark. */
export const exportBytes = (keys: readonly RegistryKey[]): Uint8Array => utf16Bytes(exportText(keys), true);

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

const WIDTH = 80;

function valueLines(name: string, data: RegistryData): string[] {
  if (data.is === 'text') return [`${name}=${quoted(data.value)}`];
  if (data.is === 'dword') return [`${name}=dword:${data.value.toString(16).padStart(8, '0')}`];
  const kind = data.type === 3 ? 'hex' : `hex(${data.type.toString(16)})`;
  return wrapped(`${name}=${kind}:`, toHex(data.value).match(/../g) ?? []);
}

/** Pairs of digits, each line but the last ending in `,\`, the following ones indented by two. */
function wrapped(start: string, pairs: readonly string[]): string[] {
  const lines: string[] = [];
  let line = start;
  for (const [i, pair] of pairs.entries()) {
    const isLast = i === pairs.length - 1;
    line += isLast ? pair : `${pair},`;
    if (!isLast && line.length + 3 > WIDTH - 2) {
      lines.push(`${line}\\`);
      line = '  ';
    }
  }
  return [...lines, line];
}
