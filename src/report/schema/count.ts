import { document, flag, integer, list, maybe, object, oneOf, type Schema, text } from './parts.ts';

const dimension = oneOf(
  'status',
  'substatus',
  'win32',
  'client',
  'path',
  'host',
  'hour',
  'day',
  'server',
  'port',
  'site',
  'user',
  'agent',
  'method',
);

export const countSchema: Schema = document('handclasp/count/1', 'Lines of W3C logs, counted', {
  by: list(dimension),
  /** null: all. */
  status: maybe(integer),
  logs: integer,
  lines: integer,
  /** A property for each of `by`; null: nothing is logged. */
  groups: list(object({ count: integer })),
  /** false: there were too many groups, and some are missing. */
  complete: flag,
  notes: list(object({ at: text, message: text })),
});
