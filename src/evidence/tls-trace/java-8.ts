import type { Line } from '../../base/text.ts';
import { lineLocus } from '../line-locus.ts';
import type { ReadContext } from '../reader.ts';
import { addAlert, type Traced } from '../traced-handshake.ts';
import { alertNumber, known, schemeNumber, typeNumber, versionNumber } from './codes.ts';
import type { Dialect, OpenDialect } from './dialect.ts';

/** -Djavax.net.debug=ssl of Java 8 and before: each message begins with three stars. */
export const java8: Dialect = {
  marks: /^\*\*\* (?:ClientHello, TLSv1|CertificateRequest$)/m,
  open: (context, report) => new Java8Trace(context, report),
};

class Java8Trace implements OpenDialect {
  readonly #context: ReadContext;
  readonly #report: (traced: Traced) => void;
  #traced: Traced | null = null;
  #message = '';
  #inNames = false;
  /** ServerHelloDone came: a chain that follows is ours. */
  #isOurTurn = false;

  constructor(context: ReadContext, report: (traced: Traced) => void) {
    this.#context = context;
    this.#report = report;
  }

  line(line: Line): void {
    const [, message] = /^\*\*\* ([A-Za-z][\w ]*)/.exec(line.text) ?? [];
    if (message) this.#begin(message, line);
    else if (this.#traced) this.#said(line.text, this.#traced);
  }

  end(): void {
    if (this.#traced) this.#report(this.#traced);
    this.#traced = null;
  }

  #begin(message: string, line: Line): void {
    this.#message = message;
    this.#inNames = false;
    if (message === 'ClientHello') {
      this.end();
      this.#traced = { tool: 'Java', at: lineLocus(this.#context.source, line), alerts: [] };
      this.#isOurTurn = false;
    }
    const traced = this.#traced;
    if (!traced) return;
    if (message === 'ServerHello') this.#version(line.text, traced);
    else if (message === 'CertificateRequest') {
      traced.asked = true;
      traced.at = lineLocus(this.#context.source, line);
    } else if (message === 'ServerHelloDone') {
      traced.asked ??= false;
      this.#isOurTurn = true;
    } else if (message === 'CertificateVerify') traced.proved = true;
    else if (message === 'Finished') traced.completed = true;
  }

  #version(text: string, traced: Traced): void {
    const version = versionNumber(text.replace(/^\*\*\* ServerHello, /, ''));
    if (version !== undefined) traced.version = version;
  }

  #said(text: string, traced: Traced): void {
    if (this.#inNames && /^<.*>$/.test(text)) traced.authorities?.push(text.slice(1, -1));
    const [, types] = /^Cert Types: (.*)/.exec(text) ?? [];
    const [, schemes] = /^Supported Signature Algorithms: (.*)/.exec(text) ?? [];
    const [, name] = /server_name: \[type=host_name \(0\), value=([^\]]+)\]/.exec(text) ?? [];
    const [, how, level, alert] =
      /(RECV|SEND) TLSv1(?:\.\d)? ALERT: +(\w+), *(?:description = )?(\w+)/.exec(text) ?? [];
    if (types) traced.certificateTypes = known(types.split(/, /).map(typeNumber));
    else if (schemes && this.#message === 'CertificateRequest')
      traced.signatureAlgorithms = known(schemes.split(/, (?=\w+with|Unknown)/).map(schemeNumber));
    else if (/^Cert Authorities:/.test(text)) {
      this.#inNames = true;
      traced.authorities = [];
    } else if (name) traced.serverName = name;
    else if (/no suitable certificate found/.test(text)) traced.sent = 'none';
    else if (alert) addNamed(traced, how === 'RECV', level === 'warning', alert);
    else if (this.#isOurTurn && this.#message === 'Certificate chain') ourChain(text, traced);
  }
}

function addNamed(traced: Traced, isReceived: boolean, isWarning: boolean, name: string): void {
  const code = alertNumber(name);
  if (!code) return;
  addAlert(traced, {
    from: isReceived ? 'server' : 'client',
    level: isWarning ? 'warning' : 'fatal',
    code,
  });
  if (!isWarning) traced.completed = false;
}

function ourChain(text: string, traced: Traced): void {
  if (/^<Empty>/.test(text)) traced.sent = 'none';
  else if (/^chain \[\d+\] =/.test(text)) {
    traced.sent = 'certificate';
    traced.chainLength = (traced.chainLength ?? 0) + 1;
  }
  const [, subject] = /^\s+Subject: (.+)/.exec(text) ?? [];
  const [, issuer] = /^\s+Issuer: (.+)/.exec(text) ?? [];
  if (traced.chainLength !== 1) return;
  if (subject) traced.leaf = { subject };
  else if (issuer && traced.leaf) traced.leaf = { ...traced.leaf, issuer };
}
