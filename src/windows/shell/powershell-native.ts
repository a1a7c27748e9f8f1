/**
 * How PowerShell hands a line to a native program: quotation marks of both kinds group, a backtick takes the next
 * character as it is, and a block in braces loses them (so that `appid={…}` ends in error 87; domain 1.4).
 */
export function splitNative(line: string): string[] {
  const all: string[] = [];
  let word: string | null = null;
  for (let at = 0; at < line.length; at++) {
    const char = line[at]!;
    if (/\s/.test(char)) {
      if (word !== null) all.push(word);
      word = null;
    } else if (char === '#' && word === null) break;
    else if (char === '`') word = (word ?? '') + (line[++at] ?? '');
    else if (/['\u2018-\u201b]/.test(char)) {
      const { text, end } = quoted(line, at, /['\u2018-\u201b]/);
      word = (word ?? '') + text;
      at = end;
    } else if (/["\u201c-\u201e]/.test(char)) {
      const { text, end } = quoted(line, at, /["\u201c-\u201e]/, true);
      word = (word ?? '') + text;
      at = end;
    } else if (char === '{') {
      const end = line.indexOf('}', at);
      word = (word ?? '') + line.slice(at + 1, end < 0 ? line.length : end);
      at = end < 0 ? line.length : end;
    } else word = (word ?? '') + char;
  }
  if (word !== null) all.push(word);
  return all;
}

/** Up to the closing mark; a doubled one stands for itself. */
function quoted(line: string, start: number, mark: RegExp, ticks = false): { text: string; end: number } {
  let text = '';
  for (let at = start + 1; at < line.length; at++) {
    const char = line[at]!;
    if (ticks && char === '`') text += line[++at] ?? '';
    else if (!mark.test(char)) text += char;
    else if (mark.test(line[at + 1] ?? '')) text += line[++at];
    else return { text, end: at };
  }
  return { text, end: line.length };
}
