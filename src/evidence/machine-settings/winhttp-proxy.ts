import type { Line } from '../../base/text.ts';
import type { GiveSetting, SettingReader } from './reader.ts';

/** Below its title the proxy stands behind a colon; a sentence without one says that there is none. */
const TITLE = /^.{0,80}WinHTTP.{0,80}[:：]\s*$/i;
const PROXY = /^\s+\S.*?\s*[:：]\s+(\S+)\s*$/;
const SENTENCE = /^\s+\S[^:：]*$/;
/** `netsh winhttp show advproxy` prints JSON below a title of its own. */
const IN_JSON = /^\s*"Proxy"\s*:\s*"([^"]*)"/;
const SET = /^\s*set proxy (?:proxy-server=)?"?([^"\s]+)"?/i;
/** How far below the title the value may stand. */
const NEAR = 6;

/** The proxy of WinHTTP, by which services fetch revocation lists; 'direct' for none. */
export class WinHttpProxy implements SettingReader {
  readonly #give: GiveSetting;
  #below = Number.POSITIVE_INFINITY;
  /** A dump sets what differs from the default. */
  #dump: { readonly line: Line; value: string } | null = null;

  constructor(give: GiveSetting) {
    this.#give = give;
  }

  line(line: Line): void {
    const { text } = line;
    if (/^\s*pushd winhttp\b/i.test(text)) this.#dump = { line, value: 'direct' };
    else if (this.#dump && /^\s*popd\b/i.test(text)) {
      this.#give('winhttp.proxy', this.#dump.value, this.#dump.line);
      this.#dump = null;
    } else if (this.#dump) this.#dump.value = SET.exec(text)?.[1] ?? this.#dump.value;
    else if (TITLE.test(text)) this.#below = 0;
    else if (text.trim() !== '') this.#value(line);
  }

  end(): void {
    // A dump without its end may have lost the line that sets the proxy.
    this.#dump = null;
  }

  #value(line: Line): void {
    if (++this.#below > NEAR || !line.ended) return;
    const value = PROXY.exec(line.text)?.[1] ?? IN_JSON.exec(line.text)?.[1];
    if (value === undefined && !SENTENCE.test(line.text)) return;
    if (value === undefined && /^\s*[{}]/.test(line.text)) return;
    this.#below = Number.POSITIVE_INFINITY;
    this.#give('winhttp.proxy', value === undefined || value === '' ? 'direct' : value, line);
  }
}
