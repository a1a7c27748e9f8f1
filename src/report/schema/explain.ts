import { document, integer, list, maybe, object, oneOf, type Schema, text, texts } from './parts.ts';

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

export const causesSchema: Schema = document('handclasp/causes/1', 'All causes that examine can name', {
  causes: list(object({ id: text, title: text })),
});
