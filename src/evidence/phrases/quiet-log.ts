import type { Line } from '../../base/text.ts';
import { lineLocus } from '../line-locus.ts';
import type { ProgramMessage } from '../program-claims.ts';
import type { ReadContext } from '../reader.ts';
import { speakerOf } from './speaker.ts';
import { clockIn, peerIn } from './surroundings.ts';

/**
 * nginx and Apache write refused certificates at level info (ngx_http_request.c, AH02039): a log whose lines are all of
 * coarser levels would not show them, and says nothing by its silence; nor does one without a word of any client.
 */
const FINE = /\[(?:[a-z_0-9]+:)?(?:info|debug|trace\d)\]/;

/** Whether an error log in which nobody is refused would show it if somebody were. */
export class QuietLog {
  readonly #context: Pick<ReadContext, 'source'>;
  #fine = 0;
  #line: Line | null = null;
  #clock: number | undefined;

  constructor(context: Pick<ReadContext, 'source'>) {
    this.#context = context;
  }

  line(line: Line): void {
    if (!FINE.test(line.text) || peerIn(line.text) === undefined) return;
    this.#fine++;
    this.#line ??= speakerOf(line.text) ? line : null;
    this.#clock = clockIn(line.text) ?? this.#clock;
  }

  claim(): ProgramMessage | null {
    if (!this.#line) return null;
    return {
      says: 'program-message',
      code: 'quiet-log',
      program: speakerOf(this.#line.text)?.program ?? 'a server',
      side: 'server',
      count: this.#fine,
      ...(this.#clock === undefined ? {} : { lastClock: this.#clock }),
      at: lineLocus(this.#context.source, this.#line),
    };
  }
}
