import type { Line } from '../../base/text.ts';
import { TLS13 } from '../../wire/tls/registry/version.ts';
import { lineLocus } from '../line-locus.ts';
import type { ReadContext } from '../reader.ts';
import { addAlert, type Traced } from '../traced-handshake.ts';
import { known, schemeNumber, typeNumber, versionNumber } from './codes.ts';
import type { Dialect, OpenDialect } from './dialect.ts';

/** Packet details of Wireshark and tshark -V as text, whole or the part that somebody pasted. */
export const wireshark: Dialect = {
  marks: /^ *(?:TLSv1(?:\.\d)? Record Layer: )?Handshake Protocol: (?:Client Hello|Certificate)/m,
  open: (context, report) => new WiresharkTrace(context, report),
};

/** Of a packet: which way it goes, as far as its lines tell. */
interface Packet {
  readonly from?: number;
  readonly to?: number;
  /** Its summary names what only clients send. */
  readonly isOfClient?: true;
}

const MOST_NAMES = 20_000;
/** Ports of clients begin here at the earliest. */
const SERVICES = 1024;

class WiresharkTrace implements OpenDialect {
  readonly #context: ReadContext;
  readonly #report: (traced: Traced) => void;
  #traced: Traced | null = null;
  #packet: Packet = {};
  #message = '';
  /** Certificates of servers that came after the request: in TLS 1.3 one does. */
  #served = 0;
  #inIssuer = false;
  #level: 'warning' | 'fatal' = 'fatal';

  constructor(context: ReadContext, report: (traced: Traced) => void) {
    this.#context = context;
    this.#report = report;
  }

  line(line: Line): void {
    const text = line.text.trim();
    const [, source, destination] =
      /^Transmission Control Protocol, Src Port: .*?(\d+)\)?, Dst Port: .*?(\d+)\b/.exec(text) ?? [];
    const [, message] = /^Handshake Protocol: ([A-Z][A-Za-z ]+?)(?: \(|$)/.exec(text) ?? [];
    if (/^Frame \d+\b/.test(text)) {
      this.#message = '';
      this.#packet = /Client Key Exchange|Certificate Verify/.test(text) ? { isOfClient: true } : {};
    } else if (source && destination)
      this.#packet = { ...this.#packet, from: Number(source), to: Number(destination) };
    else if (message) this.#begin(message, line);
    else if (/^Alert Message/.test(text)) this.#message = 'Alert';
    else if (this.#traced) this.#said(text, this.#traced);
  }

  end(): void {
    if (this.#traced) this.#report(this.#traced);
    this.#traced = null;
  }

  #begin(message: string, line: Line): void {
    if (message === 'Client Hello') this.end();
    const traced = this.#traced ?? {
      tool: 'the client',
      at: lineLocus(this.#context.source, line),
      alerts: [],
    };
    this.#traced = traced;
    this.#message = message;
    if (message === 'Certificate Request') {
      Object.assign(traced, { asked: true, authorities: [], at: lineLocus(this.#context.source, line) });
      this.#served = 0;
    } else if (message === 'Client Hello' && this.#packet.to !== undefined) traced.port = this.#packet.to;
    else if (message === 'Server Hello Done') traced.asked ??= false;
    else if (message === 'Certificate Verify' && this.#isOfClient(traced)) traced.proved = true;
    else if (message === 'Certificate') this.#certificate(traced, line);
  }

  #certificate(traced: Traced, line: Line): void {
    if (!this.#isOfClient(traced)) {
      this.#message = "Server's certificate";
      this.#served++;
      return;
    }
    traced.at = lineLocus(this.#context.source, line);
    traced.sent = 'none';
    traced.chainLength = 0;
    traced.asked ??= true;
  }

  /** By its ports; else by what a client may send only after it was asked. */
  #isOfClient({ port, asked, version = 0 }: Traced): boolean {
    const { from, to, isOfClient } = this.#packet;
    if (from !== undefined && to !== undefined)
      return to === port || (from !== port && to < SERVICES && from >= SERVICES);
    return isOfClient === true || (asked === true && (version < TLS13 || this.#served > 0));
  }

  #said(text: string, traced: Traced): void {
    const version = /^TLSv1\.\d Record Layer/.test(text) ? versionNumber(text) : undefined;
    const [, negotiated] = /^Supported Version: (TLS 1\.\d)/.exec(text) ?? [];
    if (version !== undefined) traced.version = Math.max(traced.version ?? 0, version);
    else if (negotiated && this.#message === 'Server Hello')
      Object.assign(traced, { version: versionNumber(negotiated) });
    else if (this.#message === 'Client Hello') this.#hello(text, traced);
    else if (this.#message === 'Certificate Request') request(text, traced);
    else if (this.#message === 'Certificate') this.#chain(text, traced);
    else if (this.#message === 'Alert') this.#alert(text, traced);
  }

  #hello(text: string, traced: Traced): void {
    const [, name] = /^Server Name: (\S+)$/.exec(text) ?? [];
    if (name) Object.assign(traced, { serverName: name, host: name });
  }

  #chain(text: string, traced: Traced): void {
    const [, name] = /^Certificate(?: \[…\]| \[truncated\])?: [\da-f….]+ \((.+)\)$/.exec(text) ?? [];
    const [, issuer] = /^rdnSequence: \d+ items? \((.+)\)$/.exec(text) ?? [];
    if (/^Certificate Length: [1-9]/.test(text)) {
      traced.sent = 'certificate';
      traced.chainLength = (traced.chainLength ?? 0) + 1;
    } else if (name) traced.leaf ??= { subject: nameOf(name) };
    else if (/^issuer: rdnSequence/.test(text)) this.#inIssuer = true;
    else if (issuer && this.#inIssuer) {
      this.#inIssuer = false;
      if (traced.leaf && traced.chainLength === 1) traced.leaf = { issuer: nameOf(issuer), ...traced.leaf };
    }
  }

  #alert(text: string, traced: Traced): void {
    const [, level] = /^Level: (Warning|Fatal)\b/.exec(text) ?? [];
    const [, code] = /^Description: .*\((\d+)\)$/.exec(text) ?? [];
    if (level) this.#level = level === 'Warning' ? 'warning' : 'fatal';
    // close_notify tells nothing.
    if (code === undefined || code === '0') return;
    const { from, to } = this.#packet;
    const isOfClient = from !== undefined && to !== undefined && this.#isOfClient(traced);
    addAlert(traced, { from: isOfClient ? 'client' : 'server', level: this.#level, code: Number(code) });
    if (this.#level === 'fatal') traced.completed = false;
  }
}

function request(text: string, traced: Traced): void {
  const [, name] = /^Distinguished Name: \((.+)\)$/.exec(text) ?? [];
  const [, type] = /^Certificate type: (.+)$/.exec(text) ?? [];
  const [, scheme] = /^Signature Algorithm: (.+)$/.exec(text) ?? [];
  if (name && (traced.authorities?.length ?? 0) < MOST_NAMES) traced.authorities?.push(nameOf(name));
  else if (type) traced.certificateTypes = [...(traced.certificateTypes ?? []), ...known([typeNumber(type)])];
  else if (scheme)
    traced.signatureAlgorithms = [...(traced.signatureAlgorithms ?? []), ...known([numberOf(scheme)])];
}

/** 'rsa_pss_rsae_sha256 (0x0804)'. */
function numberOf(scheme: string): number | undefined {
  const [, hex] = /\(0x([\da-f]{4})\)/.exec(scheme) ?? [];
  return hex ? Number.parseInt(hex, 16) : schemeNumber(scheme);
}

const ATTRIBUTES: Readonly<Record<string, string>> = {
  'id-at-commonName': 'CN',
  'id-at-countryName': 'C',
  'id-at-localityName': 'L',
  'id-at-stateOrProvinceName': 'ST',
  'id-at-organizationName': 'O',
  'id-at-organizationalUnitName': 'OU',
  'id-at-serialNumber': 'SERIALNUMBER',
  'pkcs-9-at-emailAddress': 'E',
  dc: 'DC',
};

/** 'id-at-commonName=A,id-at-countryName=DE' as 'CN=A, C=DE'. */
const nameOf = (printed: string): string =>
  printed
    .split(/,(?=(?:id-at-\w+|pkcs-9-at-\w+|dc)=)/)
    .map((part) =>
      part.replace(/^([\w-]+)=/, (all, type: string) => (ATTRIBUTES[type] ? `${ATTRIBUTES[type]}=` : all)),
    )
    .join(', ');
