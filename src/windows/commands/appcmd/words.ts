import type { Host } from '../../host.ts';
import { lines } from '../../http-sys/show.ts';
import type { CommandResult } from '../command.ts';

/** A name that stands by itself, and options `-name:value` or `/name:value`. */
export interface Words {
  readonly name: string | undefined;
  /** By name in lower case, in order. */
  readonly options: readonly (readonly [name: string, value: string])[];
}

export function readWords(words: readonly string[]): Words {
  let name: string | undefined;
  const options: [string, string][] = [];
  for (const word of words) {
    const [, option, value] = /^[/-]([^:\s]+)(?::(.*))?$/s.exec(word) ?? [];
    if (option === undefined) name ??= word;
    else options.push([option.toLowerCase(), value ?? '']);
  }
  return { name, options };
}

export const optionOf = ({ options }: Words, name: string): string | undefined =>
  options.find(([own]) => own === name)?.[1];

export function said(host: Host, exitCode: number, ...text: readonly string[]): CommandResult {
  return { host, exitCode, output: lines(text) };
}

export function failed(host: Host, message: string): CommandResult {
  return said(host, 1, `ERROR ( message:${message} )`);
}
