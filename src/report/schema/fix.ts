import { document, embedded, integer, list, maybe, object, oneOf, type Schema, text } from './parts.ts';
import { reportSchema } from './report.ts';
import { whySchema } from './why.ts';

/** machine/apply.ts, ApplyResult. */
const result = object({
  outcome: oneOf('applied', 'refused', 'restored', 'incomplete'),
  exitCode: integer,
  says: text,
  differences: list(object({ what: text, expected: text, seen: text })),
});

export const fixSchema: Schema = document('handclasp/fix/1', 'What a repair did', {
  before: embedded(reportSchema),
  result,
  proof: maybe(object({ is: oneOf('proven', 'contradicted', 'unproven'), 'why?': text })),
  after: maybe(embedded(reportSchema)),
});

export const storySchema: Schema = document(
  'handclasp/story/1',
  'The incident from the first 403 to the repair',
  {
    asked: embedded(whySchema),
    examined: embedded(reportSchema),
    result,
    after: maybe(embedded(reportSchema)),
    proof: embedded(whySchema),
  },
);
