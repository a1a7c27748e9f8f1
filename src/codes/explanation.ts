import type { Entry } from './entry.ts';
import type { Numbers } from './numbers.ts';

export type Kind = 'win32' | 'hresult' | 'ntstatus' | 'iis-status' | 'tls-alert' | 'event';

/** What one code says. Several are given for a text that can be read in several ways. */
export interface Explanation {
  readonly kind: Kind;
  /** '5', '0x800b0109', '403.7', 'alert 48', 'event 36885'. */
  readonly code: string;
  /** Symbols or title, the usual one first; empty when the number has no name in the headers. */
  readonly names: readonly string[];
  /** null for what is no 32-bit code. */
  readonly numbers: Numbers | null;
  /** How the number is to be read: 'Win32', 'HRESULT of Win32 5', 'HRESULT, facility 11 CERT'. */
  readonly reading: string;
  /** What it says in client-certificate logon; null when only the name is known. */
  readonly means: string | null;
  readonly seen: string | null;
  readonly next: readonly string[];
  readonly diagnoses: readonly string[];
  readonly source: string;
}

/** Joins what the bits say with what the hand-written table says. */
export function explanationOf(
  head: Pick<Explanation, 'kind' | 'code' | 'reading' | 'numbers'>,
  entry: Entry | undefined,
  symbols: readonly string[] = [],
  beside?: string,
): Explanation {
  const together = beside === undefined ? undefined : entry?.beside?.[beside];
  const names = entry ? [entry.name, ...symbols.filter((one) => one !== entry.name)] : symbols;
  return {
    ...head,
    names,
    means: together ?? entry?.means ?? null,
    seen: entry?.seen ?? null,
    // The steps stand with the status then.
    next: together === undefined ? (entry?.next ?? []) : [],
    diagnoses: entry?.diagnoses ?? [],
    source:
      entry?.source ??
      (names.length > 0
        ? 'winerror.h, ntstatus.h (mingw-w64, public domain)'
        : 'not in winerror.h or ntstatus.h'),
  };
}
