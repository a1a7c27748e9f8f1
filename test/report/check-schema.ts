import type { Schema } from '../../src/report/schema.ts';

/** Violations of a JSON Schema as report/schema.ts writes them; an unknown keyword is an error of the test itself. */
export function violations(value: unknown, schema: Schema, at = '$'): string[] {
  return Object.entries(schema).flatMap(([keyword, wanted]) => {
    const check = KEYWORDS[keyword];
    if (!check) throw new Error(`the keyword ${keyword} is not checked by this test`);
    return check(value, wanted, at, schema);
  });
}

// biome-ignore lint/suspicious/noExplicitAny: what a keyword holds depends on the keyword
type Check = (value: unknown, wanted: any, at: string, schema: Schema) => string[];
const nothing: Check = () => [];
const say = (bad: boolean, message: string): string[] => (bad ? [message] : []);

const KEYWORDS: Record<string, Check> = {
  $schema: nothing,
  $id: nothing,
  title: nothing,
  const: (value, wanted, at) => say(value !== wanted, `${at}: is not ${wanted}`),
  enum: (value, wanted, at) => say(!wanted.includes(value), `${at}: ${String(value)} is none of ${wanted}`),
  type: (value, wanted, at) => say(!isOfType(value, wanted), `${at}: is no ${wanted}`),
  pattern: (value, wanted, at) =>
    say(!new RegExp(wanted, 'u').test(String(value)), `${at}: does not fit ${wanted}`),
  format: (value, _, at) => say(new Date(String(value)).toISOString() !== value, `${at}: is no time`),
  items: (value, wanted, at) =>
    Array.isArray(value) ? value.flatMap((one, i) => violations(one, wanted, `${at}[${i}]`)) : [],
  properties: (value, wanted, at) =>
    Object.entries(value as object).flatMap(([name, inner]) =>
      name in wanted ? violations(inner, wanted[name], `${at}.${name}`) : [`${at}.${name}: is not described`],
    ),
  additionalProperties: (value, wanted, at) =>
    Object.entries(value as object).flatMap(([name, inner]) => violations(inner, wanted, `${at}.${name}`)),
  required: (value, wanted, at) =>
    wanted.flatMap((name: string) => say(!(name in (value as object)), `${at}.${name}: is missing`)),
  anyOf: (value, wanted, at) => {
    const tried = wanted.map((one: Schema) => {
      try {
        return violations(value, one, at);
      } catch {
        return [`${at}: of another kind`];
      }
    });
    return tried.some((one: string[]) => one.length === 0) ? [] : tried.flat();
  },
};

function isOfType(value: unknown, type: string): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'null') return value === null;
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}
