import type { Line } from '../../base/text.ts';
import { type Give, type OpenCertificate, type Tool, thumbprintIn } from './open-certificate.ts';
import { usagesIn } from './usages.ts';

/** `keytool -list -v` and `keytool -printcert`, in English and German. */
const OWNER = /^(?:Owner|Eigentümer): (.*\S)/;
const ISSUER = /^(?:Issuer|Aussteller): (.*\S)/;
const SERIAL = /^(?:Serial number|Seriennummer): ([0-9a-f]+)/i;
const DATES = /^(?:Valid from|Gültig von): (.*?) (?:until|bis): (.*\S)/;
const SHA1 = /^\s+SHA1: ((?:[0-9A-F]{2}:){19}[0-9A-F]{2})/;
/** Between certificates of a chain, and below the last one of an entry. */
const END = /^(?:Certificate|Zertifikat)\[\d+\]:|^\*{20,}$/;
const ENTRY = /^(?:Entry type|Eintragstyp): (\w+)/;

export class Keytool implements Tool {
  readonly #give: Give;
  #open: OpenCertificate | null = null;
  /** The next certificate is the first of an entry with a private key. */
  #hasKey = false;
  #inUsages = false;
  #lines: string[] = [];

  constructor(give: Give) {
    this.#give = give;
  }

  line(line: Line): void {
    const { text } = line;
    const entry = ENTRY.exec(text)?.[1];
    if (entry !== undefined) {
      this.#printed();
      this.end();
      this.#hasKey = entry === 'PrivateKeyEntry';
    } else if (END.test(text)) this.#printed();
    else if (OWNER.test(text)) this.#begin(line);
    else if (this.#open) this.#inside(text, this.#open);
  }

  end(): void {
    if (this.#open) this.#give(this.#open);
    this.#open = null;
  }

  /** All of it stands above: an extension that did not come is not in it. */
  #printed(): void {
    if (this.#open?.thumbprint === undefined) return;
    this.#open.usages ??= null;
    this.#open.isCa ??= false;
  }

  #begin(line: Line): void {
    this.end();
    this.#open = { line, subject: OWNER.exec(line.text)![1]!, ...(this.#hasKey ? { hasKey: true } : {}) };
    this.#hasKey = false;
    this.#inUsages = false;
  }

  #inside(text: string, open: OpenCertificate): void {
    const [, issuer] = ISSUER.exec(text) ?? [];
    const [, from, until] = DATES.exec(text) ?? [];
    const thumbprint = thumbprintIn(SHA1.exec(text)?.[1] ?? '');
    const serial = SERIAL.exec(text)?.[1];
    if (issuer) Object.assign(open, { issuer, root: issuer === open.subject });
    else if (from) Object.assign(open, { notBefore: from, notAfter: until! });
    else if (serial) open.serial = serial.toLowerCase();
    else if (thumbprint) open.thumbprint = thumbprint;
    else if (/^ExtendedKeyUsages \[/.test(text)) [this.#inUsages, this.#lines] = [true, []];
    else if (this.#inUsages && text.startsWith(']')) {
      this.#inUsages = false;
      open.usages = usagesIn(this.#lines.join(', '));
    } else if (this.#inUsages) this.#lines.push(text);
    else if (/^\s+CA:(?:true|false)\b/.test(text)) open.isCa = /CA:true/.test(text);
  }
}
