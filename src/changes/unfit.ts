/**
 * Whether a text from evidence must not be put on a command line: control, format and unassigned characters hide
 * what it does, and quotation marks are read differently by the shells.
 */
export const isUnfit = (text: string): boolean => /[\p{C}\u2028\u2029"]/u.test(text) || text !== text.trim();
