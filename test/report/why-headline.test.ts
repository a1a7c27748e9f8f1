import { describe, expect, test } from 'vitest';
import { languages } from '../../src/report/lang/language.ts';
import type { ClientRow, ProbeRecord, WhyReport } from '../../src/report/why.ts';
import { remarksOf, sayHeadline } from '../../src/report/why-headline.ts';
import { acceptanceOf } from '../../src/report/why-verdict.ts';
import { probe, why } from './samples.ts';

const { en, de } = languages;
const silent = { request: null, asks: null, sent: null } as const;

type Answered = Pick<WhyReport, 'probes' | 'clients' | 'identity' | 'lists'>;
const say = (parts: Partial<Answered>): string =>
  sayHeadline({ ...why, probes: why.probes.slice(0, 2), ...parts }, en);

const rows = (...offers: readonly [offer: string, rule: string][]): ClientRow[] =>
  offers.map(([offer, rule], i) => {
    const row = why.clients[0]!;
    const decision = { ...row.decisions[0]!, offer, rule, reason: { id: 'none', facts: {} } };
    return { ...row, id: String(i), decisions: [decision] };
  });

const listOf = (count: number): Pick<WhyReport, 'lists'> => ({ lists: [{ ...why.lists[0]!, count }] });
const shown = (http: ProbeRecord['http'], more: Partial<ProbeRecord> = {}): ProbeRecord[] => [
  probe({}),
  probe({ sent: 1, http, ...more }),
];

describe('nothing is asked', () => {
  test('cannot be reached', () => {
    const away = probe({
      ...silent,
      completed: false,
      http: null,
      ending: { is: 'unreachable', detail: 'refused' },
    });
    expect(say({ probes: [away] })).toBe('Cannot tell: www.example.com:443 cannot be reached: refused.');
  });
  test('refuses at once', () => {
    const ending = { is: 'refused', after: 'client-hello', alert: '70 protocol_version' } as const;
    const away = probe({ ...silent, completed: false, http: null, ending });
    expect(say({ probes: [away] })).toContain(
      'refused with alert 70 protocol_version after the client hello',
    );
  });
  test('TLS 1.2 would have shown a late request', () => {
    expect(say({ probes: [probe({ ...silent, version: 'TLS 1.2' })] })).toBe(
      'www.example.com:443 does not ask for a client certificate, neither in the handshake nor after the request for /secure; it answers 403.7.',
    );
  });
  test('TLS 1.3 alone would not', () => {
    expect(say({ probes: [probe(silent)] })).toContain('these connections cannot tell');
  });
});

describe('asked, no certificate given', () => {
  const none = { identity: null, clients: [] };
  test.each([
    [0, 'names no issuers, so clients may offer any'],
    [1, 'names 1 acceptable issuer:'],
    [2, 'names 2 acceptable issuers:'],
  ])('%i names', (count, expected) => {
    expect(say({ ...none, ...listOf(count) })).toContain(expected);
  });
  test('only under some conditions', () => {
    expect(say({ ...none, probes: [probe({}), probe({ ...silent, serverName: null })] })).toContain(
      'asks for a client certificate (SNI www.example.com only) and',
    );
  });
  test('only after the request', () => {
    expect(say({ ...none, probes: [probe({ asks: 'renegotiation' })] })).toContain(
      'asks for a client certificate only after the request (renegotiation) and',
    );
  });
});

describe('for a certificate', () => {
  const withheld: [string, string] = ['withheld', 'issuer-not-listed'];
  test('not listed; most, some and all', () => {
    const good: [string, string] = ['offered', 'ignores-list'];
    expect(say({ clients: rows(withheld, withheld, good) })).toMatch(/^Most clients .*\(2 of 3 kinds\)/);
    expect(say({ clients: rows(withheld, good, good) })).toMatch(/^Some clients .*\(1 of 3 kinds\)/);
    expect(say({ clients: rows(withheld, withheld) })).toMatch(/^All clients /);
  });
  test('sent all the same: accepted, or refused and how', () => {
    const clients = rows(withheld);
    expect(say({ clients })).not.toContain('sent');
    expect(say({ clients, probes: shown({ status: 200, substatus: null }) })).toMatch(
      /; sent all the same, it is accepted \(200\)\.$/,
    );
    expect(say({ clients, probes: shown({ status: 403, substatus: '403.16' }) })).toMatch(
      /; sent all the same, it is refused \(403\.16\)\.$/,
    );
    const ending = { is: 'refused', after: 'client-certificate', alert: '48 unknown_ca' } as const;
    expect(say({ clients, probes: shown(null, { completed: false, ending }) })).toMatch(
      /refused \(refused with alert 48 unknown_ca on the client's Certificate\)\.$/,
    );
  });
  test('another reason is told in short', () => {
    expect(say({ clients: rows(['withheld', 'expired']) })).toContain(': the certificate has expired.');
  });
  test('nobody fails, some depend', () => {
    const clients = rows(['prompted', 'issuer-listed'], ['unknown', 'depends-on-store']);
    expect(say({ clients })).toMatch(/^1 of 2 kinds of client offer this certificate/);
  });
  test('exceptions do not make the headline', () => {
    const nine = Array.from({ length: 9 }, (): [string, string] => ['offered', 'issuer-listed']);
    const clients = rows(...nine, ['withheld', 'strict-tls13']);
    expect(say({ clients, probes: shown({ status: 200, substatus: null }) })).toMatch(
      /^Nearly all clients .*\(9 of 10 kinds\), and the server accepts it \(200\); exceptions: Java \(SunX509\)\.$/,
    );
    expect(say({ clients: rows(...nine.slice(0, 3), ['withheld', 'strict-tls13']) })).toMatch(
      /^Some clients/,
    );
  });
  test('all offer it', () => {
    const clients = rows(['offered', 'issuer-listed'], ['prompted', 'empty-list']);
    expect(say({ clients })).toBe('All kinds of client offer this certificate to www.example.com:443.');
    expect(say({ clients, probes: shown({ status: 403, substatus: '403.13' }) })).toContain(
      ', but the server refuses it (403.13)',
    );
  });
  test('one listed issuer, in both languages', () => {
    const parts = { ...why, probes: [probe({})], clients: rows(withheld), ...listOf(1) };
    expect(sayHeadline(parts, en)).toContain('names 1 acceptable issuer, and that is not its issuer');
    expect(sayHeadline(parts, de)).toContain('nennt nur 1 zulässigen Aussteller');
  });
});

describe('acceptance', () => {
  test('the worst answer counts', () => {
    const probes = [
      ...shown({ status: 200, substatus: null }),
      probe({ sent: 1, http: { status: 403, substatus: '403.7' } }),
    ];
    expect(acceptanceOf({ probes })).toEqual({ accepted: false, answer: '403.7' });
  });
  test('a page that is not there is still a logon', () => {
    expect(acceptanceOf({ probes: shown({ status: 404, substatus: null }) })?.accepted).toBe(true);
  });
  test('null when nothing was shown', () => expect(acceptanceOf({ probes: [probe({})] })).toBeNull());
});

describe('remarks', () => {
  const ids = (parts: Partial<WhyReport>) => remarksOf({ ...why, ...parts }).map(({ id }) => id);
  test('without the key', () => {
    expect(ids({ identity: { ...why.identity!, hasPrivateKey: false } })).toEqual(['remark-no-key']);
  });
  test('the same answer with the certificate and without', () => {
    const open = { status: 200, substatus: null };
    expect(ids({ probes: [probe({ http: open }), probe({ sent: 1, http: open })] })).toEqual([
      'remark-open-without',
    ]);
    expect(ids({ probes: shown({ status: 403, substatus: '403.7' }) })).toEqual(['remark-forbidden-both']);
    expect(ids({ probes: shown(open) })).toEqual([]);
  });
});
