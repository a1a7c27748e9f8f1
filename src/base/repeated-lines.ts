const SLOTS = 1 << 12;
const LONGEST = 160;
/** After so many lines of which few came again it is not looked for any more. */
const TRIED = 1 << 13;

/**
 * The latest short ASCII lines of a text. A listing of ten thousand records has thirty thousand lines that differ and
 * ten times as many that do not: each of those is decoded once and is one string, so that what was found out about it
 * can be looked up.
 */
export class RepeatedLines {
  readonly #lines: string[] = new Array<string>(SLOTS).fill('');
  #slot = -1;
  #tried = 0;
  #again = 0;

  /** The line that these bytes are, when it was kept. */
  find(bytes: Uint8Array, start: number, end: number): string | null {
    this.#slot = -1;
    if (end - start > LONGEST || (this.#tried > TRIED && this.#again * 2 < this.#tried)) return null;
    // FNV-1a.
    let hash = 0x811c9dc5;
    let all = 0;
    for (let i = start; i < end; i++) {
      const byte = bytes[i]!;
      all |= byte;
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    if (all >= 0x80) return null;
    this.#tried++;
    this.#slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    const line = this.#lines[this.#slot]!;
    if (!isLine(line, bytes, start, end)) return null;
    this.#again++;
    return line;
  }

  /** Keeps what was not found just now, and gives it back. */
  keep(line: string): string {
    if (this.#slot >= 0) this.#lines[this.#slot] = line;
    return line;
  }
}

function isLine(line: string, bytes: Uint8Array, start: number, end: number): boolean {
  if (line.length !== end - start) return false;
  for (let i = 0; i < line.length; i++) if (line.charCodeAt(i) !== bytes[start + i]) return false;
  return true;
}
