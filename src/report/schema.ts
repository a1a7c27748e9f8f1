/**
 * JSON Schemas (2020-12) of the documents that we print with --json. Within one major number fields are only added;
 * a reader must ignore those that it does not know.
 */

export type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string' };
const integer: Schema = { type: 'integer' };
const flag: Schema = { type: 'boolean' };
const time: Schema = { type: 'string', format: 'date-time' };
const list = (items: Schema): Schema => ({ type: 'array', items });
const texts = list(text);
const maybe = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
const oneOf = (...values: readonly string[]): Schema => ({ type: 'string', enum: values });

/** Every property is required unless its name ends in `?`. */
function object(properties: Readonly<Record<string, Schema>>): Schema {
  const entries = Object.entries(properties);
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, schema]) => [name.replace(/\?$/, ''), schema])),
    required: entries.flatMap(([name]) => (name.endsWith('?') ? [] : [name])),
  };
}

const document = (id: string, title: string, properties: Readonly<Record<string, Schema>>): Schema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: `urn:${id.replaceAll('/', ':')}`,
  title,
  ...object({ schema: { const: id }, ...properties }),
});

const tool = object({ name: { const: 'handclasp' }, version: text });
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
    entries: list(entry),
    plan: maybe(plan),
    sources: list(object({ name: text, kind: text, claims: integer })),
    notes: list(object({ at: locus, message: text })),
    pages: { type: 'object', additionalProperties: text },
    picture: {},
  },
);

const request = object({
  version: integer,
  certificateTypes: maybe(texts),
  signatureAlgorithms: maybe(texts),
  authoritiesPresent: flag,
  authoritiesLength: integer,
  authorities: list(object({ name: text, der: text, sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' } })),
});

const probeProperties = {
  schema: { const: 'handclasp/probe/1' },
  target: object({ host: text, port: integer, path: text }),
  address: maybe(text),
  serverName: maybe(text),
  version: text,
  cipherSuite: maybe(text),
  end: text,
  completed: flag,
  request: maybe(request),
  sent: maybe(integer),
  http: maybe(object({ status: integer, substatus: maybe(text) })),
  at: time,
  milliseconds: integer,
};

const decision = object({
  version: text,
  offer: oneOf('offered', 'prompted', 'withheld', 'aborted', 'sent-then-aborted', 'unknown'),
  because: text,
  rule: text,
  wouldChange: texts,
  confidence: text,
});

export const whySchema: Schema = document(
  'handclasp/why/1',
  'What a server asks for, and what clients would answer',
  {
    tool,
    madeAt: time,
    url: text,
    headline: text,
    probes: list(object(probeProperties)),
    identity: maybe(
      object({
        subject: text,
        issuer: text,
        thumbprint: text,
        notAfter: time,
        hasPrivateKey: flag,
        held: texts,
      }),
    ),
    clients: list(
      object({ id: text, title: text, decisions: list(decision), withIssuer: maybe(text), source: text }),
    ),
    notes: texts,
  },
);

const explanation = object({
  kind: oneOf('win32', 'hresult', 'ntstatus', 'iis-status', 'tls-alert', 'event'),
  code: text,
  names: texts,
  numbers: maybe(object({ hex: text, unsigned: integer, signed: integer })),
  reading: text,
  means: maybe(text),
  seen: maybe(text),
  next: texts,
  diagnoses: texts,
  source: text,
});

export const explainSchema: Schema = document('handclasp/explain/1', 'What codes and diagnoses mean', {
  answers: list({
    anyOf: [
      object({ asked: text, is: { const: 'codes' }, explanations: list(explanation) }),
      object({ asked: text, is: { const: 'page' }, id: text, markdown: text }),
      object({ asked: text, is: { const: 'unknown' }, perhaps: texts }),
    ],
  }),
});

/** By the name that stands in the document's `schema`. */
export const schemas: Readonly<Record<string, Schema>> = {
  'handclasp/report/1': reportSchema,
  'handclasp/why/1': whySchema,
  'handclasp/explain/1': explainSchema,
};
