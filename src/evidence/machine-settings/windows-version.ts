import type { Line } from '../../base/text.ts';
import { type BuildId, buildOf } from '../../windows/builds.ts';
import type { SettingReader } from './reader.ts';

/**
 * The banner of cmd.exe and `ver` ('[Version 10.0.17763.6293]', '[versión 6.3.9600]'); systeminfo's '10.0.14393 N/A Build 14393';
 * 'OsBuildNumber : 20348' of Get-ComputerInfo. Alike in every language.
 */
const VERSION =
  /\[V\S{3,8} (?:6|10)\.\d\.(\d{4,5})(?:\.\d+)?\]|\b(?:6|10)\.\d\.(\d{4,5})\b.{0,40}\bBuild \2\b|\b(?:OsBuildNumber|BuildNumber)\s*[:=]\s*(\d{4,5})\b/i;

/** Server releases only: of a client's number nothing follows for a server. The last one counts. */
export class WindowsVersion implements SettingReader {
  readonly #give: (build: BuildId, line: Line) => void;
  #last: { readonly build: BuildId; readonly line: Line } | null = null;

  constructor(give: (build: BuildId, line: Line) => void) {
    this.#give = give;
  }

  line(line: Line): void {
    const found = VERSION.exec(line.text);
    const build = buildOf(found?.[1] ?? found?.[2] ?? found?.[3] ?? '');
    if (build) this.#last = { build, line };
  }

  end(): void {
    if (this.#last) this.#give(this.#last.build, this.#last.line);
  }
}
