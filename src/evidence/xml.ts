/**
 * A small XML reader for configuration files and events: elements, attributes and text with their lines. It forgives what editors
 * and copy-paste do to such files (no root, several roots, an end missing) and says so. Document types are passed
 * over: no entity but the five of XML itself and character references is ever expanded.
 */

export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Line of its opening tag, from 1. */
  readonly line: number;
  readonly children: XmlElement[];
  /** What stands in it and in none of its children, references resolved; of CDATA as it stands. */
  text: string;
  /** Its end was seen. */
  closed: boolean;
}

export interface XmlProblem {
  readonly line: number;
  readonly message: string;
}

export interface XmlText {
  readonly roots: readonly XmlElement[];
  readonly problems: readonly XmlProblem[];
}

/**
 * Comments, CDATA, instructions, declarations; a tag (captured); or what begins like one and is none. Values hold
 * no `<` (XML 1.0 2.3), which also keeps the work in proportion to the text whatever it holds.
 */
const MARKUP =
  /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<\?[\s\S]*?(?:\?>|$)|<![^>]*|(<\/?[^\s<>/!?"'](?:[^<>"']|"[^"<]*"|'[^'<]*')*>)|<\/?[^\s<>/!?][^<]*/g;

export function parseXml(text: string): XmlText {
  const roots: XmlElement[] = [];
  const problems: XmlProblem[] = [];
  const open = new OpenElements();
  const lineAt = lineCounter(text);
  let end = 0;
  for (const { 0: markup, 1: tag, index } of text.matchAll(MARKUP)) {
    if (index > end && open.innermost) open.innermost.text += unescaped(text.slice(end, index));
    end = index + markup.length;
    if (markup.startsWith('<![CDATA[') && open.innermost)
      open.innermost.text += markup.slice(9).replace(/\]\]>$/, '');
    if (markup.startsWith('<!') || markup.startsWith('<?')) continue;
    const line = lineAt(index);
    if (tag === undefined) {
      const shown = markup.slice(0, 40).split('\n')[0]!.trim();
      problems.push({ line, message: `the tag ${shown} does not end` });
    } else if (tag.startsWith('</')) problems.push(...open.close(tag.slice(2, -1).trim(), line));
    else {
      const element = elementOf(tag, line);
      (open.innermost?.children ?? roots).push(element);
      if (!element.closed) open.push(element);
    }
  }
  for (const { name, line } of open.left()) problems.push({ line, message: `<${name}> has no end` });
  return { roots, problems };
}

/** Elements whose end has not come, outermost first. */
class OpenElements {
  readonly #stack: XmlElement[] = [];
  /** How many of each name: a stray end must not cost a walk through all of them. */
  readonly #counts = new Map<string, number>();

  get innermost(): XmlElement | undefined {
    return this.#stack.at(-1);
  }

  push(element: XmlElement): void {
    this.#stack.push(element);
    this.#counts.set(element.name, (this.#counts.get(element.name) ?? 0) + 1);
  }

  /** An end closes the innermost of its name and what was left open inside; one that fits none is left out. */
  close(name: string, line: number): XmlProblem[] {
    if (!this.#counts.get(name)) return [{ line, message: `</${name}> closes nothing` }];
    const problems: XmlProblem[] = [];
    for (;;) {
      const element = this.#stack.pop()!;
      this.#counts.set(element.name, this.#counts.get(element.name)! - 1);
      if (element.name === name) {
        element.closed = true;
        return problems;
      }
      const message = `<${element.name}> has no end before </${name}> in line ${line}`;
      problems.push({ line: element.line, message });
    }
  }

  /** Innermost first. */
  left(): XmlElement[] {
    return this.#stack.toReversed();
  }
}

const ATTRIBUTE = /([^\s=<>"'/]{1,200})\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

function elementOf(markup: string, line: number): XmlElement {
  const name = /^<([^\s<>/]+)/.exec(markup)?.[1] ?? '';
  const attributes = new Map<string, string>();
  for (const [, key, double, single] of markup.slice(name.length + 1).matchAll(ATTRIBUTE)) {
    if (!attributes.has(key!)) attributes.set(key!, unescaped(double ?? single ?? ''));
  }
  return { name, attributes, line, children: [], text: '', closed: markup.endsWith('/>') };
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The predefined entities and character references (XML 1.0 4.1, 4.6); others stay as they stand. */
function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (name) return NAMED[name as string] ?? whole;
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** Lines of ascending offsets. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let at = 0;
  return (offset) => {
    for (let feed = text.indexOf('\n', at); feed >= 0 && feed < offset; feed = text.indexOf('\n', at)) {
      line++;
      at = feed + 1;
    }
    return line;
  };
}

/** Elements of a name anywhere below, the element's own children first by document order. */
export function* descendants(element: XmlElement, name: string): Generator<XmlElement> {
  const left = [...element.children].reverse();
  for (let next = left.pop(); next; next = left.pop()) {
    if (next.name === name) yield next;
    for (const child of next.children.toReversed()) left.push(child);
  }
}
