import { utf8Text } from '../../base/text.ts';
import type { Name } from './name.ts';

/**
 * Names as tools print them, compared with names as they are. Tools differ in order, in what they call attributes and
 * how they quote, and none prints string types: what prints alike may still differ to a client that compares DER.
 */

/** Printed attribute types, upper case, to dotted OIDs. */
const TYPES: Readonly<Record<string, string>> = {
  CN: '2.5.4.3',
  SN: '2.5.4.4',
  SERIALNUMBER: '2.5.4.5',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  S: '2.5.4.8',
  STREET: '2.5.4.9',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  T: '2.5.4.12',
  TITLE: '2.5.4.12',
  POSTALCODE: '2.5.4.17',
  GN: '2.5.4.42',
  G: '2.5.4.42',
  GIVENNAME: '2.5.4.42',
  ORGANIZATIONIDENTIFIER: '2.5.4.97',
  UID: '0.9.2342.19200300.100.1.1',
  DC: '0.9.2342.19200300.100.1.25',
  DOMAINCOMPONENT: '0.9.2342.19200300.100.1.25',
  E: '1.2.840.113549.1.9.1',
  EMAILADDRESS: '1.2.840.113549.1.9.1',
};

/** Whether a text that a tool printed can stand for this name: the same attributes with the same values. */
export function isNameInWords(text: string, name: Name): boolean {
  if (name.broken) return false;
  const printed = attributesIn(text);
  const real = name.rdns.flat().map(({ type, value }) => keyOf(type, value));
  return printed !== null && printed.toSorted().join('\n') === real.toSorted().join('\n');
}

/** 'C = DE, O = X', 'CN=A,O="X, Inc."', '/C=DE/O=X', 'CN=A + OU=B'; null for what is no name. */
function attributesIn(text: string): string[] | null {
  const trimmed = text.trim();
  const parts = trimmed.startsWith('/') ? slashed(trimmed) : separated(trimmed);
  const keys: string[] = [];
  for (const part of parts) {
    const [, type, value] = /^\s*([A-Za-z][\w.]*|\d+(?:\.\d+)+)\s*=\s*(.*?)\s*$/s.exec(part) ?? [];
    if (type === undefined) return null;
    keys.push(keyOf(oidOf(type), unquoted(value!)));
  }
  return keys;
}

/** The old one-line form has no escapes: a slash before `TYPE=` begins a part. */
const slashed = (text: string): string[] => text.slice(1).split(/\/(?=[A-Za-z][\w.]*=|\d+(?:\.\d+)+=)/);

/** Parts at commas, semicolons and plus signs that are neither quoted nor escaped, and that a type follows. */
function separated(text: string): string[] {
  const parts: string[] = [''];
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '\\') parts.push(`${parts.pop()}${char}${text[++at] ?? ''}`);
    else if (
      !isQuoted &&
      /[,;+]/.test(char) &&
      /^\s*(?:[A-Za-z][\w.]*|\d+(?:\.\d+)+)\s*=/.test(text.slice(at + 1))
    )
      parts.push('');
    else {
      if (char === '"') isQuoted = !isQuoted;
      parts.push(`${parts.pop()}${char}`);
    }
  }
  return parts;
}

function unquoted(value: string): string {
  const bare = /^".*"$/s.test(value) ? value.slice(1, -1).replaceAll('""', '"') : value;
  // Pairs of hex are bytes of UTF-8 (RFC 4514 2.4); anything else stands for itself.
  return bare
    .replace(/(?:\\[0-9A-Fa-f]{2})+/g, (run) =>
      utf8Text(Uint8Array.from(run.match(/[0-9A-Fa-f]{2}/g)!, (pair) => Number.parseInt(pair, 16))),
    )
    .replace(/\\(.)/g, '$1');
}

function oidOf(type: string): string {
  const bare = type.replace(/^OID\./i, '');
  return TYPES[bare.toUpperCase()] ?? bare;
}

const keyOf = (type: string, value: string): string =>
  `${type}=${value.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase()}`;
