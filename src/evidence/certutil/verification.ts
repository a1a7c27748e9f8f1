import type { Line } from '../../base/text.ts';
import type { RevocationCheck } from '../claims.ts';
import { lineLocus } from '../line-locus.ts';

/**
 * `certutil -verify -urlfetch`: for each certificate of the chain its flags, then what came of each place. Names of
 * flags, acronyms, error numbers and URLs are alike in every language; the few words that are not are listed.
 */

const ELEMENT = /^\s*CertContext\[(\d+)\]\[(\d+)\]:/;
const SECTION = /^\s*-{8,}\s+(\S.*?\S)\s+-{8,}\s*$/;
/** `  Failed "CDP" Time: 0`, `  Verified "Base CRL (0123)" Time: 4`. */
const TRY = /^\s*(\S[^"]{0,30}?)\s+"([^"]*)"\s+\S[^:：]{0,20}[:：]\s*\d+/;
const CODE = /\b0x[0-9a-f]{8}\b/i;
const URL = /\b((?:https?|ldap|file):\/\/\S+)/i;
const FIELD = /^\s+\S[^:：]*[:：]\s+((?:[A-Za-z][A-Za-z0-9.]*|\d+(?:\.\d+)+)=.*\S)\s*$/;
const EXPIRED =
  /^(?:Expired|Abgelaufen|Expir[ée]e?|Caducad[ao]|Scadut[ao]|Verlopen|Vencid[ao]|Expirad[ao])\b/i;
/** A list that was had and cannot be used. */
const WRONG = /^(?:Wrong|Falsch|Old|Alt|Bad|Failed|Fehl)/i;
const END = /^CertUtil: -\w+/;
const REVOKED = '0x80092010';

/** Where a text shows such an output: from the lines above its first certificate to its closing line. */
export interface Verification {
  readonly from: number;
  readonly to: number;
}

/** How far above the first certificate its head (issuer, subject, flags) begins at most. */
const HEAD = 40;

export function verificationsIn(lines: readonly Line[], isOther: (text: string) => boolean): Verification[] {
  const found: Verification[] = [];
  for (let i = 0; i < lines.length; i++) {
    if (!ELEMENT.test(lines[i]!.text)) continue;
    let from = i;
    while (from > 0 && i - from < HEAD && !isOther(lines[from - 1]!.text) && !END.test(lines[from - 1]!.text))
      from--;
    let to = i;
    while (to + 1 < lines.length && !END.test(lines[to]!.text) && !isOther(lines[to + 1]!.text)) to++;
    found.push({ from, to });
    i = to;
  }
  return found;
}

type Check = Omit<RevocationCheck, 'says'>;

/** The certificate of the chain that is being told of. */
interface Element {
  readonly line: Line;
  readonly isLeaf: boolean;
  /** Issuer, then subject. */
  readonly names: string[];
  readonly checks: Check[];
  revoked: Line | null;
  offline: Line | null;
  sections: number;
}

/** A try whose place and error follow. */
interface Begun {
  readonly line: Line;
  readonly word: string;
  url?: string;
  error?: string;
}

/** Checks of one output, in its order. */
export function revocationChecks(lines: readonly Line[], source: string): RevocationCheck[] {
  return new Reading(source).read(lines);
}

class Reading {
  readonly #source: string;
  readonly #elements: Element[] = [];
  #inRevocation = false;
  #begun: Begun | null = null;
  /** The chain was checked for revocation, and how it ended. */
  #isChecked = false;
  #end: Line | null = null;
  #failure: Line | null = null;

  constructor(source: string) {
    this.#source = source;
  }

  read(lines: readonly Line[]): RevocationCheck[] {
    for (const line of lines) this.#line(line);
    this.#settle();
    return this.#elements.flatMap((element) => this.#checksOf(element));
  }

  #line(line: Line): void {
    const { text } = line;
    const element = this.#elements.at(-1);
    const began = ELEMENT.exec(text);
    if (/^ChainFlags\b.*CERT_CHAIN_REVOCATION_CHECK/.test(text)) this.#isChecked = true;
    if (began) this.#begin(line, Number(began[2]) === 0);
    else if (END.test(text)) this.#end = line;
    else if (element) this.#inside(line, element);
    if (/^\S.*\b0x[0-9a-f]{8} \(/i.test(text)) this.#failure ??= line;
  }

  #begin(line: Line, isLeaf: boolean): void {
    this.#settle();
    this.#inRevocation = false;
    this.#elements.push({ line, isLeaf, names: [], checks: [], revoked: null, offline: null, sections: 0 });
  }

  #inside(line: Line, element: Element): void {
    const { text } = line;
    const section = SECTION.exec(text)?.[1];
    const tried = TRY.exec(text);
    const name = FIELD.exec(text)?.[1];
    if (section !== undefined) {
      this.#settle();
      this.#inRevocation = /CDP|OCSP/i.test(section);
      if (this.#inRevocation) element.sections++;
    } else if (/^\s*-{8,}\s*$/.test(text)) {
      this.#settle();
      this.#inRevocation = false;
    } else if (tried) {
      this.#settle();
      if (this.#inRevocation) this.#begun = { line, word: tried[1]! };
    } else if (this.#begun) this.#goOn(text, this.#begun);
    else if (/\bCERT_TRUST_IS_REVOKED\b/.test(text)) element.revoked ??= line;
    else if (/\bCERT_TRUST_(?:REVOCATION_STATUS_UNKNOWN|IS_OFFLINE_REVOCATION)\b/.test(text))
      element.offline ??= line;
    else if (name !== undefined && element.names.length < 2) element.names.push(name);
  }

  #goOn(text: string, begun: Begun): void {
    const error = CODE.exec(text)?.[0];
    const url = URL.exec(text)?.[1];
    if (error !== undefined) begun.error ??= error.toLowerCase();
    if (url !== undefined) begun.url ??= url;
  }

  /** What came of the last try. One without a place is no try. */
  #settle(): void {
    const begun = this.#begun;
    this.#begun = null;
    if (begun?.url === undefined) return;
    const { line, url, word, error } = begun;
    this.#elements.at(-1)!.checks.push({
      url,
      outcome: outcomeOf(word, error),
      ...(error === undefined ? {} : { error }),
      at: lineLocus(this.#source, line),
    });
  }

  #checksOf(element: Element): RevocationCheck[] {
    const { names, checks, revoked, line, isLeaf } = element;
    const [issuer, subject] = names;
    const isRoot = issuer !== undefined && issuer === subject;
    const whose = {
      ...(subject === undefined ? {} : { subject }),
      ...(issuer === undefined ? {} : { issuer }),
    };
    const told: Check[] = [];
    if (revoked) told.push({ outcome: 'revoked', error: REVOKED, at: lineLocus(this.#source, revoked) });
    // A list that was fetched tells nothing against what the chain engine made of it.
    for (const check of checks) if (!(revoked && check.outcome === 'good')) told.push(check);
    if (!revoked && checks.length === 0 && !isRoot) told.push(...this.#withoutPlaces(element, line, isLeaf));
    return told.map((check) => ({ says: 'revocation-check', ...whose, ...check }));
  }

  /** Without -urlfetch, or of a certificate that names no place. */
  #withoutPlaces({ offline, sections }: Element, line: Line, isLeaf: boolean): Check[] {
    const failure = isLeaf ? this.#failure : null;
    const error = failure ? CODE.exec(failure.text)?.[0].toLowerCase() : undefined;
    const at = lineLocus(this.#source, offline ?? line);
    if (offline)
      return [
        { outcome: sections > 0 ? 'no-place' : 'offline', ...(error === undefined ? {} : { error }), at },
      ];
    if (sections > 0) return [{ outcome: 'no-place', at }];
    const isDone = this.#isChecked && this.#end !== null && !CODE.test(this.#end.text) && !failure;
    return isDone ? [{ outcome: 'good', at }] : [];
  }
}

function outcomeOf(word: string, error: string | undefined): RevocationCheck['outcome'] {
  if (error === REVOKED) return 'revoked';
  if (error !== undefined) return 'offline';
  if (EXPIRED.test(word)) return 'stale';
  return WRONG.test(word) ? 'offline' : 'good';
}
