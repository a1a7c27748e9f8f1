import type { Line } from '../../base/text.ts';
import { TLS13 } from '../../wire/tls/registry/version.ts';
import { lineLocus } from '../line-locus.ts';
import type { ReadContext } from '../reader.ts';
import { addAlert, isAddress, type Traced } from '../traced-handshake.ts';
import { versionNumber } from './codes.ts';
import type { Dialect, OpenDialect } from './dialect.ts';

/** curl -v: it names the messages of a handshake and shows no name of an issuer. */
export const curl: Dialect = {
  marks:
    /^\* +(?:Connected to \S+ \(\S+\) port \d+|Established connection to )|^\* TLSv1\.\d \((?:IN|OUT)\), TLS /m,
  open: (context, report) => new CurlTrace(context, report),
};

const CONNECTED =
  /^\* +(?:Connected to (\S+) \((\S+)\) port (\d+)|Established connection to (\S+) \((\S+) port (\d+)\))/;
const MESSAGE = /^\* (TLSv1(?:\.\d)?|SSLv3) \((IN|OUT)\), TLS handshake, .*\((\d+)\):/;
const ALERT = /^\* (?:TLSv1(?:\.\d)?|SSLv3) \((IN|OUT)\), TLS alert, .*\((\d+)\):/;
/** A Certificate that holds none: four bytes of header, three of length, in TLS 1.3 one of context. */
const EMPTY = 8;

class CurlTrace implements OpenDialect {
  readonly #context: ReadContext;
  readonly #report: (traced: Traced) => void;
  #traced: Traced | null = null;
  #finishedIn = false;
  /** The line before was a Certificate of ours: the next tells its length. */
  #awaitsLength = false;

  constructor(context: ReadContext, report: (traced: Traced) => void) {
    this.#context = context;
    this.#report = report;
  }

  line(line: Line): void {
    const connected = CONNECTED.exec(line.text);
    if (connected) this.#begin(line, connected);
    else if (this.#traced) this.#said(line, this.#traced);
  }

  end(): void {
    if (this.#traced) this.#report(this.#traced);
    this.#traced = null;
  }

  #begin(line: Line, found: RegExpExecArray): void {
    this.end();
    const [host, address, port] = found[1] ? found.slice(1) : found.slice(4);
    this.#traced = {
      tool: 'curl',
      at: lineLocus(this.#context.source, line),
      alerts: [],
      host: host!,
      address: address!,
      port: Number(port),
      ...(isAddress(host) ? {} : { serverName: host! }),
    };
    this.#finishedIn = false;
  }

  #said(line: Line, traced: Traced): void {
    const { text } = line;
    const [, length] = /^[{}] \[(\d+) bytes data\]/.exec(text) ?? [];
    if (length && this.#awaitsLength) traced.sent = Number(length) > EMPTY ? 'certificate' : 'none';
    this.#awaitsLength = false;
    const [, version, direction, type] = MESSAGE.exec(text) ?? [];
    const [, from, alert] = ALERT.exec(text) ?? [];
    const [, connection] = /^\* SSL connection using (\S+) \//.exec(text) ?? [];
    const [, part, name] = /^\* +(subject|issuer): (.+)$/.exec(text) ?? [];
    const [, status] = /^< HTTP\/\S+ (\d{3})/.exec(text) ?? [];
    if (type) this.#message(line, traced, direction === 'IN', Number(type), version!);
    else if (alert) addCurlAlert(traced, from === 'IN', Number(alert));
    else if (connection) setVersion(traced, connection);
    else if (part && name) traced.server = { ...traced.server, [part]: name };
    else if (/^\* SSL re-?using session/.test(text)) traced.resumed = true;
    else if (status) traced.status = Number(status);
    else if (/^\* schannel: a client certificate has been requested/.test(text)) this.#asked(line, traced);
  }

  #message(line: Line, traced: Traced, isIn: boolean, type: number, version: string): void {
    setVersion(traced, version);
    if (isIn && type === 13) this.#asked(line, traced);
    // ServerHelloDone, and Finished of TLS 1.3: what was not asked for by now is not.
    else if (isIn && type === 14) traced.asked ??= false;
    else if (isIn && type === 20) {
      this.#finishedIn = true;
      if ((traced.version ?? 0) >= TLS13) traced.asked ??= false;
    } else if (!isIn && type === 11) this.#awaitsLength = true;
    else if (!isIn && type === 15) {
      traced.proved = true;
      traced.sent = 'certificate';
    } else if (!isIn && type === 20) traced.completed = true;
  }

  #asked(line: Line, traced: Traced): void {
    if (this.#finishedIn) traced.late = (traced.version ?? 0) >= TLS13 ? 'post-handshake' : 'renegotiation';
    traced.asked = true;
    traced.at = lineLocus(this.#context.source, line);
  }
}

/** The ClientHello is said to be of TLS 1.3 whatever comes of it; the last word counts. */
function setVersion(traced: Traced, text: string): void {
  const version = versionNumber(text);
  if (version !== undefined) traced.version = version;
}

/** Level and description in one number. close_notify tells nothing. */
function addCurlAlert(traced: Traced, isIn: boolean, number: number): void {
  const [level, code] = [number >> 8, number & 255];
  if (code === 0) return;
  addAlert(traced, { from: isIn ? 'server' : 'client', level: level === 1 ? 'warning' : 'fatal', code });
  if (level === 2) traced.completed = false;
}
