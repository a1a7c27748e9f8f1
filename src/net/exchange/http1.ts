import { asciiBytes, concat } from '../../base/bytes.ts';
import type { ProbeAnswer, ProbeEnd } from '../probe-types.ts';
import { type Authority, bodyPiece, CONTINUE_PATIENCE, type Exchange, type Question } from './exchange.ts';
import { type HttpAnswer, isContinue, readHttpAnswer } from './http-answer.ts';

/** HTTP/1.1, one request after the other on the connection as long as the server keeps it open (RFC 9112). */
export class Http1Exchange implements Exchange {
  end: ProbeEnd | null = null;
  readonly #whole: ProbeAnswer[] = [];
  readonly #authority: Authority;
  #asked = 0;
  #question: Question;
  #output: Uint8Array | null = null;
  #bodyLeft = 0;
  /** Until then the body waits. */
  #holdUntil = 0;
  #input: Uint8Array[] = [];
  /** As far as it has come. */
  #coming: ProbeAnswer | null = null;

  constructor(authority: Authority) {
    this.#authority = authority;
    this.#question = authority.questions[0];
    this.#ask(this.#question);
  }

  get answers(): readonly ProbeAnswer[] {
    return this.#coming ? [...this.#whole, this.#coming] : this.#whole;
  }

  get path(): string {
    return this.#question.path;
  }

  get wakesAt(): number {
    return this.#bodyLeft > 0 && this.#holdUntil > 0 ? this.#holdUntil : Number.POSITIVE_INFINITY;
  }

  hasOutput(now: number): boolean {
    return !this.end && (this.#output !== null || (this.#bodyLeft > 0 && now >= this.#holdUntil));
  }

  takeOutput(now: number): Uint8Array {
    if (!this.hasOutput(now)) return new Uint8Array(0);
    if (this.#output) {
      const head = this.#output;
      this.#output = null;
      if (this.#question.expectContinue) this.#holdUntil = now + CONTINUE_PATIENCE;
      return head;
    }
    const piece = bodyPiece(this.#bodyLeft);
    this.#bodyLeft -= piece.length;
    return piece;
  }

  receive(bytes: Uint8Array): void {
    this.#input.push(bytes);
    this.#read(false);
  }

  peerEnded(): void {
    if (!this.end && this.#input.length > 0) this.#read(true);
  }

  #ask(question: Question): void {
    const isLast = this.#asked === this.#authority.questions.length - 1;
    this.#question = question;
    this.#output = asciiBytes(headOf(question, this.#authority.host, isLast));
    this.#bodyLeft = question.bodyLength;
    this.#holdUntil = 0;
  }

  #read(closed: boolean): void {
    if (this.#input.length > 1) this.#input = [concat(this.#input)];
    const input = this.#input[0]!;
    if (isContinue(input)) this.#holdUntil = 0;
    const answer = readHttpAnswer(input, closed);
    if (answer === 'more' && !closed) return;
    if (answer === 'more' || answer === 'not-http') {
      this.end = { is: 'malformed', why: 'the answer to the request is not HTTP/1.x' };
      return;
    }
    this.#coming = recordOf(this.#question, answer);
    if (answer.whole || answer.cut) this.#answered(answer, input);
  }

  #answered(answer: HttpAnswer, input: Uint8Array): void {
    this.#whole.push(this.#coming!);
    this.#coming = null;
    const next = this.#authority.questions[++this.#asked];
    // What is left of a body would be taken for the next request.
    if (!next || !answer.keepsOpen || answer.cut || this.#bodyLeft > 0) {
      this.end = { is: 'completed' };
      return;
    }
    const rest = input.subarray(answer.used);
    this.#input = rest.length > 0 ? [rest] : [];
    this.#ask(next);
  }
}

const recordOf = ({ method, path }: Question, answer: HttpAnswer): ProbeAnswer => ({
  method,
  path,
  status: answer.status,
  headers: answer.headers,
  body: answer.body,
  cut: answer.cut,
});

function headOf(
  { method, path, bodyLength, expectContinue }: Question,
  host: string,
  isLast: boolean,
): string {
  return [
    `${method} ${path} HTTP/1.1`,
    `Host: ${host}`,
    'User-Agent: handclasp',
    'Accept: */*',
    ...(bodyLength > 0 ? ['Content-Type: application/octet-stream', `Content-Length: ${bodyLength}`] : []),
    ...(expectContinue ? ['Expect: 100-continue'] : []),
    `Connection: ${isLast ? 'close' : 'keep-alive'}`,
    '\r\n',
  ].join('\r\n');
}
