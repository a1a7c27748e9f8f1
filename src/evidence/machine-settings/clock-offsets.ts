import type { Line } from '../../base/text.ts';
import type { GiveSetting, SettingReader } from './reader.ts';

/** '10:11:12, d:+00.0312s o:-00.0051s [ * ]', and '10:11:12, -00.0051s' of /dataonly. */
const SAMPLE = /^\d\d:\d\d:\d\d,?\s+(?:.*\bo:)?([+-]\d+[.,]\d+)s\b/;
/** 'Phase Offset: 0.0012s' of /query /status /verbose, 'Phasenoffset: …'; 'NTP: +0.0001s offset from …' of /monitor. */
const PHASE = /^\s*\S.{0,40}offset\s*[:：]\s*([+-]?\d+[.,]\d+)s\b|\bNTP:\s*([+-]\d+[.,]\d+)s offset\b/i;

/** What w32tm measures: the last sample counts. */
export class ClockOffsets implements SettingReader {
  readonly #give: GiveSetting;
  #last: { readonly line: Line; readonly seconds: string } | null = null;

  constructor(give: GiveSetting) {
    this.#give = give;
  }

  line(line: Line): void {
    if (!line.ended) return;
    const found = SAMPLE.exec(line.text) ?? PHASE.exec(line.text);
    const text = found?.[1] ?? found?.[2];
    if (text === undefined) return;
    const seconds = Number(text.replace(',', '.'));
    if (!Number.isNaN(seconds)) this.#last = { line, seconds: String(seconds) };
  }

  end(): void {
    if (this.#last) this.#give('clock.offset-seconds', this.#last.seconds, this.#last.line);
  }
}
