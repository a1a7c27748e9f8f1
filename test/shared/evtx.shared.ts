import { expect, test } from 'vitest';
import { CHUNK, readChunk } from '../../src/evidence/evtx/chunk.ts';
import { parseXml, type XmlElement } from '../../src/evidence/xml.ts';
import { hasShared, sharedBytes } from './corpus.ts';

// Real event logs beside the checkout (../shared/corpus/evtx), each event element by element as libevtx exports it.

const names = ['Application-no-crc32', 'CAPI2-Operational-24events', 'System', 'bad-chunk-magic'];

test.skipIf(!hasShared).each(names)('%s.evtx holds what evtxexport finds in it', (name) => {
  const file = `corpus/evtx/${name}.evtx`;
  const ours = new Map(eventsIn(sharedBytes(file)).map((event) => [recordOf(event), event]));
  const { roots } = parseXml(sharedBytes(`${file}.truth.xml`).toString('utf8'));
  const told = roots.filter((root) => root.name === 'Event');
  expect(told.length).toBeGreaterThan(0);
  const differing = told.filter((event) => {
    const found = ours.get(recordOf(event));
    return !found || comparable(found) !== comparable(event);
  });
  expect(differing.map(recordOf)).toEqual([]);
});

test.skipIf(hasShared)('the corpus is not beside this checkout: nothing was compared', () => {});

function eventsIn(file: Uint8Array): XmlElement[] {
  const events: XmlElement[] = [];
  for (let at = 4096; at < file.length; at += CHUNK)
    readChunk(file.subarray(at, at + CHUNK), { record: (event) => events.push(event), bad: () => {} });
  return events;
}

function recordOf(event: XmlElement): string {
  const system = event.children.find(({ name }) => name === 'System');
  return system?.children.find(({ name }) => name === 'EventRecordID')?.text ?? '';
}

/** GUIDs in either case; times with nine places or seven. */
function comparable(element: XmlElement): string {
  const plain = (text: string): string =>
    text
      .trim()
      .toLowerCase()
      .replace(/\s+/g, ' ')
      .replace(/(\.\d{7})00z$/, '$1z');
  const part = (one: XmlElement): unknown => [
    one.name,
    [...one.attributes].filter(([key]) => key !== 'xmlns').map(([key, value]) => [key, plain(value)]),
    plain(one.text),
    one.children.map(part),
  ];
  return JSON.stringify(part(element));
}
