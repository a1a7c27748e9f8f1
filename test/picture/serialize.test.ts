import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readers } from '../../src/evidence/index.ts';
import { assemble } from '../../src/picture/assemble.ts';
import { pictureFromJson, pictureToJson } from '../../src/picture/serialize.ts';
import { read } from '../evidence/readings.ts';

const evidence = path.join(import.meta.dirname, '../../src/evidence');
const samples = readers.flatMap(({ kind }) => {
  const folder = path.join(evidence, kind, 'samples');
  return readdirSync(folder)
    .filter((name) => !name.endsWith('.expect'))
    .map((name) => ({ name, bytes: new Uint8Array(readFileSync(path.join(folder, name))) }));
});

/** Assumptions are functions and compare by what they choose. */
const comparable = (json: unknown): unknown => JSON.parse(JSON.stringify(json));

test('any picture of the samples comes back from its JSON as it was', () => {
  fc.assert(
    fc.property(
      fc.subarray(samples),
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 5 }),
      (some, ages) => {
        const readings = some.map(({ name, bytes }, i) =>
          read(name, bytes, 1e12 + ages[i % ages.length]! * 3_600_000),
        );
        const picture = assemble(readings);
        const json = comparable(pictureToJson(picture));
        const back = pictureFromJson(json);
        expect(comparable(pictureToJson(back))).toEqual(json);
        expect(back.logons).toEqual(picture.logons);
        expect(back.handshakes).toEqual(picture.handshakes);
        expect(back.certificates).toEqual(picture.certificates);
        expect(back.unread).toEqual(picture.unread);
        expect(back.requestsInWords).toEqual(picture.requestsInWords);
        expect(back.hosts.map(({ assume: _, ...host }) => host)).toEqual(
          picture.hosts.map(({ assume: _, ...host }) => host),
        );
        expect(back.history?.length).toBe(picture.history?.length);
        expect([back.sources, back.notes]).toEqual([picture.sources, picture.notes]);
      },
    ),
    { numRuns: 40 },
  );
});

test.each([
  [null, 'picture: not an object'],
  [{ schema: 'other' }, 'picture.schema'],
  [{ schema: 'handclasp/picture/1', hosts: [], logons: [{ says: 'logons' }] }, 'picture.logons[0].status'],
  [
    { schema: 'handclasp/picture/1', hosts: [], logons: [], handshakes: [{ says: 'x' }] },
    'picture.handshakes[0].says',
  ],
])('what is no picture is refused by its place: %j', (json, place) => {
  expect(() => pictureFromJson(json)).toThrow(place);
});
