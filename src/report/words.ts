/** How facts become words. Escaping is the renderers' business. */

/** 'a', 'a and b', 'a, b and c'; beyond `most` the rest is counted. */
export function listing(items: readonly string[], most = 4): string {
  const shown = items.length > most ? [...items.slice(0, most), `${items.length - most} more`] : [...items];
  const last = shown.pop();
  if (last === undefined) return '';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}

/** '1 record', '3 records'. */
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** '2026-11-24 09:03 UTC'. */
export const dateTime = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;

/** '2026-11-24 09:03:11 UTC': for what is compared with lines of a log. */
export const moment = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;

/** The time alone when the day is the same, for the second of two moments. */
export const momentAfter = (first: string, iso: string): string =>
  first.slice(0, 10) === iso.slice(0, 10) ? iso.slice(11, 19) : moment(iso);

/** A sentence to be continued: without its full stop. */
export const unfinished = (sentence: string): string => sentence.replace(/[.\s]+$/, '');

/** A title inside a sentence: its first letter small, unless the first word is a name (ClientAuthTrustMode, CRL). */
export const inside = (title: string): string =>
  /^\p{Lu}\p{Ll}*(?![\p{L}\p{N}])/u.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;

/** A text as a sentence: first letter large, full stop at the end. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return '';
  const begun = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

/** '40 s before', '3 min after', '2 h 5 min before', '4 days after' the moment that counts as 0. */
export function fromThen(seconds: number): string {
  if (seconds === 0) return 'then';
  return `${span(Math.abs(seconds))} ${seconds < 0 ? 'before' : 'after'}`;
}

function span(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
