import type { Line } from '../../base/text.ts';
import { TLS13 } from '../../wire/tls/registry/version.ts';
import { lineLocus } from '../line-locus.ts';
import type { ReadContext } from '../reader.ts';
import { addAlert, isAddress, type Traced } from '../traced-handshake.ts';
import { versionNumber } from './codes.ts';
import type { Dialect, OpenDialect } from './dialect.ts';

/** gnutls-cli, best with -d 4: then it prints the issuers that were named. */
export const gnutls: Dialect = {
  marks:
    /^Connecting to '[^']+'\.\.\.|^\|<\d>\| (?:HSK|EXT|REC)\[0x[0-9a-f]+\]:|^\|<\d>\| Peer requested CA: /m,
  open: (context, report) => new GnutlsTrace(context, report),
};

class GnutlsTrace implements OpenDialect {
  readonly #context: ReadContext;
  readonly #report: (traced: Traced) => void;
  #traced: Traced | null = null;
  #session: string | null = null;
  #isRequest = false;
  #finishedIn = false;

  constructor(context: ReadContext, report: (traced: Traced) => void) {
    this.#context = context;
    this.#report = report;
  }

  line(line: Line): void {
    const [, host, port] = /^Connecting to '(.+):(\d+)'\.\.\./.exec(line.text) ?? [];
    const [, session] = /^\|<\d>\| HSK\[(0x[0-9a-f]+)\]: /.exec(line.text) ?? [];
    if (host) this.#connecting(line, host, Number(port));
    // In a file the debug lines stand before all that goes to the standard output.
    else if (session && session !== this.#session && !this.#isFresh) this.#begin(line);
    if (session) this.#session = session;
    if (this.#traced && !host) this.#said(line, this.#traced);
  }

  end(): void {
    if (this.#traced) this.#report(this.#traced);
    this.#traced = null;
  }

  /** A connection of which nothing but its target is known. */
  get #isFresh(): boolean {
    return this.#traced !== null && this.#session === null;
  }

  #begin(line: Line): Traced {
    this.end();
    this.#isRequest = false;
    this.#finishedIn = false;
    this.#session = null;
    const traced: Traced = { tool: 'gnutls-cli', at: lineLocus(this.#context.source, line), alerts: [] };
    this.#traced = traced;
    return traced;
  }

  #connecting(line: Line, host: string, port: number): void {
    const traced = this.#traced?.host === undefined && this.#traced ? this.#traced : this.#begin(line);
    traced.host = host;
    traced.port = port;
    if (!isAddress(host)) traced.serverName = host;
  }

  #said(line: Line, traced: Traced): void {
    const { text } = line;
    const [, message] = /HSK\[0x[0-9a-f]+\]: (?!.*queued)([A-Z ]+) \(\d+\) was received/.exec(text) ?? [];
    if (message) this.#message(message, line, traced);
    const [, high, low] = /EXT\[0x[0-9a-f]+\]: rcvd signature algo \((\d+)\.(\d+)\)/.exec(text) ?? [];
    if (high && this.#isRequest)
      traced.signatureAlgorithms = [...(traced.signatureAlgorithms ?? []), (Number(high) << 8) | Number(low)];
    const [, name] =
      /^\|<\d>\| Peer requested CA: (.+)/.exec(text) ?? /^ {3}\[\d+\]: (.+)\.$/.exec(text) ?? [];
    if (name) this.#name(name, traced);
    const [, minor] = /Negotiated version: 3\.(\d)/.exec(text) ?? [];
    if (minor) traced.version = 0x0300 + Number(minor);
    const [, described] = /^- Description: \((TLS1\.\d|SSL3\.0)/.exec(text) ?? [];
    if (described) traced.version = versionNumber(described)!;
    const [, count] = /^- Successfully sent (\d+) certificate\(s\) to server/.exec(text) ?? [];
    if (count) this.#answered(Number(count), line, traced);
    else if (/^- Server has requested a certificate/.test(text)) this.#asked(line, traced);
    if (/^- Handshake was completed/.test(text)) this.#completed(traced);
    const [, code] = /^\*\*\* Received alert \[(\d+)\]/.exec(text) ?? [];
    if (code) addAlert(traced, { from: 'server', level: 'fatal', code: Number(code) });
  }

  #message(message: string, line: Line, traced: Traced): void {
    this.#isRequest = message === 'CERTIFICATE REQUEST';
    if (this.#isRequest) {
      if (this.#finishedIn) traced.late = (traced.version ?? 0) >= TLS13 ? 'post-handshake' : 'renegotiation';
      this.#asked(line, traced);
    } else if (message === 'SERVER HELLO DONE') traced.asked ??= false;
    else if (message === 'FINISHED') this.#finishedIn = true;
  }

  #name(name: string, traced: Traced): void {
    traced.authorities ??= [];
    traced.authorities.push(name);
  }

  #asked(line: Line, traced: Traced): void {
    if (!traced.asked) traced.at = lineLocus(this.#context.source, line);
    traced.asked = true;
  }

  #answered(count: number, line: Line, traced: Traced): void {
    this.#asked(line, traced);
    traced.sent = count > 0 ? 'certificate' : 'none';
    traced.chainLength = count;
  }

  /** With messages traced, a request that was not is none. */
  #completed(traced: Traced): void {
    traced.completed = true;
    if (this.#finishedIn) traced.asked ??= false;
  }
}
