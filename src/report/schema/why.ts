import {
  document,
  embedded,
  flag,
  integer,
  list,
  maybe,
  message,
  number,
  object,
  oneOf,
  type Schema,
  sha256,
  text,
  texts,
  time,
  told,
  tool,
} from './parts.ts';

const requestProperties = {
  version: integer,
  certificateTypes: maybe(texts),
  signatureAlgorithms: maybe(texts),
  authoritiesPresent: flag,
  authoritiesLength: integer,
  authorities: list(object({ name: text, der: text, sha256 })),
};
const request = object(requestProperties);

const anyValue: Schema = { anyOf: [text, number, flag, { type: 'null' }] };
const asks = oneOf('handshake', 'renegotiation', 'post-handshake');
const ends = ['refused', 'closed', 'reset', 'timeout', 'malformed'] as const;

const probeProperties = {
  target: object({ host: text, port: integer, path: text }),
  address: maybe(text),
  serverName: maybe(text),
  version: text,
  askedWith: { type: 'object', additionalProperties: anyValue },
  cipherSuite: maybe(text),
  end: text,
  completed: flag,
  ending: object({
    is: oneOf('completed', 'unreachable', 'before-tls', 'not-tls', ...ends),
    'after?': text,
    'alert?': text,
    'how?': oneOf(...ends),
    'protocol?': maybe(text),
    'detail?': text,
  }),
  asks: maybe(asks),
  request: maybe(request),
  'requests?': list(object({ ...requestProperties, when: asks })),
  sent: maybe(integer),
  http: maybe(object({ status: integer, substatus: maybe(text) })),
  at: time,
  milliseconds: integer,
};

const decisionProperties = {
  version: text,
  offer: oneOf('offered', 'prompted', 'withheld', 'aborted', 'sent-then-aborted', 'unknown'),
  because: text,
  rule: text,
  wouldChange: texts,
  confidence: text,
  'when?': asks,
  'list?': integer,
  'reason?': object(message),
  'changes?': list(object(message)),
};
const decision = object(decisionProperties);

const difference = object({
  what: texts,
  of: oneOf('asking', 'list', 'answer'),
  sides: list(object({ values: list(list(anyValue)), answer: text, probes: list(integer) })),
});

const issuerList = object({
  probes: list(integer),
  'again?': list(integer),
  count: integer,
  bytes: integer,
  names: list(
    object({
      name: text,
      sha256,
      kind: oneOf('root', 'issuing', 'both', 'unknown'),
      hint: maybe(oneOf('root', 'issuing')),
    }),
  ),
  remarks: list(told),
});

const server = object({
  kind: maybe(text),
  title: maybe(text),
  confidence: oneOf('likely', 'possible', 'unknown'),
  because: list(told),
  product: maybe(text),
  signs: list(told),
});

const identity = object({
  subject: text,
  issuer: text,
  thumbprint: text,
  notAfter: time,
  hasPrivateKey: flag,
  held: texts,
  'alias?': text,
  'remarks?': list(object({ ...message, text, severity: oneOf('stops', 'risks', 'note'), cites: texts })),
});

const clients = list(
  object({ id: text, title: text, decisions: list(decision), withIssuer: maybe(text), source: text }),
);
const { wouldChange: _, 'changes?': __, ...ofDecision } = decisionProperties;
const part = oneOf('taken', 'shown', 'fails', 'possible', 'spare', 'never');
const choices = list(
  object({
    id: text,
    title: text,
    decisions: list(
      object({
        ...ofDecision,
        parts: list(part),
        how: maybe(text),
        'way?': object(message),
        programs: { type: 'object', additionalProperties: integer },
      }),
    ),
  }),
);
const certificates = list(object({ identity, where: text, clients }));

export const probeSchema: Schema = document('handclasp/probe/1', 'One connection to a server', {
  ...probeProperties,
});

export const whySchema: Schema = document(
  'handclasp/why/1',
  'What a server asks for, and what clients would answer',
  {
    tool,
    madeAt: time,
    url: text,
    headline: text,
    probes: list(embedded(probeSchema)),
    identity: maybe(identity),
    clients,
    'others?': certificates,
    'choices?': choices,
    'mine?': certificates,
    lists: list(issuerList),
    differences: list(difference),
    'again?': list(
      object({
        probes: list(integer),
        first: object({ when: asks, list: integer }),
        later: object({ when: asks, list: integer }),
        differ: list(oneOf('list', 'types', 'algorithms')),
      }),
    ),
    'paths?': list(
      object({
        path: text,
        asks: list(asks),
        without: texts,
        with: texts,
        accepted: maybe(flag),
        answers: list(
          object({
            probe: integer,
            version: text,
            announced: flag,
            asks: maybe(asks),
            sent: maybe(integer),
            status: maybe(integer),
            substatus: maybe(text),
            ending: maybe(text),
          }),
        ),
      }),
    ),
    'server?': server,
    since: maybe(object({ madeAt: time, changes: list(told) })),
    remarks: list(told),
    notes: texts,
  },
);

/** One line of `why --watch --json`, after the whole document that stands on the first line. */
export const changeSchema: Schema = document('handclasp/why-change/1', 'What changed since the last answer', {
  at: time,
  url: text,
  changes: list(told),
});
