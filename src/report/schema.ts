import { countSchema } from './schema/count.ts';
import { causesSchema, explainSchema } from './schema/explain.ts';
import { fixSchema, storySchema } from './schema/fix.ts';
import type { Schema } from './schema/parts.ts';
import { reportSchema } from './schema/report.ts';
import { changeSchema, probeSchema, whySchema } from './schema/why.ts';

export type { Schema } from './schema/parts.ts';

/** By the name that stands in the document's `schema`. */
export const schemas: Readonly<Record<string, Schema>> = {
  'handclasp/report/1': reportSchema,
  'handclasp/why/1': whySchema,
  'handclasp/why-change/1': changeSchema,
  'handclasp/probe/1': probeSchema,
  'handclasp/explain/1': explainSchema,
  'handclasp/causes/1': causesSchema,
  'handclasp/count/1': countSchema,
  'handclasp/fix/1': fixSchema,
  'handclasp/story/1': storySchema,
};
