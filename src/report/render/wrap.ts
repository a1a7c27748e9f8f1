/** Terminals narrower than this wrap by themselves. */
const WIDTH = 110;

/** A text in lines of at most 110 columns, the first indented by `indent`, the others by `rest`. Breaks at blanks. */
export function hang(text: string, indent: number, rest = indent): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const room = WIDTH - (lines.length === 0 ? indent : rest);
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((one, i) => ' '.repeat(i === 0 ? indent : rest) + one);
}
