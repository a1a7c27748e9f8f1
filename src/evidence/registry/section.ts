import type { Locus } from '../../base/locus.ts';
import type { RegKey, RegValue } from '../../windows/registry/reg-file.ts';
import { lineLocus } from '../line-locus.ts';
import type { ReadContext } from '../reader.ts';

/** A key with its values, as far as the file has it. */
export interface Section {
  readonly key: RegKey;
  readonly values: readonly RegValue[];
  /** Nothing of it is cut off or unreadable: a value that it lacks was absent. */
  readonly whole: boolean;
  /** Bytes of text values are in the ANSI code page. */
  readonly regedit4: boolean;
}

/** Registry names compare without case. */
export function valueIn(section: Section, name: string): RegValue | undefined {
  const wanted = name.toLowerCase();
  return section.values.find((value) => value.name.toLowerCase() === wanted);
}

export function locusOf(context: ReadContext, { line }: RegKey | RegValue): Locus {
  return lineLocus(context.source, line);
}

/** What one part of the registry tells; `path` is the match of its key below HKEY_LOCAL_MACHINE. */
export interface Area {
  readonly path: RegExp;
  read(section: Section, path: RegExpExecArray, context: ReadContext): void;
}
