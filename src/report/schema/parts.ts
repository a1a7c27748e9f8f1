/**
 * JSON Schemas (2020-12) of the documents that we print with --json. Within one major number fields are only added;
 * a reader must ignore those that it does not know.
 */

export type Schema = Readonly<Record<string, unknown>>;

export const text: Schema = { type: 'string' };
export const integer: Schema = { type: 'integer' };
export const number: Schema = { type: 'number' };
export const flag: Schema = { type: 'boolean' };
export const sha256: Schema = { type: 'string', pattern: '^[0-9a-f]{64}$' };
export const time: Schema = { type: 'string', format: 'date-time' };
export const list = (items: Schema): Schema => ({ type: 'array', items });
export const texts = list(text);
export const maybe = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
export const oneOf = (...values: readonly string[]): Schema => ({ type: 'string', enum: values });

/** Every property is required unless its name ends in `?`. */
export function object(properties: Readonly<Record<string, Schema>>): Schema {
  const entries = Object.entries(properties);
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, schema]) => [name.replace(/\?$/, ''), schema])),
    required: entries.flatMap(([name]) => (name.endsWith('?') ? [] : [name])),
  };
}

export const document = (
  id: string,
  title: string,
  properties: Readonly<Record<string, Schema>>,
): Schema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: `urn:${id.replaceAll('/', ':')}`,
  title,
  ...object({ schema: { const: id }, ...properties }),
});

export const tool = object({ name: { const: 'handclasp' }, version: text });

/** A message with its English words (base/message.ts). */
export const message = {
  id: text,
  facts: { type: 'object', additionalProperties: { anyOf: [text, number] } },
};
export const told = object({ ...message, text });

/** A document inside another one. */
export const embedded = (schema: Schema): Schema => {
  const { $schema: _, $id: __, ...rest } = schema;
  return rest;
};
