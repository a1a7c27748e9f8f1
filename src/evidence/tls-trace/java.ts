import type { Line } from '../../base/text.ts';
import { lineLocus } from '../line-locus.ts';
import type { ReadContext } from '../reader.ts';
import { addAlert, type Traced } from '../traced-handshake.ts';
import { alertNumber, known, schemeNumber, typeNumber, versionNumber } from './codes.ts';
import type { Dialect, OpenDialect } from './dialect.ts';
import { namesOnOneLine } from './java-names.ts';

/** -Djavax.net.debug=ssl:handshake of Java 11 and later: a head line a message, then what it holds as a block. */
export const java: Dialect = {
  marks: /^javax\.net\.ssl\|[A-Z]+\|/m,
  open: (context, report) => new JavaTrace(context, report),
};

/** Level, thread, thread's name, time, and place in the source stand before what is said. */
const HEAD = /^javax\.net\.ssl\|[A-Z]+\|(\w+)\|[^|]*\|([^|]+)\|[^|]*\|(.*)$/;
type Block = 'request' | 'names' | 'certificate' | 'alert' | 'hello' | null;

class JavaTrace implements OpenDialect {
  readonly #context: ReadContext;
  readonly #report: (traced: Traced) => void;
  /** By thread: an application has many. */
  readonly #traced = new Map<string, Traced>();
  #thread = '';
  #block: Block = null;
  #alertFrom: 'client' | 'server' = 'server';

  constructor(context: ReadContext, report: (traced: Traced) => void) {
    this.#context = context;
    this.#report = report;
  }

  line(line: Line): void {
    const [, thread, time, said] = HEAD.exec(line.text) ?? [];
    if (thread === undefined) this.#inBlock(line);
    else this.#head(thread, time!, said!, line);
  }

  end(): void {
    for (const traced of this.#traced.values()) this.#report(traced);
    this.#traced.clear();
  }

  #head(thread: string, time: string, said: string, line: Line): void {
    this.#thread = thread;
    this.#block = null;
    if (/^Produced ClientHello handshake message/.test(said)) this.#begin(thread, time, line);
    // An excerpt begins where somebody thought that it matters.
    else if (!this.#traced.has(thread) && /^Consuming CertificateRequest/.test(said))
      this.#begin(thread, time, line);
    const traced = this.#traced.get(thread);
    if (!traced) return;
    const [, version] = /^Negotiated protocol version: (\S+)/.exec(said) ?? [];
    if (version) traced.version = versionNumber(version) ?? traced.version!;
    else if (/^Consuming CertificateRequest handshake message/.test(said)) this.#asked(line, traced);
    else if (/^Produced client Certificate (?:handshake )?message/.test(said)) this.#block = 'certificate';
    else if (/^No X\.509 cert(?:ificate)? (?:selected|for client)|^No available client auth/.test(said))
      traced.sent ??= 'none';
    else if (/^Produced (?:client )?CertificateVerify/.test(said)) traced.proved = true;
    else if (/^Consuming ServerHelloDone|^Consuming server Finished/.test(said)) traced.asked ??= false;
    else if (/^Produced client Finished/.test(said)) traced.completed = true;
    else this.#alertHead(said, traced);
  }

  #begin(thread: string, time: string, line: Line): void {
    const before = this.#traced.get(thread);
    // The second hello after a HelloRetryRequest goes on with the same connection.
    if (before && before.version === undefined && before.asked === undefined) return;
    if (before) this.#report(before);
    const at = Date.parse(time.replace(' ', 'T').replace(' UTC', 'Z'));
    this.#traced.set(thread, {
      tool: 'Java',
      at: lineLocus(this.#context.source, line),
      alerts: [],
      ...(/UTC$/.test(time) && !Number.isNaN(at) ? { time: at } : {}),
    });
    this.#block = 'hello';
  }

  #asked(line: Line, traced: Traced): void {
    traced.asked = true;
    traced.at = lineLocus(this.#context.source, line);
    this.#block = 'request';
  }

  #alertHead(said: string, traced: Traced): void {
    const [, direction] = /^(Received|Produced|Sent) alert message/.exec(said) ?? [];
    if (direction) {
      this.#block = 'alert';
      this.#alertFrom = direction === 'Received' ? 'server' : 'client';
    }
    const [, name] = /Received fatal alert: (\w+)/.exec(said) ?? [];
    const code = name && alertNumber(name);
    if (!code) return;
    addAlert(traced, { from: 'server', level: 'fatal', code });
    traced.completed = false;
  }

  #inBlock({ text }: Line): void {
    const traced = this.#traced.get(this.#thread);
    if (!traced || !this.#block) return;
    if (this.#block === 'names') this.#name(text, traced);
    else if (this.#block === 'request') this.#request(text, traced);
    else if (this.#block === 'certificate') this.#certificate(text, traced);
    else if (this.#block === 'alert') this.#alert(text, traced);
    else {
      const [, name] = /^\s+type=host_name \(0\), value=(\S+)/.exec(text) ?? [];
      if (name) traced.serverName = name;
    }
  }

  #request(text: string, traced: Traced): void {
    const [, label, listed] = /^\s+"([a-z ]+)": \[(.*?)\]?,?$/.exec(text) ?? [];
    const items = listed === '' || listed === undefined ? [] : listed.split(', ');
    if (label === 'certificate types') traced.certificateTypes = known(items.map(typeNumber));
    else if (label === 'signature schemes' || label === 'supported signature algorithms')
      traced.signatureAlgorithms ??= known(items.map(schemeNumber));
    else if (label === 'certificate authorities') {
      traced.authorities = namesOnOneLine(listed!);
      if (!/\]\s*$/.test(text)) this.#block = 'names';
    }
  }

  /** TLS 1.3: a name a line, the last with the bracket that ends them. */
  #name(text: string, traced: Traced): void {
    const name = text.trim().replace(/\]$/, '');
    if (name !== '') traced.authorities?.push(name);
    if (text.endsWith(']')) this.#block = 'request';
  }

  #certificate(text: string, traced: Traced): void {
    const [, label, value] = /^\s+"(issuer|subject)"\s*: "(.*)",?$/.exec(text) ?? [];
    if (/^"Certificates": <empty list>/.test(text) || /^\]/.test(text)) traced.sent ??= 'none';
    else if (/^\s+"certificate" : \{/.test(text)) {
      traced.sent = 'certificate';
      traced.chainLength = (traced.chainLength ?? 0) + 1;
    }
    if (!label || traced.chainLength !== 1) return;
    // The issuer comes first.
    if (label === 'issuer') traced.leaf = { subject: '', issuer: value! };
    else traced.leaf = { ...traced.leaf, subject: value! };
  }

  #alert(text: string, traced: Traced): void {
    const [, name] = /^\s+"description": "(\w+)"/.exec(text) ?? [];
    const code = name === undefined ? undefined : alertNumber(name);
    if (code) addAlert(traced, { from: this.#alertFrom, level: 'fatal', code });
  }
}
