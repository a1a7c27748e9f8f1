import { describe, expect, test } from 'vitest';
import { tell } from '../../src/report/lang/tell.ts';
import type { ProbeRecord, WhyReport } from '../../src/report/why.ts';
import { changesBetween } from '../../src/report/why-changes.ts';
import { probe, why } from './samples.ts';

const away: ProbeRecord = probe({
  request: null,
  asks: null,
  sent: null,
  completed: false,
  http: null,
  ending: { is: 'unreachable', detail: 'nothing listens' },
});
const before: WhyReport = { ...why, probes: [probe({})] };

const changes = (after: Partial<WhyReport>, from = before): string[] =>
  changesBetween(from, { ...from, ...after }).map((one) => tell(one).text);

/** The request of the first sample with other names. */
function naming(...names: readonly string[]): ProbeRecord {
  const request = probe({}).request!;
  const authorities = names.map((name) => ({ name, der: '', sha256: name }));
  return probe({ request: { ...request, authorities } });
}

test('nothing', () => expect(changes({})).toEqual([]));

describe('the server', () => {
  test('goes and comes back', () => {
    expect(changes({ probes: [away] })).toEqual(['The server cannot be reached any more: nothing listens.']);
    expect(changes({ probes: [probe({})] }, { ...before, probes: [away] })).toEqual([
      'The server can be reached again.',
    ]);
    expect(changes({ probes: [away] }, { ...before, probes: [away] })).toEqual([]);
  });
  test('asks, and asks no more', () => {
    const silent = probe({ request: null, asks: null, sent: null });
    expect(changes({ probes: [silent] })).toEqual(['The server no longer asks for a certificate.']);
    expect(changes({}, { ...before, probes: [silent] })).toEqual([]);
    expect(changes({ probes: [probe({})] }, { ...before, probes: [silent] })).toEqual([
      'The server now asks for a certificate.',
    ]);
  });
  test('answers otherwise, with the certificate and without', () => {
    const ok = { status: 200, substatus: null };
    expect(changes({ probes: [probe({ http: ok })] })).toEqual([
      'Without a certificate the answer was 403.7, now it is 200.',
    ]);
    const from = { ...before, probes: [probe({}), probe({ sent: 1 })] };
    expect(changes({ probes: [probe({}), probe({ sent: 1, http: ok })] }, from)).toEqual([
      'With the certificate the answer was 403.7, now it is 200.',
    ]);
  });
});

describe('the list', () => {
  const from = { ...before, probes: [naming('CN=A', 'CN=B')] };
  test('names added and removed', () => {
    expect(changes({ probes: [naming('CN=B', 'CN=C')] }, from)).toEqual([
      'The list now names «CN=C».',
      'The list no longer names «CN=A».',
    ]);
  });
  test('many are counted', () => {
    const many = Array.from({ length: 9 }, (_, i) => `CN=New ${i}`);
    expect(changes({ probes: [naming('CN=A', 'CN=B', ...many)] }, from)).toEqual([
      'The list now names 9 more issuers, «CN=New 0» among them.',
    ]);
  });
  test('another order is no change', () =>
    expect(changes({ probes: [naming('CN=B', 'CN=A')] }, from)).toEqual([]));
});

describe('clients', () => {
  const offering = (offer: string, ...ids: readonly string[]): WhyReport['clients'] =>
    why.clients.map((row) =>
      ids.includes(row.id) ? { ...row, decisions: row.decisions.map((one) => ({ ...one, offer })) } : row,
    );
  test('that now offer it, or no longer', () => {
    expect(changes({ clients: offering('offered', 'go') })).toEqual([
      'Go (crypto/tls) now offers the certificate.',
    ]);
    expect(changes({ clients: offering('withheld', 'openssl') })).toEqual([
      'OpenSSL, curl, Python, Node no longer offers the certificate.',
    ]);
    expect(changes({ clients: offering('prompted', 'go', 'java-sunx509') })).toEqual([
      'Java (SunX509) now offers the certificate (and 1 more).',
    ]);
  });
  test('a client that the earlier answer did not know is no change', () => {
    expect(changes({}, { ...before, clients: [] })).toEqual([]);
  });
});
