import type { CommandContext, WrittenFile } from '../commands/command.ts';
import type { Host } from '../host.ts';

/** What flows through a pipeline of the part of PowerShell that the lab speaks. */
export type PsValue = null | boolean | number | string | PsDate | PsBlock | PsObject | readonly PsValue[];

export interface PsDate {
  readonly is: 'date';
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
}

/** `{ … }`: run with `$_` set. */
export interface PsBlock {
  readonly is: 'block';
  readonly text: string;
}

export interface PsObject {
  readonly is: 'object';
  /** How it is shown when nobody says how: a table, lines of text, or every property. */
  readonly view: View;
  /** In order, as PowerShell spells them. */
  readonly properties: ReadonlyMap<string, PsValue>;
  readonly methods?: ReadonlyMap<string, (args: readonly PsValue[], world: World) => PsValue>;
}

export type View = 'certificate' | 'store' | 'binding' | 'list' | 'text';

/** What a script changes while it runs; from outside it is a function of the host it began with. */
export interface World {
  host: Host;
  readonly context: CommandContext;
  readonly variables: Map<string, PsValue>;
  /** Messages on the error stream, in order with what else was printed. */
  readonly printed: string[];
  readonly written: WrittenFile[];
  failed: boolean;
  runNative(line: string, world: World): PsValue[] | null;
}

/** An error record: printed, and the rest of the pipeline's input goes on. */
export class PsError extends Error {
  /** 'PathNotFound,Microsoft.PowerShell.Commands.GetChildItemCommand'; '' where it is not known. */
  readonly id: string;
  constructor(message: string, id = '') {
    super(message);
    this.id = id;
  }
}

export const isObject = (value: PsValue): value is PsObject => shapeOf(value) === 'object';
export const isDate = (value: PsValue): value is PsDate => shapeOf(value) === 'date';
export const isBlock = (value: PsValue): value is PsBlock => shapeOf(value) === 'block';

function shapeOf(value: PsValue): string | undefined {
  return typeof value === 'object' && value !== null && 'is' in value ? value.is : undefined;
}

export const listOf = (value: PsValue): readonly PsValue[] =>
  Array.isArray(value) ? value : value === null ? [] : [value];

export function object(
  view: View,
  properties: Readonly<Record<string, PsValue>>,
  methods?: PsObject['methods'],
): PsObject {
  return {
    is: 'object',
    view,
    properties: new Map(Object.entries(properties)),
    ...(methods ? { methods } : {}),
  };
}

/** Names compare without case; null for one that is not there, as PowerShell has it outside of strict mode. */
export function property(value: PsValue, name: string): PsValue {
  const wanted = name.toLowerCase();
  if (Array.isArray(value)) {
    if (wanted === 'count' || wanted === 'length') return value.length;
    return value.map((one) => property(one, name)).filter((one) => one !== null);
  }
  if (typeof value === 'string' && wanted === 'length') return value.length;
  if (isObject(value))
    for (const [own, held] of value.properties) if (own.toLowerCase() === wanted) return held;
  // Since PowerShell 3 anything can be counted.
  if (wanted === 'count') return value === null ? 0 : 1;
  return null;
}

/** As PowerShell turns it into a string. */
export function textOf(value: PsValue, language: CommandContext['language'] = 'en'): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.map((one) => textOf(one, language)).join(' ');
  if (isDate(value)) return dateTime(value.at, language);
  if (isBlock(value)) return value.text;
  if (!isObject(value)) return '';
  return textOf(value.properties.get('Text') ?? value.properties.get('Name') ?? '', language);
}

function dateTime(time: number, language: CommandContext['language']): string {
  const at = new Date(time);
  const two = (number: number) => String(number).padStart(2, '0');
  const [day, month, year] = [at.getUTCDate(), at.getUTCMonth() + 1, at.getUTCFullYear()];
  const rest = `${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
  const hours = at.getUTCHours();
  if (language === 'de') return `${two(day)}.${two(month)}.${year} ${two(hours)}:${rest}`;
  return `${month}/${day}/${year} ${hours % 12 || 12}:${rest} ${hours < 12 ? 'AM' : 'PM'}`;
}

/** What `if` and Where-Object make of a value. */
export function isTrue(value: PsValue): boolean {
  if (Array.isArray(value)) return value.length > 1 || (value.length === 1 && isTrue(value[0]!));
  return value !== null && value !== false && value !== 0 && value !== '';
}
