/**
 * Names from certificates, logs and pages are hostile. Every renderer passes what comes from outside through one
 * of these; what cannot be seen (control, bidi and zero-width characters) becomes visible in each of them.
 */

/** Controls, format characters (bidi among them), what is drawn as nothing (Unicode's own list), the blank braille. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}\u2800]/gu;

/** Unseen characters as \x1b, \u202e or \u{e0041}, so that the text can neither hide nor reorder anything. */
function visible(text: string): string {
  return text.replace(UNSEEN, (char) => {
    const code = char.codePointAt(0)!;
    const hex = code.toString(16);
    if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
    return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
  });
}

/** For one line on a terminal. */
export const escapeTerminal = visible;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** For text and for quoted attributes of HTML. */
export function escapeHtml(text: string): string {
  return visible(text).replace(/[&<>"'`]/g, (char) => ENTITIES[char]!);
}

/**
 * For running text of GitHub-flavoured Markdown, table cells included: no emphasis, code, link, mention, image,
 * HTML or formula comes of it. Only what could act is escaped, so that the source stays readable in a ticket.
 */
export function escapeMarkdown(text: string): string {
  return visible(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[\\`*[\]>|~$]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/:\/\//g, ':\\/\\/')
    .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}\\.`)
    .replace(/@/g, '&#64;')
    .replace(/^(\s*)([#+=-])/, '$1\\$2')
    .replace(/^(\s*\d{1,9})([.)])/, '$1\\$2');
}

/** A code span whose fence is longer than any run of backticks in it. Not for table cells: a pipe would end them. */
export function markdownCode(text: string): string {
  const shown = visible(text);
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const blank = /^[`\s]|[`\s]$/.test(shown) ? ' ' : '';
  return `${fence}${blank}${shown}${blank}${fence}`;
}

/** A fenced block of lines that nothing inside can close. */
export function markdownBlock(lines: readonly string[]): string {
  const shown = lines.map(visible);
  const longest = Math.max(2, ...(shown.join('\n').match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [fence, ...shown, fence].join('\n');
}

/** One CSV field (RFC 4180) that no spreadsheet takes for a formula. */
export function escapeCsv(text: string): string {
  const inert = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text) || /^[\t\r]/.test(text) ? `'${text}` : text;
  const shown = visible(inert);
  return /[",;]/.test(shown) || shown !== shown.trim() ? `"${shown.replace(/"/g, '""')}"` : shown;
}

/** Line feeds are ours: those of a text are escaped already. */
const UNSEEN_IN_JSON = new RegExp(`(?!\\n)${UNSEEN.source}`, 'gu');

/**
 * JSON text in which every unseen character is a \\u escape: it means the same to every parser, and a terminal
 * that shows it obeys nothing.
 */
export const escapeJson = (value: unknown, indent = 2): string => [...jsonPieces(value, indent)].join('');

/** Characters after which a piece goes out. */
const PIECE = 64 * 1024;

/** The same in pieces: a document of many megabytes is never one text. The value is plain data. */
export function* jsonPieces(value: unknown, indent = 2): Generator<string> {
  let held = '';
  for (const part of partsOf(value, indent, '\n')) {
    held += part;
    if (held.length < PIECE) continue;
    yield escapeUnseen(held);
    held = '';
  }
  if (held !== '') yield escapeUnseen(held);
}

const escapeUnseen = (json: string): string =>
  json.replace(UNSEEN_IN_JSON, (char) => {
    const units = Array.from({ length: char.length }, (_, i) => char.charCodeAt(i));
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
  });

/** `newline` brings the indentation of what is around. */
function* partsOf(value: unknown, indent: number, newline: string): Generator<string> {
  if (isSmall(value)) {
    yield JSON.stringify(value, null, indent).replaceAll('\n', newline);
    return;
  }
  const isArray = Array.isArray(value);
  const [open, close] = isArray ? '[]' : '{}';
  const before = indent === 0 ? '' : newline + ' '.repeat(indent);
  let mark = open;
  for (const [key, one] of isArray ? value.entries() : Object.entries(value as object)) {
    if (one === undefined && !isArray) continue;
    yield mark + before + (isArray ? '' : `${JSON.stringify(key)}:${indent === 0 ? '' : ' '}`);
    yield* partsOf(one ?? null, indent, before);
    mark = ',';
  }
  const isEmpty = mark === open;
  yield `${isEmpty ? open : indent === 0 ? '' : newline}${close}`;
}

/** Values in one that is written at once. */
const SMALL = 64;

function isSmall(value: unknown): boolean {
  let left = SMALL;
  const fits = (one: unknown): boolean =>
    --left > 0 && (typeof one !== 'object' || one === null || Object.values(one).every(fits));
  return fits(value);
}
