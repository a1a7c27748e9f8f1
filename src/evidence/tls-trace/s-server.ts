import type { Line } from '../../base/text.ts';
import { lineLocus } from '../line-locus.ts';
import type { ReadContext } from '../reader.ts';
import type { Traced } from '../traced-handshake.ts';
import type { Dialect, OpenDialect } from './dialect.ts';

/** openssl s_server -verify: the one trace here of a server, with which the client's chain is looked at. */
export const sServer: Dialect = {
  marks: /^Client certificate\r?$/m,
  open: (context, report) => new ServerTrace(context, report),
};

/** X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT(_LOCALLY), self-signed, UNABLE_TO_VERIFY_LEAF_SIGNATURE. */
const ISSUER_ERRORS = [2, 18, 19, 20, 21];
const MOST_ERRORS = 16;

class ServerTrace implements OpenDialect {
  readonly #context: ReadContext;
  readonly #report: (traced: Traced) => void;
  #errors: { readonly number: number; readonly line: Line }[] = [];
  #traced: Traced | null = null;

  constructor(context: ReadContext, report: (traced: Traced) => void) {
    this.#context = context;
    this.#report = report;
  }

  line(line: Line): void {
    const { text } = line;
    const [, number] = /^verify error:num=(\d+):/.exec(text) ?? [];
    const [, part, name] = /^(subject|issuer) ?= ?(.+)$/.exec(text) ?? [];
    if (number && this.#errors.length < MOST_ERRORS) this.#errors.push({ number: Number(number), line });
    else if (/^Client certificate$/.test(text)) this.#begin(line);
    else if (part && name && this.#traced) this.#leaf(part, name, this.#traced);
    else if (/certificate verify failed/.test(text) && this.#traced) this.#traced.completed = false;
  }

  end(): void {
    const traced = this.#traced;
    if (!traced) return;
    // One error of one certificate: no other came along, and none was at hand.
    const last = this.#errors.at(-1);
    if (last) traced.completed = false;
    if (last?.number === LEAF_ALONE) traced.chainLength = 1;
    this.#report(traced);
    if (last && ISSUER_ERRORS.includes(last.number))
      this.#context.claim({
        says: 'program-message',
        code: 'issuer-unknown',
        program: 'openssl s_server',
        side: 'server',
        count: 1,
        facts: { error: last.number },
        at: lineLocus(this.#context.source, last.line),
      });
    this.#traced = null;
    this.#errors = [];
  }

  #begin(line: Line): void {
    if (this.#traced) this.end();
    this.#traced = {
      tool: 'openssl s_server',
      at: lineLocus(this.#context.source, line),
      alerts: [],
      asked: true,
      sent: 'certificate',
      completed: true,
    };
  }

  #leaf(part: string, name: string, traced: Traced): void {
    traced.leaf = { ...traced.leaf, subject: traced.leaf?.subject ?? '', [part]: name };
  }
}

const LEAF_ALONE = 21;
