import {
  document,
  integer,
  list,
  maybe,
  object,
  oneOf,
  type Schema,
  text,
  texts,
  time,
  tool,
} from './parts.ts';

const locus = object({
  source: text,
  'line?': integer,
  'byte?': integer,
  'byteEnd?': integer,
  'text?': text,
});
const verdict = ['found', 'clear', 'depends', 'cannot-tell', 'broken'] as const;
const outcome = oneOf(...verdict, 'not-applicable');

const entry = object({
  diagnosis: text,
  title: text,
  severity: text,
  subject: text,
  outcome,
  sentence: text,
  because: list(locus),
  wants: texts,
  question: maybe(text),
  variants: list(
    object({ variant: text, says: text, source: text, outcome, follows: text, ruledOut: maybe(text) }),
  ),
  settled: texts,
  explains: texts,
  explainedBy: maybe(text),
  confidence: oneOf('certain', 'likely', 'depends'),
  cites: texts,
  howToFix: maybe(text),
});

const step = object({
  title: text,
  target: text,
  commands: texts,
  powershell: texts,
  undo: texts,
  notes: texts,
});
const plan = object({
  steps: list(step),
  advice: list(step),
  foreseen: texts,
  conflicts: texts,
  refusals: texts,
});

export const reportSchema: Schema = document(
  'handclasp/report/1',
  'What examine says of the evidence of a host',
  {
    tool,
    madeAt: time,
    headline: text,
    verdict: oneOf(...verdict),
    since: maybe(object({ firstRefusal: time, lastSuccess: maybe(time), count: integer })),
    timeline: list(
      object({
        time,
        offset: maybe(integer),
        what: text,
        at: locus,
        role: oneOf('refusal', 'success', 'change', 'snapshot', 'other'),
      }),
    ),
    contradictions: list(object({ what: text, sides: texts, because: list(locus) })),
    entries: list(entry),
    plan: maybe(plan),
    sources: list(object({ name: text, kind: text, claims: integer })),
    notes: list(object({ at: locus, message: text })),
    pages: { type: 'object', additionalProperties: text },
    picture: {},
  },
);
