import { fromBase64 } from '../../base/base64.ts';
import { Malformed } from '../../base/bytes.ts';
import { type JsonObject, readList, readNumber, readObject, readText, Unfit } from '../../base/json.ts';
import { decodeText } from '../../base/text.ts';
import { gather } from '../gather.ts';
import { netErrorSays } from '../phrases/net-errors.ts';
import type { ProgramMessage } from '../program-claims.ts';
import type { EvidenceReader, ReadContext } from '../reader.ts';
import { type Traced, tellTraced } from '../traced-handshake.ts';
import { TracedMessages } from '../traced-messages.ts';

/**
 * Network log of Chrome and Edge (chrome://net-export): the messages of each handshake with their bytes, but for what
 * the client's Certificate held. A log of the default kind has them, too.
 */
const reader: EvidenceReader = {
  kind: 'net-log',
  title: 'network log of Chrome or Edge',
  sniff(head) {
    const text = decodeText(head);
    if (!/^\s*\{\s*"constants"\s*:\s*\{/.test(text)) return 'no';
    // The constants stand in order of name, and their number is large.
    return /"(?:activeFieldTrialGroups|clientInfo|certStatusFlag|logEventTypes)"\s*:/.test(text)
      ? 'certain'
      : 'no';
  },
  open: (context) => gather(context, LARGEST, (bytes) => readLog(decodeText(bytes), context)),
};
export default reader;

const LARGEST = 256 * 2 ** 20;

function readLog(text: string, context: ReadContext): void {
  const log = parse(text);
  if (!log) {
    const message = 'no whole JSON document: it is damaged; export the log again (chrome://net-export)';
    context.note({ at: { source: context.source }, message });
    return;
  }
  try {
    const told = new NetLog(log, context).tell();
    if (told > 0) return;
    const message =
      'no handshake with a request for a certificate in it: start the log before the first connection (chrome://net-export), and close the browser’s other windows, for a kept connection asks for nothing';
    context.note({ at: { source: context.source }, message });
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
    context.note({ at: { source: context.source }, message: `${error.message}: export the log again` });
  }
}

/** A log that a browser did not get to close lacks its end: the events that are whole are used. */
function parse(text: string): unknown {
  for (const whole of [
    text,
    `${text.replace(/,?\s*$/, '')}]}`,
    `${text.slice(0, text.lastIndexOf('},\n') + 1)}]}`,
  ]) {
    try {
      return JSON.parse(whole);
    } catch {
      // The next attempt mends more.
    }
  }
  return null;
}

interface Connection {
  readonly traced: Traced;
  readonly messages: TracedMessages;
}

class NetLog {
  readonly #context: ReadContext;
  readonly #names: ReadonlyMap<number, string>;
  readonly #events: readonly JsonObject[];
  /** Milliseconds between the log's ticks and 1970. */
  readonly #offset: number;
  readonly #connections = new Map<number, Connection>();
  readonly #errors = new Map<string, ProgramMessage>();

  constructor(json: unknown, context: ReadContext) {
    const log = readObject(json, 'log');
    const constants = readObject(log.constants, 'log.constants');
    const types = readObject(constants.logEventTypes, 'log.constants.logEventTypes');
    this.#context = context;
    this.#names = new Map(Object.entries(types).map(([name, number]) => [Number(number), name]));
    this.#events = readList(readObject)(log.events, 'log.events');
    this.#offset = Number(constants.timeTickOffset ?? 0);
  }

  /** How many connections told something. */
  tell(): number {
    for (const [i, event] of this.#events.entries()) this.#event(event, `log.events[${i}]`);
    for (const error of this.#errors.values()) this.#context.claim(error);
    let told = 0;
    for (const { traced } of this.#connections.values()) if (tellTraced(traced, this.#context)) told++;
    return told;
  }

  #event(event: JsonObject, place: string): void {
    const name = this.#names.get(readNumber(event.type, `${place}.type`));
    this.#error(event);
    if (name === undefined || !/^(?:SSL_|TCP_CONNECT$)/.test(name)) return;
    const source = readObject(event.source, `${place}.source`);
    const params = event.params === undefined ? {} : readObject(event.params, `${place}.params`);
    const connection = this.#at(readNumber(source.id, `${place}.source.id`));
    connection.traced.time ??= this.#offset + Number(event.time);
    this.#said(name, params, connection, place);
  }

  /** Errors of requests and connections, each kind once. */
  #error({ params, time }: JsonObject): void {
    const number =
      typeof params === 'object' && params !== null ? (params as JsonObject).net_error : undefined;
    const said = typeof number === 'number' ? netErrorSays(number) : null;
    if (!said) return;
    const at = this.#offset + Number(time);
    const known = this.#errors.get(said.name);
    this.#errors.set(said.name, {
      says: 'program-message',
      code: said.code,
      program: 'Chromium',
      side: 'client',
      count: (known?.count ?? 0) + 1,
      ...(Number.isNaN(at)
        ? {}
        : { first: Math.min(known?.first ?? at, at), last: Math.max(known?.last ?? at, at) }),
      facts: { error: said.name },
      at: { source: this.#context.source, text: said.name },
    });
  }

  #at(id: number): Connection {
    const known = this.#connections.get(id);
    if (known) return known;
    const traced: Traced = { tool: 'Chrome', at: { source: this.#context.source }, alerts: [] };
    const connection = { traced, messages: new TracedMessages(traced, this.#context) };
    this.#connections.set(id, connection);
    return connection;
  }

  #said(name: string, params: JsonObject, { traced, messages }: Connection, place: string): void {
    const at = { source: this.#context.source };
    const direction = name.endsWith('_SENT') ? 'sent' : 'received';
    if (name === 'TCP_CONNECT' && typeof params.remote_address === 'string')
      setAddress(traced, params.remote_address);
    else if (name === 'SSL_CLIENT_CERT_PROVIDED') provided(traced, Number(params.cert_count));
    else if (name === 'SSL_CONNECT' && params.net_error === undefined && 'is_resumed' in params)
      traced.completed = true;
    else if (/^SSL_HANDSHAKE_MESSAGE_/.test(name) && params.bytes !== undefined)
      messages.message(bytesOf(params.bytes, place), direction, at);
    else if (/^SSL_ALERT_/.test(name) && params.bytes !== undefined) {
      const alert = bytesOf(params.bytes, place);
      // close_notify ends every connection.
      if (alert[1] !== 0) messages.alert(alert, direction, at);
    }
  }
}

function setAddress(traced: Traced, text: string): void {
  const [, address, port] = /^\[?([^\]]+?)\]?:(\d+)$/.exec(text) ?? [];
  if (!address) return;
  traced.address = address;
  traced.port = Number(port);
}

function provided(traced: Traced, count: number): void {
  traced.sent = count > 0 ? 'certificate' : 'none';
  if (count > 0) traced.chainLength = count;
}

function bytesOf(json: unknown, place: string): Uint8Array {
  try {
    return fromBase64(readText(json, `${place}.params.bytes`));
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new Unfit(`${place}.params.bytes`, 'base64');
  }
}
