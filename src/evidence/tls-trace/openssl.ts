import { fromHex } from '../../base/bytes.ts';
import type { Line } from '../../base/text.ts';
import { lineLocus } from '../line-locus.ts';
import type { ReadContext } from '../reader.ts';
import { addAlert, isAddress, type Traced } from '../traced-handshake.ts';
import { type Direction, TracedMessages } from '../traced-messages.ts';
import { known, schemeNumber, typeNumber, versionNumber } from './codes.ts';
import type { Dialect, OpenDialect } from './dialect.ts';

/** openssl s_client of 1.0 to 3.5, with -msg too. */
export const openssl: Dialect = {
  marks: /^CONNECTED\([0-9A-F]+\)|^SSL handshake has read \d+ bytes|^Acceptable client certificate CA names/m,
  open: (context, report) => new OpensslTrace(context, report),
};

interface Target {
  host?: string;
  port?: number;
  serverName?: string;
}

/** A message that -msg dumps: its bytes follow in lines of hex. */
interface Dump {
  readonly direction: Direction;
  readonly what: 'Handshake' | 'Alert' | null;
  readonly length: number;
  readonly line: Line;
  hex: string;
}

const DUMP =
  /^(<<<|>>>) .*?(?:, | )?(Handshake|Alert|ChangeCipherSpec|RecordHeader|Inner Content)? ?\[length ([0-9a-f]{4,})\]/;
const MOST_NAMES = 20_000;

class OpensslTrace implements OpenDialect {
  readonly #context: ReadContext;
  readonly #report: (traced: Traced) => void;
  #traced: Traced | null = null;
  #messages: TracedMessages | null = null;
  /** What came before CONNECTED: the command line, and errors, which a terminal shows first. */
  #target: Target = {};
  #earlyAlerts: number[] = [];
  #inNames = false;
  #dump: Dump | null = null;

  constructor(context: ReadContext, report: (traced: Traced) => void) {
    this.#context = context;
    this.#report = report;
  }

  line(line: Line): void {
    const { text } = line;
    if (this.#dump && this.#continueDump(text)) return;
    if (/\bs_client\b.*\s-connect\s/.test(text)) this.#target = targetIn(text);
    else if (/^CONNECTED\(/.test(text)) this.#begin(line);
    else if (this.#traced && DUMP.test(text)) this.#beginDump(line);
    else if (/SSL alert number (\d+)/.test(text)) this.#alert(text);
    else if (this.#traced) this.#said(line, this.#traced);
  }

  end(): void {
    this.#finishDump();
    this.#finish();
  }

  #begin(line: Line): void {
    this.#finish();
    const { host, port, serverName } = this.#target;
    this.#traced = {
      tool: 'openssl s_client',
      at: lineLocus(this.#context.source, line),
      alerts: [],
      ...(host === undefined ? {} : { host }),
      ...(port === undefined ? {} : { port }),
      ...(serverName === undefined ? {} : { serverName }),
    };
    this.#messages = new TracedMessages(this.#traced, this.#context);
    for (const code of this.#earlyAlerts) addAlert(this.#traced, { from: 'server', level: 'fatal', code });
    this.#target = {};
    this.#earlyAlerts = [];
  }

  #finish(): void {
    if (this.#traced) this.#report(this.#traced);
    this.#traced = null;
  }

  #alert(text: string): void {
    const code = Number(/SSL alert number (\d+)/.exec(text)![1]);
    if (this.#traced) addAlert(this.#traced, { from: 'server', level: 'fatal', code });
    else this.#earlyAlerts.push(code);
  }

  #said(line: Line, traced: Traced): void {
    const { text } = line;
    if (this.#inNames && this.#name(text, traced)) return;
    this.#inNames = false;
    const value = (label: RegExp): string | null =>
      label.test(text) ? text.replace(label, '').trim() : null;
    const types = value(/^Client Certificate Types:/);
    const schemes = value(/^Requested Signature Algorithms:/);
    const protocol = value(/^\s+Protocol\s*:/);
    const [, part, name] = /^(subject|issuer) ?= ?(.+)$/.exec(text) ?? [];
    const isNew = /^(New|Reused), (TLSv1\.3|\(NONE\))?/.exec(text);
    if (/^Acceptable client certificate CA names/.test(text)) {
      this.#inNames = true;
      this.#asked(line, traced);
      traced.authorities = [];
    } else if (/^No client certificate CA names sent/.test(text)) traced.authorities = [];
    else if (types !== null) {
      this.#asked(line, traced);
      traced.certificateTypes = known(types.split(/,\s*/).map(typeNumber));
    } else if (schemes !== null) {
      this.#asked(line, traced);
      traced.signatureAlgorithms = known(schemes.split(':').map(schemeNumber));
    } else if (protocol !== null) setVersion(traced, protocol);
    else if (part && name) traced.server = { ...traced.server, [part]: name };
    else if (isNew) handshakeEnded(traced, isNew[1]!, isNew[2]);
    else if (/^\s+Start Time: \d+$/.test(text)) traced.time ??= 1000 * Number(/\d+/.exec(text)![0]);
    else if (/^Connecting to /.test(text)) traced.address = text.slice('Connecting to '.length).trim();
  }

  #asked(line: Line, traced: Traced): void {
    if (!traced.asked && !traced.request) traced.at = lineLocus(this.#context.source, line);
    traced.asked = true;
  }

  /** False at the first line that is no name. */
  #name(text: string, traced: Traced): boolean {
    const isName = /^\/?[A-Za-z][\w.]* ?= ?|^\/[A-Za-z]|^\d+(?:\.\d+)+ ?=/.test(text);
    if (isName && (traced.authorities?.length ?? 0) < MOST_NAMES) traced.authorities?.push(text);
    return isName;
  }

  #beginDump(line: Line): void {
    this.#finishDump();
    const [, arrows, what, length] = DUMP.exec(line.text)!;
    this.#dump = {
      direction: arrows === '>>>' ? 'sent' : 'received',
      what: what === 'Handshake' || what === 'Alert' ? what : null,
      length: Number.parseInt(length!, 16),
      line,
      hex: '',
    };
  }

  /** False when this line is no hex of the dump; `...` stands where it was cut for lack of -debug. */
  #continueDump(text: string): boolean {
    const dump = this.#dump!;
    if (!/^ {4}(?:[0-9a-f]{2}[ -]?)+$/.test(text)) {
      this.#finishDump();
      return false;
    }
    if (dump.what && dump.hex.length < 2 * dump.length) dump.hex += text.replace(/[ -]/g, '');
    return true;
  }

  #finishDump(): void {
    const dump = this.#dump;
    this.#dump = null;
    if (!dump?.what || !this.#messages || dump.hex.length !== 2 * dump.length) return;
    const bytes = fromHex(dump.hex);
    const at = lineLocus(this.#context.source, dump.line);
    if (dump.what === 'Alert') this.#messages.alert(bytes, dump.direction, at);
    else this.#messages.message(bytes, dump.direction, at);
  }
}

/** 's_client -connect www.example.com:443 -servername www.example.com' */
function targetIn(text: string): Target {
  const [, bracketed, plain, port] =
    /\s-connect\s+['"]?(?:\[([^\s\]]+)\]|([^\s'"]+?)):(\d{1,5})(?=['"\s]|$)/.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (!host || !port) return {};
  const [, given] = /\s-servername\s+['"]?([^\s'"]+)/.exec(text) ?? [];
  // Since 1.1.1 it sends the host name by itself.
  const serverName = given ?? (isAddress(host) || /\s-noservername\b/.test(text) ? undefined : host);
  return { host, port: Number(port), ...(serverName === undefined ? {} : { serverName }) };
}

function setVersion(traced: Traced, text: string): void {
  const version = versionNumber(text);
  if (version !== undefined) traced.version = version;
}

/** Nothing of a request was printed by now: there was none, unless an earlier session was taken up. */
function handshakeEnded(traced: Traced, how: string, what: string | undefined): void {
  if (what === '(NONE)') return;
  if (what) setVersion(traced, what);
  if (how === 'Reused') traced.resumed = true;
  if (how === 'New' && traced.authorities && traced.alerts.length === 0) traced.asked ??= false;
}
