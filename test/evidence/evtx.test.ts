import { expect, test } from 'vitest';
import type { EventsSeen } from '../../src/evidence/claims.ts';
import type { Reading } from '../../src/evidence/read.ts';
import { type EventToWrite, writeEvtx } from '../support/evtx.ts';
import { read } from './readings.ts';

const at = Date.UTC(2026, 2, 3, 2, 14);
const event = (given: Partial<EventToWrite>): EventToWrite => ({
  provider: 'Schannel',
  id: 36888,
  computer: 'WEB01.example.com',
  time: at,
  data: {},
  ...given,
});

const eventsIn = (reading: Reading): EventsSeen[] =>
  reading.claims.filter((claim) => claim.says === 'events');

test('data of many kinds is counted beyond those that are kept', () => {
  const events = Array.from({ length: 40 }, (_, i) =>
    event({ data: { AlertDesc: `${i}` }, time: at + i * 1000 }),
  );
  const [seen] = eventsIn(read('System.evtx', writeEvtx(events)));
  expect(seen).toMatchObject({ count: 40, others: 24, first: at, last: at + 39_000 });
  expect(seen!.cases).toHaveLength(16);
});

test('a list of strings is an element each, a value that is not given is none', () => {
  const data = { param1: ['one', 'two\nlines', 'three'], param2: null };
  const [seen] = eventsIn(read('System.evtx', writeEvtx([event({ data })])));
  expect(seen!.cases[0]!.data).toEqual({ param1: 'one' });
});

test('events that are out of order have the first and the last by time', () => {
  const times = [5, 1, 9, 3];
  const [seen] = eventsIn(read('x.evtx', writeEvtx(times.map((t) => event({ time: at + t * 1000 })))));
  expect([seen!.first, seen!.last]).toEqual([at + 1000, at + 9000]);
});

test('an event log of several computers names them all, by their short names', () => {
  const names = ['WEB01.example.com', 'web01.example.com', 'A-LONG-NAME-OF-A-HOST.example.com'];
  const { claims } = read('ForwardedEvents.evtx', writeEvtx(names.map((computer) => event({ computer }))));
  expect(claims.flatMap((claim) => (claim.says === 'host-name' ? [claim.name] : []))).toEqual([
    'WEB01',
    'A-LONG-NAME-OF-',
  ]);
});

test('a chunk without its mark is passed over with a note, those behind it are read', () => {
  const one = writeEvtx([event({ id: 36887 })]);
  const chunk = Buffer.alloc(0x10000);
  chunk.set(one.subarray(4096));
  const bad = Buffer.alloc(0x10000, 0x41);
  const reading = read(
    'System.evtx',
    Buffer.concat([one.subarray(0, 4096), bad, Buffer.alloc(0x10000), chunk]),
  );
  expect(eventsIn(reading)).toMatchObject([{ id: 36887, at: { byte: 4096 + 2 * 0x10000 + 512 } }]);
  expect(reading.notes).toMatchObject([{ at: { byte: 4096 } }]);
});

test('a template that refers to itself ends with a note', () => {
  const bytes = Buffer.from(writeEvtx([event({ data: { AlertDesc: '40' } })]));
  // The token of the element <Event> becomes a template instance whose definition lies around it.
  const definition = 4096 + 512 + 24 + 4 + 10;
  bytes[definition + 24 + 4] = 0x0c;
  bytes.writeUInt32LE(512 + 24 + 4 + 10, definition + 24 + 4 + 6);
  const reading = read('System.evtx', bytes);
  expect(reading.notes.map(({ message }) => message).join()).toContain('damaged');
  expect(reading.notes.map(({ message }) => message).join()).not.toContain('fault of Handclasp');
});
