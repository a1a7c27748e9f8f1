import type { Line } from '../../base/text.ts';
import type { ReadContext } from '../reader.ts';
import type { Traced } from '../traced-handshake.ts';

/** How one tool tells of its handshakes. Each is given every line: a terminal session may hold several tools. */
export interface Dialect {
  /** Lines that only this tool writes: they recognise a trace. */
  readonly marks: RegExp;
  open(context: ReadContext, report: (traced: Traced) => void): OpenDialect;
}

export interface OpenDialect {
  line(line: Line): void;
  end(): void;
}
