import { type Name, printName } from '../wire/x509/name.ts';

/**
 * Distinguished names as tools print them ('/C=DE/CN=A', 'CN=A, C=DE', 'C = DE, CN = A') under one key: parts without
 * order, case and blanks, S as ST, E as emailAddress. Names that print alike need not be the same bytes.
 */
export function wordsKey(printed: string): string {
  const parts = printed.trim().startsWith('/')
    ? printed
        .trim()
        .slice(1)
        .split(/\/(?=[\w.]+\s*=)/)
    : split(printed);
  return parts
    .map((part) => {
      const [, type = '', value = ''] = /^\s*(?:OID\.)?([\w.]+)\s*=\s*(.*)$/s.exec(part) ?? ['', '', part];
      const name = SAME_TYPES[type.toUpperCase()] ?? type.toUpperCase();
      return `${name}=${value.replaceAll('"', '').replaceAll('\\', '').replace(/\s+/g, ' ').trim().toLowerCase()}`;
    })
    .sort()
    .join(',');
}

export const nameKey = (name: Name): string => wordsKey(printName(name));

const SAME_TYPES: Readonly<Record<string, string>> = { S: 'ST', E: 'EMAILADDRESS', SERIALNUMBER: '2.5.4.5' };

/** At commas (and the plus of a part of several) that stand before 'TYPE =', outside quotes. */
function split(printed: string): string[] {
  const parts: string[] = [];
  let rest = printed;
  let part = '';
  for (let match = NEXT.exec(rest); match; match = NEXT.exec(rest)) {
    part = rest.slice(0, match.index);
    parts.push(part);
    rest = rest.slice(match.index + match[0].length);
  }
  return [...parts, rest];
}

const NEXT = /\s*(?<!\\)[,+;]\s*(?=(?:OID\.)?[A-Za-z][\w.]*\s*=)/;
