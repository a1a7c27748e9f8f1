import { describe, expect, test } from 'vitest';
import { explain } from '../../src/app/explain.ts';
import * as tables from '../../src/codes/names.generated.ts';
import { openNames } from '../../src/codes/names.ts';
import { render } from '../../src/report/render/index.ts';
import { schemas } from '../../src/report/schema.ts';
import { violations } from './check-schema.ts';
import { byHand, cannotTell, clear, found, hostile, why } from './samples.ts';

describe('documents fit their schema', () => {
  for (const [name, report] of Object.entries({ found, cannotTell, clear, byHand, hostile }))
    test(`report: ${name}`, () => {
      const json = JSON.parse(render.json(report));
      expect(violations(json, schemas[json.schema]!)).toEqual([]);
    });
  test('why', () => {
    expect(violations(JSON.parse(JSON.stringify(why)), schemas[why.schema]!)).toEqual([]);
  });
  test('explain', async () => {
    const shelves = { names: async () => openNames(tables), pages: async () => ({ 'a-page': '# A' }) };
    const answers = await explain(
      ['5', '403.7', 'alert 48', '0x80091234', 'a-page', 'no such thing'],
      shelves,
    );
    const json = JSON.parse(JSON.stringify({ schema: 'handclasp/explain/1', answers }));
    expect(violations(json, schemas[json.schema]!)).toEqual([]);
  });
});

describe('the check itself', () => {
  const schema = schemas['handclasp/report/1']!;
  for (const [what, broken] of Object.entries({
    'a missing field': { ...clear, headline: undefined },
    'a verdict of its own': { ...clear, verdict: 'fine' },
    'a field that is not described': { ...clear, extra: 1 },
    'a wrong time': { ...clear, madeAt: '2026-13-01' },
    'a number for a text': { ...clear, sources: [{ name: 1, kind: 'x', claims: 2 }] },
  }))
    test(`refuses ${what}`, () => {
      const json = JSON.parse(JSON.stringify(broken));
      let complaints: unknown[];
      try {
        complaints = violations(json, schema);
      } catch (error) {
        complaints = [error];
      }
      expect(complaints).not.toEqual([]);
    });
});
