import type { BindingKey, BindingKind, FieldRow } from '../../windows/http-sys/binding.ts';
import { type FlagWords, foldWord, NO_WORDS } from './flag-words.ts';

/** The value of a field, or null where the text is none: redacted, cut, annotated or in another language. */
export type ReadValue = { readonly value: string | number | boolean | undefined } | null;

const UNSET = /^\(null\)(?=\s|$)/i;

/** Reads by the shape that the field has (domain 2.5 rules 3 to 5). Nothing is ever defaulted. */
export function readValue(shape: FieldRow['shape'], text: string, words: FlagWords = NO_WORDS): ReadValue {
  if (UNSET.test(text)) return shape === 'hash' || shape === 'text' ? { value: undefined } : null;
  // Notes of a page's author stand after a blank; the value itself has none.
  const token = text.split(/\s/, 1)[0] ?? '';
  switch (shape) {
    case 'hash':
      return /^[0-9a-f]{40}$/i.test(token) ? { value: token.toLowerCase() } : null;
    case 'guid':
      return readGuid(token);
    case 'number':
      return /^\d{1,10}$/.test(token) ? { value: Number(token) } : null;
    case 'text':
      return readText(text);
    default:
      return readFlag(text, words);
  }
}

const GUID = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i;

function readGuid(token: string): ReadValue {
  const found = GUID.exec(token.replace(/[\u2010-\u2015\u2212]/g, '-'));
  return found ? { value: `{${found[1]!.toLowerCase()}}` } : null;
}

/** Store names may hold blanks, so a note after one cannot be told apart: then it is not read. */
function readText(text: string): ReadValue {
  const annotated = text === '' || /[<>★☆※←→#…]|\/\//u.test(text);
  return annotated ? null : { value: text };
}

const FLAG = /^(enabled|disabled|set|not\s+set)(?=\s|$)/i;

/** Older fields print Enabled/Disabled, newer ones Set/Not Set; in other languages as far as the listing tells. */
function readFlag(text: string, words: FlagWords): ReadValue {
  const word = FLAG.exec(text)?.[1]?.toLowerCase();
  if (word) return { value: word === 'enabled' || word === 'set' };
  const value = words.get(foldWord(text));
  return value === undefined ? null : { value };
}

const V4 = /^\d{1,3}(?:\.\d{1,3}){3}:(\d{1,5})$/;
const V6 = /^\[[0-9a-f:.%]+\]:(\d{1,5})$/i;
const NAME = /^[^\s:：<>"/\\[\]]+:(\d{1,5})$/u;
const PORT = /^(?:\*:)?(\d{1,5})$/;

/** The key on a record's first line, by its label where that is English, else by its shape (domain 2.2). */
export function readKey(label: string, text: string): BindingKey | null {
  const value = text.split(/\s/, 1)[0] ?? '';
  const kind = labelledKind(label) ?? shapedKind(value);
  const port = Number((V4.exec(value) ?? V6.exec(value) ?? NAME.exec(value) ?? PORT.exec(value))?.[1]);
  if (kind === null || !(port > 0 && port < 65536)) return null;
  // A preview of Windows 8 printed host:port here, its documentation *:443; the key of the kind is a port.
  if (kind === 'ccs') return { kind, value: String(port) };
  return fits(kind, value) ? { kind, value } : null;
}

function labelledKind(label: string): BindingKind | null {
  switch (label) {
    case 'Hostname:port':
      return 'hostnameport';
    case 'IP:port':
      return 'ipport';
    case 'Scoped CCS:port':
      return 'scopedccs';
    case 'CCS:port':
    case 'Central Certificate Store':
      return 'ccs';
    default:
      return null;
  }
}

function shapedKind(value: string): BindingKind | null {
  if (V4.test(value) || V6.test(value)) return 'ipport';
  if (PORT.test(value)) return 'ccs';
  return NAME.test(value) ? 'hostnameport' : null;
}

const fits = (kind: BindingKind, value: string): boolean =>
  kind === 'ipport' ? V4.test(value) || V6.test(value) : NAME.test(value);
