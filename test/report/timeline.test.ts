import { describe, expect, test } from 'vitest';
import { assemble } from '../../src/picture/assemble.ts';
import { contradictionsOf, printContradiction } from '../../src/report/contradictions.ts';
import { timelineOf } from '../../src/report/timeline.ts';
import { fromThen } from '../../src/report/words.ts';
import { read } from '../evidence/readings.ts';

const LOG = `#Fields: date time s-ip cs-method cs-uri-stem s-port c-ip sc-status sc-substatus sc-win32-status
2026-11-24 02:10:00 10.0.0.1 GET /logon 443 10.0.0.9 200 0 0
2026-11-24 02:14:47 10.0.0.1 GET /logon 443 10.0.0.9 403 7 5
2026-11-24 02:15:02 10.0.0.1 GET /logon 443 10.0.0.9 403 7 5
`;
const rewritten = (id: number, time: string): string =>
  `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="Microsoft-Windows-HttpEvent"/><EventID>${id}</EventID><Level>4</Level><TimeCreated SystemTime="${time}"/><Computer>WEB01</Computer></System><EventData><Data Name="DeviceObject">\\Device\\Http\\ReqQueue</Data><Data Name="Endpoint">0.0.0.0:443</Data></EventData></Event>`;
const EVENTS = `<Events>${rewritten(15300, '2026-11-24T02:14:07Z')}${rewritten(15301, '2026-11-24T02:14:07Z')}</Events>`;
const schannel = (value: number): string =>
  `Windows Registry Editor Version 5.00\n\n[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL]\n"SendTrustedIssuerList"=dword:0000000${value}\n`;

describe('the timeline', () => {
  const moments = timelineOf(assemble([read('u_ex.log', LOG), read('system.xml', EVENTS)]));

  test('counts from the first refusal, in order of time', () => {
    expect(moments.map(({ offset, role }) => [offset, role])).toEqual([
      [-287, 'success'],
      [-40, 'change'],
      [-40, 'change'],
      [0, 'refusal'],
    ]);
    expect(moments[3]).toMatchObject({
      time: '2026-11-24T02:14:47.000Z',
      what: 'requests begin to end in 403.7 (win32 5): 2 of them',
      at: { source: 'u_ex.log', line: 3 },
    });
    expect(moments[1]!.what).toBe('the record of 0.0.0.0:443 was deleted (event 15300)');
  });

  test('of very many moments those near the first refusal stay', () => {
    const old = Array.from({ length: 40 }, (_, i) =>
      rewritten(15301, `2026-10-${10 + (i % 20)}T0${i % 10}:00:00Z`),
    );
    const many = `<Events>${old.join('')}${rewritten(15301, '2026-11-24T02:14:07Z')}</Events>`;
    const kept = timelineOf(assemble([read('u_ex.log', LOG), read('system.xml', many)]));
    expect(kept.length).toBeLessThanOrEqual(16);
    expect(kept.map(({ role }) => role)).toContain('refusal');
  });

  test('without a refusal nothing is counted from', () => {
    const quiet = timelineOf(assemble([read('system.xml', EVENTS)]));
    expect(quiet.map(({ offset }) => offset)).toEqual([null, null]);
  });
});

test('sources of one time that disagree are shown side by side', () => {
  const [one, ...more] = contradictionsOf(assemble([read('a.reg', schannel(1)), read('b.reg', schannel(0))]));
  expect(more).toEqual([]);
  expect(printContradiction(one!)).toBe(
    'SendTrustedIssuerList on the server: a.reg:4 says 1 and b.reg:4 says 0',
  );
});

test.each([
  [0, 'then'],
  [-40, '40 s before'],
  [180, '3 min after'],
  [-7500, '2 h before'],
  [86_400 * 4, '4 days after'],
])('%i seconds are «%s»', (seconds, words) => expect(fromThen(seconds)).toBe(words));
