import { describe, expect, test } from 'vitest';
import type { Reading } from '../../src/evidence/read.ts';
import { assemble } from '../../src/picture/assemble.ts';
import { ageOrder, timeTaken } from '../../src/picture/when-taken.ts';
import { read } from '../evidence/readings.ts';
import { netshListing } from '../support/netsh-listing.ts';

const reading = (source: string, takenAt?: number): Reading => ({
  source,
  kind: null,
  title: '',
  claims: [],
  notes: [],
  ...(takenAt === undefined ? {} : { takenAt }),
});
const TODAY = Date.UTC(2026, 10, 25, 9);

test.each([
  ['netsh.txt', TODAY],
  ['netsh-2026-10-01.txt', Date.UTC(2026, 9, 1)],
  ['20261001/schannel.reg', Date.UTC(2026, 9, 1)],
  ['bundle_2026_09_01.zip/netsh-2026-10-01.txt', Date.UTC(2026, 9, 1)],
  ['netsh-2026-11-25.txt', TODAY],
  ['netsh-2026-13-01.txt', TODAY],
  ['hash-1202610011.txt', TODAY],
  ['netsh-before.txt', TODAY],
])('%s was taken at %s', (name, time) => expect(timeTaken(reading(name, TODAY))).toBe(time));

test('a name that calls it earlier makes it older than all else', () => {
  for (const name of [
    'netsh-before.txt',
    'before/netsh.txt',
    'netsh_vorher.txt',
    'web.config.bak',
    'OLD\\a.reg',
  ])
    expect(ageOrder(reading(name, TODAY))).toBeLessThan(0);
  for (const name of ['netsh-after.txt', 'folder.txt', 'threshold.txt', 'beforehand.txt'])
    expect(ageOrder(reading(name, TODAY))).toBe(TODAY);
});

const listing = (store: string): string => netshListing({ store });

describe('two listings of one host', () => {
  test.each([
    ['netsh-before.txt', 'netsh-after.txt'],
    ['netsh-2026-10-01.txt', 'netsh-2026-11-24.txt'],
    ['vorher/netsh.txt', 'netsh.txt'],
  ])('%s is history beside %s', (before, after) => {
    const { hosts, history } = assemble([
      read(before, listing('ClientAuthIssuer')),
      read(after, listing('(null)')),
    ]);
    const { bindings } = hosts[0]!;
    const store = bindings.is === 'known' ? bindings.value[0]!.fields.sslctlstorename : null;
    expect(store).toMatchObject({ is: 'known', value: undefined });
    const past = history?.[0]?.host.bindings;
    expect(past?.is === 'known' ? past.value[0]!.fields.sslctlstorename : null).toMatchObject({
      value: 'ClientAuthIssuer',
    });
  });

  test('alone, what its name calls earlier counts', () => {
    const { hosts, history } = assemble([read('netsh-before.txt', listing('ClientAuthIssuer'))]);
    expect(hosts[0]!.bindings.is).toBe('known');
    expect(history).toBeUndefined();
  });
});
