import type { Line } from '../../base/text.ts';
import type { SchannelValue } from '../claims.ts';
import type { SettingReader } from './reader.ts';

/**
 * 'SendTrustedIssuerList : 1' as Get-ItemProperty lists it, 'ClientAuthTrustMode = 2' as people write it. Exports and `reg
 * query` have a type between, and a reader of their own.
 */
const QUOTED =
  /\b(SendTrustedIssuerList|ClientAuthTrustMode|EventLogging)\b["'`*]{0,2}\s*(?:[:=]|\bis\b|\bist\b|\bset to\b)\s*["'`*]{0,2}(?:0x)?(\d{1,2})\b(?!\.\d)/g;

export type GiveSchannel = (name: SchannelValue['name'], value: number, line: Line) => void;

/** Of a value that a text gives twice and differently nobody can say which holds. */
export class QuotedSchannel implements SettingReader {
  readonly #give: GiveSchannel;
  readonly #found = new Map<SchannelValue['name'], { readonly value: number; readonly line: Line } | null>();

  constructor(give: GiveSchannel) {
    this.#give = give;
  }

  line(line: Line): void {
    for (const [, name, digits] of line.text.matchAll(QUOTED)) {
      const known = name as SchannelValue['name'];
      const value = Number(digits);
      const before = this.#found.get(known);
      if (before === undefined) this.#found.set(known, { value, line });
      else if (before?.value !== value) this.#found.set(known, null);
    }
  }

  end(): void {
    for (const [name, found] of this.#found) if (found) this.#give(name, found.value, found.line);
  }
}
