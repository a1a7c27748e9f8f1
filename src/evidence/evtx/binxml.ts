import { Malformed } from '../../base/bytes.ts';
import { utf16Text } from '../../base/text.ts';
import type { XmlElement } from '../xml.ts';
import { listOf, printValue, STRINGS, type TypedValue, u16, u32 } from './value.ts';

/**
 * Binary XML of event logs ([MS-EVEN6] 2.2.12, and the layout of the file around it): tokens, with names and
 * templates shared within a chunk of 64 KiB and referred to by their offset in it.
 */
export class BinXml {
  readonly #chunk: Uint8Array;
  #nodes = 0;

  constructor(chunk: Uint8Array) {
    this.#chunk = chunk;
  }

  /** The elements of a record's XML; throws Malformed. */
  read(from: number, to: number): XmlElement[] {
    this.#nodes = 0;
    const root = element('');
    this.#content({ at: from, to, values: [], depth: 0, hasDependency: true }, root);
    return root.children;
  }

  /** Content of an element, up to its end or that of the fragment. */
  #content(scope: Scope, parent: XmlElement): void {
    for (;;) {
      if (scope.at >= scope.to) return;
      const token = this.#u8(scope);
      const kind = token & ~MORE;
      if (kind === TOKEN.end || kind === TOKEN.endElement || kind === TOKEN.closeEmpty) return;
      if (kind === TOKEN.fragment) scope.at += 3;
      else if (kind === TOKEN.template) this.#template(scope, parent);
      else if (kind === TOKEN.open) this.#element(scope, parent, (token & MORE) !== 0);
      else if (kind === TOKEN.instruction) this.#name(scope);
      else if (kind === TOKEN.instructionData) this.#counted(scope);
      else if (!this.#text(scope, kind, parent)) throw this.#fault(scope, `token ${token} is unknown`);
    }
  }

  #element(scope: Scope, parent: XmlElement, hasAttributes: boolean): void {
    if (++this.#nodes > MOST_NODES || scope.depth > DEEPEST)
      throw this.#fault(scope, 'too large or too deep');
    if (scope.hasDependency) scope.at += 2;
    scope.at += 4;
    const made = element(this.#name(scope));
    if (hasAttributes) scope.at += 4;
    let repeated: readonly string[] | null = null;
    for (;;) {
      const token = this.#u8(scope);
      const kind = token & ~MORE;
      if (kind === TOKEN.attribute) this.#attribute(scope, made);
      else if (kind === TOKEN.closeEmpty) break;
      else if (kind === TOKEN.closeStart) {
        repeated = this.#listInside(scope);
        const inner = { ...scope, depth: scope.depth + 1 };
        this.#content(inner, made);
        scope.at = inner.at;
        break;
      } else throw this.#fault(scope, `token ${token} in a start tag`);
    }
    // A list of strings in the place of one is an element each.
    if (repeated) for (const text of repeated) parent.children.push({ ...made, children: [], text });
    else parent.children.push(made);
  }

  #listInside(scope: Scope): readonly string[] | null {
    const token = this.#chunk[scope.at];
    if (token !== TOKEN.value && token !== TOKEN.optional) return null;
    const value = scope.values[u16(this.#chunk, scope.at + 1)];
    // An optional value that is not given takes its element with it.
    if (token === TOKEN.optional && (!value || value.type === NOTHING)) return [];
    if (!value || value.type !== STRINGS) return null;
    return listOf(value).slice(0, MOST_NODES);
  }

  #attribute(scope: Scope, made: XmlElement): void {
    const name = this.#name(scope);
    const holder = element('');
    let isGiven = false;
    while (scope.at < scope.to) {
      const kind = this.#chunk[scope.at]! & ~MORE;
      if (!TEXTS.has(kind)) break;
      scope.at++;
      if (kind !== TOKEN.optional || scope.values[u16(this.#chunk, scope.at)]?.type) isGiven = true;
      this.#text(scope, kind, holder);
    }
    if (isGiven) (made.attributes as Map<string, string>).set(name, holder.text);
  }

  /** Adds text, or the elements of a value that is XML itself; false for other tokens. */
  #text(scope: Scope, kind: number, into: XmlElement): boolean {
    switch (kind) {
      case TOKEN.text:
        scope.at++;
        into.text += this.#counted(scope);
        return true;
      case TOKEN.cdata:
        into.text += this.#counted(scope);
        return true;
      case TOKEN.character:
        into.text += String.fromCharCode(u16(this.#chunk, scope.at));
        scope.at += 2;
        return true;
      case TOKEN.entity:
        into.text += ENTITIES[this.#name(scope)] ?? '';
        return true;
      case TOKEN.value:
      case TOKEN.optional: {
        const value = scope.values[u16(this.#chunk, scope.at)];
        scope.at += 3;
        if (value) this.#value(scope, value, into);
        return true;
      }
      default:
        return false;
    }
  }

  #value(scope: Scope, value: TypedValue, into: XmlElement): void {
    if (value.type !== XML) into.text += printValue(value);
    else if (value.to > value.from) {
      if (scope.depth > DEEPEST) throw this.#fault(scope, 'too deep');
      const inner = {
        at: value.from,
        to: value.to,
        values: [],
        depth: scope.depth + 1,
        hasDependency: false,
      };
      this.#content(inner, into);
    }
  }

  #template(scope: Scope, parent: XmlElement): void {
    const definition = u32(this.#chunk, scope.at + 5);
    scope.at += 9;
    const isHere = definition === scope.at;
    const size = u32(this.#chunk, definition + 20);
    const from = definition + 24;
    if (from + size > this.#chunk.length) throw this.#fault(scope, 'a template outside of the chunk');
    if (isHere) scope.at = from + size;
    const values = this.#values(scope);
    if (scope.depth > DEEPEST) throw this.#fault(scope, 'too deep');
    this.#content({ at: from, to: from + size, values, depth: scope.depth + 1, hasDependency: true }, parent);
  }

  #values(scope: Scope): TypedValue[] {
    const chunk = this.#chunk;
    const count = u32(chunk, scope.at);
    let at = scope.at + 4 + count * 4;
    if (count > MOST_VALUES || at > scope.to) throw this.#fault(scope, `${count} values do not fit`);
    const values: TypedValue[] = [];
    for (let i = 0; i < count; i++) {
      const head = scope.at + 4 + i * 4;
      const to = at + u16(chunk, head);
      values.push({ chunk, type: chunk[head + 2]!, from: at, to });
      at = to;
    }
    if (at > scope.to) throw this.#fault(scope, 'values go beyond the record');
    scope.at = at;
    return values;
  }

  /** A name by its offset; the first time in a chunk it stands right here. */
  #name(scope: Scope): string {
    const offset = u32(this.#chunk, scope.at);
    scope.at += 4;
    const length = u16(this.#chunk, offset + 6);
    const from = offset + 8;
    if (from + 2 * length > this.#chunk.length) throw this.#fault(scope, 'a name outside of the chunk');
    if (offset === scope.at) scope.at = from + 2 * length + 2;
    return utf16Text(this.#chunk.subarray(from, from + 2 * length));
  }

  #counted(scope: Scope): string {
    const from = scope.at + 2;
    const to = from + 2 * u16(this.#chunk, scope.at);
    if (to > scope.to) throw this.#fault(scope, 'text goes beyond its record');
    scope.at = to;
    return utf16Text(this.#chunk.subarray(from, to));
  }

  #u8(scope: Scope): number {
    const value = this.#chunk[scope.at++];
    if (value === undefined || scope.at > scope.to) throw this.#fault(scope, 'the record ends inside');
    return value;
  }

  #fault(scope: Scope, why: string): Malformed {
    return new Malformed('binary XML', scope.at, why);
  }
}

interface Scope {
  at: number;
  readonly to: number;
  readonly values: readonly TypedValue[];
  readonly depth: number;
  /** Elements carry two more bytes, but not those of a value that is XML. */
  readonly hasDependency: boolean;
}

const TOKEN = {
  end: 0x00,
  open: 0x01,
  closeStart: 0x02,
  closeEmpty: 0x03,
  endElement: 0x04,
  text: 0x05,
  attribute: 0x06,
  cdata: 0x07,
  character: 0x08,
  entity: 0x09,
  instruction: 0x0a,
  instructionData: 0x0b,
  template: 0x0c,
  value: 0x0d,
  optional: 0x0e,
  fragment: 0x0f,
} as const;
const TEXTS = new Set<number>([TOKEN.text, TOKEN.character, TOKEN.entity, TOKEN.value, TOKEN.optional]);
const MORE = 0x40;
const NOTHING = 0;
const XML = 0x21;
const DEEPEST = 64;
/** Of one event; those of CAPI2, the largest, have some hundred. */
const MOST_NODES = 20_000;
const MOST_VALUES = 4096;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const element = (name: string): XmlElement => ({
  name,
  attributes: new Map(),
  line: 0,
  children: [],
  text: '',
  closed: true,
});
