import type { Line } from '../../base/text.ts';
import { type Give, type OpenCertificate, type Tool, thumbprintIn } from './open-certificate.ts';
import { usagesIn } from './usages.ts';

/** `openssl x509 -text`, and the short forms of -subject, -issuer, -dates, -ext and -fingerprint. */
const BEGIN = /^\s*Certificate:\s*$/;
const SHORT = /^(subject|issuer|serial|notBefore|notAfter)= ?(.*?)\s*$/;
const LONG = /^\s+(Issuer|Subject|Not Before|Not After) ?: ?(.*?)\s*$/;
const FINGERPRINT = /^(?:SHA1|sha1) Fingerprint=(\S+)/;
const EXTENSION = /^\s*X509v3 ([A-Z][A-Za-z ]+):/;

export class OpensslX509 implements Tool {
  readonly #give: Give;
  #open: OpenCertificate | null = null;
  #isLong = false;
  /** Of a short form: more than the names that s_client prints of the server. */
  #isTelling = false;
  /** The value of this one stands in the next line. */
  #next: 'usages' | 'constraints' | 'serial' | null = null;

  constructor(give: Give) {
    this.#give = give;
  }

  line(line: Line): void {
    const { text } = line;
    const next = this.#next;
    this.#next = null;
    if (BEGIN.test(text)) this.#begin(line, true);
    // The certificate itself follows, which tells more.
    else if (/^-----BEGIN CERTIFICATE-----/.test(text)) this.#open = null;
    else if (next && this.#open) this.#value(text, next, this.#open);
    else if (SHORT.test(text) || FINGERPRINT.test(text) || (!this.#isLong && EXTENSION.test(text)))
      this.#short(line);
    else if (this.#open && this.#isLong) this.#long(text, this.#open);
  }

  end(): void {
    const open = this.#open;
    this.#open = null;
    if (!open || !(this.#isLong || this.#isTelling) || open.subject === undefined) return;
    if (open.issuer !== undefined) open.root = open.issuer === open.subject;
    this.#give(open);
  }

  #begin(line: Line, isLong: boolean): OpenCertificate {
    this.end();
    this.#isLong = isLong;
    this.#isTelling = false;
    this.#open = { line };
    return this.#open;
  }

  #long(text: string, open: OpenCertificate): void {
    const [, label, value] = LONG.exec(text) ?? [];
    const extension = EXTENSION.exec(text)?.[1];
    const serial = /^\s+Serial Number:(?:\s*\d+ \(0x([0-9a-f]+)\))?/.exec(text);
    if (label === 'Issuer') open.issuer ??= value!;
    else if (label === 'Subject') open.subject ??= value!;
    else if (label === 'Not Before') open.notBefore ??= value!;
    else if (label === 'Not After') open.notAfter ??= value!;
    else if (serial?.[1]) open.serial = serial[1];
    else if (serial) this.#next = 'serial';
    else if (extension) this.#extension(extension);
    // The algorithm comes again below the last extension: what did not stand there by now is not in it.
    else if (/^ {0,8}Signature Algorithm:/.test(text) && open.subject !== undefined) {
      open.usages ??= null;
      open.isCa ??= false;
    }
  }

  #short({ text, ...rest }: Line): void {
    const [, label, value] = SHORT.exec(text) ?? [];
    const fingerprint = FINGERPRINT.exec(text)?.[1];
    const extension = EXTENSION.exec(text)?.[1];
    const isNew = label === 'subject' && this.#open?.subject !== undefined;
    const open = isNew || !this.#open ? this.#begin({ text, ...rest }, false) : this.#open;
    if (label === 'subject' || label === 'issuer') open[label] ??= value!;
    else if (label === 'notBefore' || label === 'notAfter') open[label] ??= value!;
    else if (label === 'serial') open.serial ??= value!.toLowerCase();
    const thumbprint = fingerprint === undefined ? undefined : thumbprintIn(fingerprint);
    if (thumbprint) open.thumbprint ??= thumbprint;
    if (extension) this.#extension(extension);
    if (label !== 'subject' && label !== 'issuer') this.#isTelling = true;
  }

  #extension(name: string): void {
    if (name === 'Extended Key Usage') this.#next = 'usages';
    if (name === 'Basic Constraints') this.#next = 'constraints';
  }

  #value(text: string, what: 'usages' | 'constraints' | 'serial', open: OpenCertificate): void {
    if (what === 'usages') open.usages = usagesIn(text.trim());
    else if (what === 'constraints') open.isCa = /\bCA:TRUE\b/.test(text);
    else if (/^\s+(?:[0-9a-f]{2}:)*[0-9a-f]{2}\s*$/.test(text)) open.serial = text.trim().replaceAll(':', '');
  }
}
