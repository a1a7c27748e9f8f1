import type { EvidenceFile } from '../machine.ts';
import type { Item, Limits } from './item.ts';

/** Where items are collected from: this Windows computer or the lab. Best effort: what fails says so and never throws. */
export interface Collector {
  /** 'this computer (WEB01)'. */
  readonly title: string;
  about(): Promise<AboutHost>;
  collect(item: Item, limits: Limits): AsyncIterable<Collected>;
}

export interface AboutHost {
  readonly host: string;
  /** Whether it runs with administrative rights; absent: not known. */
  readonly elevated?: boolean;
  readonly os?: { readonly build: string; readonly installationType: string };
}

/** What one command of an item gave. */
export interface Collected {
  /** The command line, or what was copied. */
  readonly command: string;
  readonly exitCode?: number;
  /** Why nothing came of it, or not all. */
  readonly error?: string;
  readonly files: readonly EvidenceFile[];
}

export const failed = (command: string, error: string, exitCode?: number): Collected => ({
  command,
  error,
  ...(exitCode === undefined ? {} : { exitCode }),
  files: [],
});
