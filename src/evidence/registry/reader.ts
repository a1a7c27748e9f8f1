import { concat } from '../../base/bytes.ts';
import { decodeText, type Line } from '../../base/text.ts';
import { type RegFile, RegFileReader, type RegKey, type RegValue } from '../../windows/registry/reg-file.ts';
import { lineLocus } from '../line-locus.ts';
import type { EvidenceReader, OpenReader, ReadContext } from '../reader.ts';
import { computerName, currentVersion } from './host-facts.ts';
import { chainEngine, httpParameters, kdc, schannelProtocols, winHttpSettings } from './machine-settings.ts';
import { isQuery, RegQueryReader } from './reg-query.ts';
import { schannel } from './schannel.ts';
import type { Area } from './section.ts';
import { sslBindingInfo } from './ssl-binding-info.ts';
import { systemCertificates } from './system-certificates.ts';

/** Registry exports (.reg) and what `reg query` prints: Schannel, http.sys records, certificate stores. */
const reader: EvidenceReader = {
  kind: 'registry',
  title: 'registry export',
  sniff(head) {
    const text = decodeText(head);
    if (/^\s*(?:Windows Registry Editor Version \d|REGEDIT4\s)/.test(text)) return 'certain';
    if (isQuery(text)) return 'certain';
    return /^\s*\[-?HKEY_[A-Z_]+\\/m.test(text) ? 'likely' : 'no';
  },
  among: /^[ \t]*(?:\[-?)?HKEY_[A-Z_]+\\/m,
  open: (context) => new EitherReader(context),
};
export default reader;

const AREAS: readonly Area[] = [
  schannel,
  schannelProtocols,
  sslBindingInfo,
  systemCertificates,
  computerName,
  currentVersion,
  httpParameters,
  kdc,
  chainEngine,
  winHttpSettings,
];

const MACHINE = /^(?:HKEY_LOCAL_MACHINE|HKLM)\\/i;

/** Odd lines that are shown one by one. */
const SHOWN_ODD = 10;

interface OpenSection {
  readonly key: RegKey;
  readonly area: Area;
  readonly path: RegExpExecArray;
  readonly values: RegValue[];
  sound: boolean;
}

/** The first bytes tell which of the two texts it is. */
class EitherReader implements OpenReader {
  readonly #context: ReadContext;
  #head: Uint8Array = new Uint8Array(0);
  #open: RegistryReader | null = null;

  constructor(context: ReadContext) {
    this.#context = context;
  }

  push(chunk: Uint8Array): void {
    if (this.#open) this.#open.push(chunk);
    else {
      this.#head = concat([this.#head, chunk]);
      if (this.#head.length >= HEAD) this.#decide();
    }
  }

  end(): void {
    const open = this.#open ?? this.#decide();
    open.end();
  }

  #decide(): RegistryReader {
    const text = decodeText(this.#head);
    const isExport = /^\s*(?:Windows Registry Editor Version \d|REGEDIT4\s)/.test(text) || !isQuery(text);
    this.#open = new RegistryReader(this.#context, isExport ? RegFileReader : RegQueryReader);
    this.#open.push(this.#head);
    this.#head = new Uint8Array(0);
    return this.#open;
  }
}

const HEAD = 1 << 16;

class RegistryReader implements OpenReader {
  readonly #context: ReadContext;
  readonly #file: RegFileReader | RegQueryReader;
  #section: OpenSection | null = null;
  /** Sections in file order; whether they are whole is known at the end only (comments may follow). */
  readonly #held: OpenSection[] = [];
  readonly #times = new Map<string, number>();
  readonly #odd: { line: Line; why: string }[] = [];
  #oddCount = 0;
  #keys = 0;

  constructor(context: ReadContext, Reader: typeof RegFileReader | typeof RegQueryReader) {
    this.#context = context;
    this.#file = new Reader({
      key: (key) => this.#key(key),
      value: (value) => void this.#section?.values.push(value),
      odd: (line, why) => this.#oddLine(line, why),
      partial: () => {
        if (this.#section) this.#section.sound = false;
      },
    });
  }

  push(chunk: Uint8Array): void {
    this.#file.push(chunk);
  }

  end(): void {
    const file = this.#file.end();
    const last = this.#section;
    if (last && !file.ended) last.sound = false;
    this.#close();
    for (const section of this.#held) this.#read(section, file);
    this.#noteOdd();
    this.#noteWhole(file);
  }

  #key(key: RegKey): void {
    this.#close();
    this.#keys++;
    const local = MACHINE.test(key.path) ? key.path.replace(MACHINE, '') : null;
    if (local === null || key.deleted) return;
    for (const area of AREAS) {
      const path = area.path.exec(local);
      if (path) this.#section = { key, area, path, values: [], sound: true };
    }
  }

  #close(): void {
    if (!this.#section) return;
    const path = this.#section.key.path.toLowerCase();
    this.#times.set(path, (this.#times.get(path) ?? 0) + 1);
    this.#held.push(this.#section);
    this.#section = null;
  }

  #read({ key, area, path, values, sound }: OpenSection, file: RegFile): void {
    const once = this.#times.get(key.path.toLowerCase()) === 1;
    const whole = sound && once && file.header !== null && !file.byHand && !file.filtered;
    area.read({ key, values, whole, regedit4: file.header === 'REGEDIT4' }, path, this.#context);
  }

  #oddLine(line: Line, why: string): void {
    if (this.#section) this.#section.sound = false;
    if (this.#oddCount++ < SHOWN_ODD) this.#odd.push({ line, why });
  }

  #noteOdd(): void {
    const { source } = this.#context;
    for (const { line, why } of this.#odd) {
      const message = `${why}: the line is left out ("${line.text.trim().slice(0, 80)}")`;
      this.#context.note({ at: lineLocus(source, line), message });
    }
    const more = this.#oddCount - this.#odd.length;
    if (more > 0) this.#context.note({ at: { source }, message: `${more} more lines were left out` });
  }

  #noteWhole(file: RegFile): void {
    const note = (message: string) => this.#context.note({ at: { source: this.#context.source }, message });
    if (file.byHand) {
      note(
        'comments or deletions inside: made to be imported, not exported from a host; its values are taken as the host has them, what it lacks is not taken for absent',
      );
    } else if (!file.ended && this.#keys > 0) note('the file does not end as exports do: it may be cut');
    if (this.#held.length === 0) {
      note(
        `nothing of use in ${this.#keys} keys: wanted are HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL and HKLM\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters`,
      );
    }
  }
}
