import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2';
import { Duplex } from 'node:stream';
import { concat } from '../../base/bytes.ts';
import { utf8Text } from '../../base/text.ts';
import type { Http2Failure, ProbeAnswer, ProbeEnd } from '../probe-types.ts';
import {
  type Authority,
  bodyPiece,
  CONTINUE_PATIENCE,
  type Exchange,
  MAX_BODY,
  PIECE,
  type Question,
} from './exchange.ts';

type Http2 = typeof import('node:http2');

/** Loaded when a server speaks it. */
export async function http2Exchange(authority: Authority): Promise<Http2Exchange> {
  return new Http2Exchange(await import('node:http2'), authority);
}

/** HTTP/2 by node:http2 over our own TLS (RFC 9113): one stream after the other, so that it is clear which asked. */
export class Http2Exchange implements Exchange {
  end: ProbeEnd | null = null;
  /** How the server broke off a stream or the connection, if it did. */
  failure: Http2Failure | null = null;
  readonly answers: ProbeAnswer[] = [];
  readonly wakesAt = Number.POSITIVE_INFINITY;
  readonly #http2: Http2;
  readonly #authority: Authority;
  readonly #pipe = new Pipe();
  readonly #session: ClientHttp2Session;
  #peerEnded = false;
  #asked = 0;
  #question: Question;

  constructor(http2: Http2, authority: Authority) {
    this.#http2 = http2;
    this.#authority = authority;
    this.#question = authority.questions[0];
    this.#session = http2.connect(`https://${authority.host}`, {
      createConnection: () => this.#pipe,
      settings: { enablePush: false },
      // Megabytes; nghttp2 keeps to it whatever headers the server makes up.
      maxSessionMemory: 2,
      maxReservedRemoteStreams: 0,
    });
    this.#session.on('error', (error) => this.#broken(error));
    this.#session.on('goaway', (code) => this.#failed('goaway', code));
    this.#session.on('close', () => this.#finish({ is: 'completed' }));
    this.#ask();
  }

  get path(): string {
    return this.#question.path;
  }

  hasOutput(): boolean {
    return this.#pipe.hasOutput;
  }

  takeOutput(): Uint8Array {
    return this.#pipe.takeOutput();
  }

  stirred(): Promise<void> {
    return this.#pipe.stirred();
  }

  receive(bytes: Uint8Array): void {
    if (!this.end) this.#pipe.push(bytes);
  }

  peerEnded(): void {
    this.#peerEnded = true;
    this.#pipe.push(null);
  }

  destroy(): void {
    this.#session.destroy();
  }

  #ask(): void {
    const { method, path, bodyLength, expectContinue } = this.#question;
    const hasBody = bodyLength > 0;
    const stream = this.#session.request(
      {
        ':method': method,
        ':path': path,
        'user-agent': 'handclasp',
        accept: '*/*',
        ...(hasBody ? { 'content-length': bodyLength } : {}),
        ...(expectContinue ? { expect: '100-continue' } : {}),
      },
      { endStream: !hasBody },
    );
    if (hasBody) this.#sendBody(stream, bodyLength, expectContinue);
    this.#listen(stream);
  }

  #sendBody(stream: ClientHttp2Stream, length: number, expectContinue: boolean): void {
    let left = length;
    const send = (): void => {
      while (left > 0 && !stream.closed) {
        const piece = bodyPiece(left);
        left -= piece.length;
        if (!stream.write(piece)) return void stream.once('drain', send);
      }
      stream.end();
    };
    if (!expectContinue) {
      send();
      return;
    }
    const timer = setTimeout(send, CONTINUE_PATIENCE);
    stream.once('close', () => clearTimeout(timer));
    stream.once('continue', () => {
      clearTimeout(timer);
      send();
    });
  }

  #listen(stream: ClientHttp2Stream): void {
    const body: Uint8Array[] = [];
    let [length, head] = [0, null as IncomingHttpHeaders | null];
    stream.on('response', (headers) => (head = headers));
    stream.on('data', (chunk: Buffer) => {
      body.push(chunk);
      length += chunk.length;
      if (length > MAX_BODY) stream.close(this.#http2.constants.NGHTTP2_CANCEL);
    });
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (!BY_SERVER.has(error.code ?? '')) this.#broken(error);
    });
    stream.on('close', () => {
      const code = stream.rstCode ?? 0;
      const { method, path } = this.#question;
      if (head) this.answers.push({ method, path, ...readHead(head), ...readBody(body, length) });
      else if (!this.#isOurs(code)) this.#failed('reset', code);
      this.#next(head !== null);
    });
  }

  /** Streams that end with the connection are cancelled by node:http2 itself. */
  #isOurs(code: number): boolean {
    return this.#peerEnded && code === this.#http2.constants.NGHTTP2_CANCEL;
  }

  #next(answered: boolean): void {
    const next = this.#authority.questions[++this.#asked];
    if (!answered || !next || this.#session.closed || this.#session.destroyed) {
      this.#finish({ is: 'completed' });
      return;
    }
    this.#question = next;
    this.#ask();
    this.#pipe.stir();
  }

  #failed(by: Http2Failure['by'], code: number): void {
    // A GOAWAY without an error is how a connection ends (RFC 9113 6.8).
    if (code === 0 || this.end) return;
    this.failure ??= { by, code, name: ERRORS[code] ?? `0x${code.toString(16)}`, path: this.#question.path };
  }

  #broken({ message }: Error): void {
    const why = `the server's HTTP/2 is broken: ${message}`;
    this.#finish(this.failure ? { is: 'completed' } : { is: 'malformed', why });
  }

  #finish(end: ProbeEnd): void {
    const hasSaid = this.answers.length > 0 || this.failure !== null;
    // Closed without an answer: the connection's own end tells how.
    if (!this.end && (hasSaid || end.is === 'malformed')) this.end = end;
    this.#pipe.stir();
  }
}

/** Error codes by number (RFC 9113 7). */
const ERRORS = [
  ...['NO_ERROR', 'PROTOCOL_ERROR', 'INTERNAL_ERROR', 'FLOW_CONTROL_ERROR', 'SETTINGS_TIMEOUT'],
  ...['STREAM_CLOSED', 'FRAME_SIZE_ERROR', 'REFUSED_STREAM', 'CANCEL', 'COMPRESSION_ERROR', 'CONNECT_ERROR'],
  ...['ENHANCE_YOUR_CALM', 'INADEQUATE_SECURITY', 'HTTP_1_1_REQUIRED'],
];

/** What node:http2 reports of the server's own doing; any other error is its judgement of what came. */
const BY_SERVER = new Set(['ERR_HTTP2_STREAM_ERROR', 'ERR_HTTP2_SESSION_ERROR']);

function readHead(head: IncomingHttpHeaders): Pick<ProbeAnswer, 'status' | 'headers'> {
  const lines = Object.entries(head)
    .filter(([name]) => !name.startsWith(':'))
    .flatMap(([name, value]) => [value].flat().map((one) => `${name}: ${one}`));
  return { status: Number(head[':status']), headers: lines.join('\r\n') };
}

const readBody = (parts: readonly Uint8Array[], length: number): Pick<ProbeAnswer, 'body' | 'cut'> => ({
  body: utf8Text(concat(parts).subarray(0, MAX_BODY)),
  cut: length > MAX_BODY,
});

/** What node:http2 takes for a socket. Writing waits until the probe has taken what was written. */
class Pipe extends Duplex {
  #output: Uint8Array[] = [];
  #length = 0;
  #written: (() => void)[] = [];
  #wake: (() => void) | null = null;

  get hasOutput(): boolean {
    return this.#output.length > 0;
  }

  takeOutput(): Uint8Array {
    const bytes = concat(this.#output);
    const written = this.#written;
    [this.#output, this.#written, this.#length] = [[], [], 0];
    for (const done of written) done();
    return bytes;
  }

  stirred(): Promise<void> {
    if (this.hasOutput) return Promise.resolve();
    return new Promise((resolve) => (this.#wake = resolve));
  }

  stir(): void {
    this.#wake?.();
    this.#wake = null;
  }

  override _read(): void {}

  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    this.#output.push(Uint8Array.from(chunk));
    this.#length += chunk.length;
    if (this.#length < PIECE) done();
    else this.#written.push(done);
    this.stir();
  }
}
