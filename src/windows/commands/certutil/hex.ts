import { toHex } from '../../../base/bytes.ts';

/** Lines of sixteen bytes in two groups, with their offset, as certutil dumps what it does not decode. */
export function hexLines(bytes: Uint8Array, indent = '    '): string[] {
  const pairs = toHex(bytes).match(/../g) ?? [];
  const lines: string[] = [];
  for (let at = 0; at < pairs.length; at += 16) {
    const row = pairs.slice(at, at + 16);
    const [left, right] = [row.slice(0, 8).join(' '), row.slice(8).join(' ')];
    const offset = at.toString(16).padStart(4, '0');
    lines.push(`${indent}${offset}  ${left}${right ? `  ${right}` : ''}`);
  }
  return lines;
}

export const pairs = (bytes: Uint8Array): string => (toHex(bytes).match(/../g) ?? []).join(' ');
