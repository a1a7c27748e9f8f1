import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entries, lookUp } from '../../src/codes/look-up.ts';
import * as tables from '../../src/codes/names.generated.ts';
import { openNames } from '../../src/codes/names.ts';
import { numbersOf, readNumber } from '../../src/codes/numbers.ts';

const names = openNames(tables);
const told = (text: string) =>
  lookUp(text, names).map((one) => `${one.kind} ${one.code} ${one.names[0] ?? '?'}`);

describe('a number in every form in which it is printed', () => {
  for (const { code, name } of [...entries.win32Codes, ...entries.longCodes])
    test(name, () => {
      const { hex, unsigned, signed } = numbersOf(code as number);
      for (const text of [
        hex,
        hex.toUpperCase().replace('0X', '0x'),
        String(unsigned),
        String(signed),
        name,
        name.toLowerCase(),
      ])
        expect(lookUp(text)[0]?.names[0]).toBe(name);
    });
  test('the forms of certutil -error (domain 9.1) and of PowerShell', () => {
    for (const text of ['0x800b0109', '2148204809', '-2146762487', '800B0109', '800b0109h', ' 0x800B0109L '])
      expect(told(text)).toEqual(['hresult 0x800b0109 CERT_E_UNTRUSTEDROOT']);
  });
});

describe('how a number is normalised', () => {
  const cases: Record<string, string[]> = {
    '5': ['win32 5 ERROR_ACCESS_DENIED'],
    '0x5': ['win32 5 ERROR_ACCESS_DENIED'],
    '1722': ['win32 1722 RPC_S_SERVER_UNAVAILABLE'],
    '0x80070005': ['win32 0x80070005 ERROR_ACCESS_DENIED'],
    '0x80070032': ['win32 0x80070032 ERROR_NOT_SUPPORTED'],
    '-2147023174': ['win32 0x800706ba RPC_S_SERVER_UNAVAILABLE'],
    '0xc00000fd': ['ntstatus 0xc00000fd STATUS_STACK_OVERFLOW'],
    '-1073741571': ['ntstatus 0xc00000fd STATUS_STACK_OVERFLOW'],
    '0xd000006d': ['ntstatus 0xd000006d STATUS_LOGON_FAILURE'],
    '0x80000005': ['ntstatus 0x80000005 STATUS_BUFFER_OVERFLOW'],
    '590624': ['hresult 0x00090320 SEC_I_INCOMPLETE_CREDENTIALS'],
    '0x8010006e': ['hresult 0x8010006e SCARD_W_CANCELLED_BY_USER'],
    STATUS_LOGON_FAILURE: ['ntstatus 0xc000006d STATUS_LOGON_FAILURE'],
    SEC_E_NO_SPM: ['hresult 0x80090304 SEC_E_INTERNAL_ERROR'],
    '0x80091234': ['hresult 0x80091234 ?'],
    '4294967296': [],
    '-2147483649': [],
    '0x123456789': [],
  };
  for (const [text, expected] of Object.entries(cases))
    test(text, () => expect(told(text)).toEqual(expected));

  test('the reading says how', () => {
    expect(lookUp('0x80070005')[0]!.reading).toBe('HRESULT of Win32 5');
    expect(lookUp('0xd000006d')[0]!.reading).toBe('HRESULT of NTSTATUS 0xc000006d');
    expect(lookUp('0x800b0109')[0]!.reading).toBe('HRESULT, facility 11 CERT');
  });
  test('back and forth, for any number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), (value) => {
        const { hex, unsigned, signed } = numbersOf(value);
        expect([hex, String(unsigned), String(signed)].map(readNumber)).toEqual([value, value, value]);
        expect(lookUp(hex, names).length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('what else can be asked', () => {
  const cases: Record<string, string[]> = {
    '403.7': ['iis-status 403.7 Client certificate required'],
    'HTTP 403.16': ['iis-status 403.16 Client certificate untrusted or invalid'],
    '403.99': ['iis-status 403.99 ?'],
    '403': ['iis-status 403 HTTP status 403 without its substatus'],
    'alert 116': ['tls-alert alert 116 certificate_required'],
    'Alert number 48': ['tls-alert alert 48 unknown_ca'],
    unknown_ca: ['tls-alert alert 48 unknown_ca'],
    'alert certificate required': ['tls-alert alert 116 certificate_required'],
    'alert 99': [],
    '116': ['tls-alert alert 116 certificate_required'],
    'event 36885': ['event event 36885 issuer list cut'],
    '36885': ['event event 36885 issuer list cut'],
    '403 7 5': ['iis-status 403.7 Client certificate required', 'win32 5 ERROR_ACCESS_DENIED'],
    '403.7 5': ['iis-status 403.7 Client certificate required', 'win32 5 ERROR_ACCESS_DENIED'],
    '403 16 2148204809': [
      'iis-status 403.16 Client certificate untrusted or invalid',
      'hresult 0x800b0109 CERT_E_UNTRUSTEDROOT',
    ],
    '200 0 0': ['iis-status 200.0 OK'],
    '': [],
    hello: [],
    'hello world 5': [],
    ERROR_: [],
  };
  for (const [text, expected] of Object.entries(cases))
    test(text === '' ? 'nothing' : text, () => expect(told(text)).toEqual(expected));

  const LINE =
    '2026-11-24 09:03:11 10.0.0.1 GET /secure - 443 - 10.0.0.9 Mozilla/5.0+(Windows+NT+10.0) - 403 7 5 12';
  test('a line of an IIS log, with time-taken or with byte counts before it', () => {
    expect(told(LINE)).toEqual(told('403 7 5'));
    expect(told(LINE.replace('5 12', '5 1234 567 12'))).toEqual(told('403 7 5'));
  });
  test('beside 403.7 a win32 status of 5 says nothing of its own, and repeats no advice', () => {
    const [status, win32] = lookUp('403 7 5');
    expect(win32!.means).toContain('No client certificate arrived');
    expect(win32!.next).toEqual([]);
    expect(win32!.diagnoses.filter((id) => status!.diagnoses.includes(id))).toEqual([]);
  });
  test('without the table of names a number comes back unnamed, not unknown', () => {
    expect(lookUp('1722')).toMatchObject([{ code: '1722', names: [], means: null }]);
  });
  test('never throws', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.stringMatching(/^[-0-9a-fx. ]*$/));
    fc.assert(fc.property(text, (asked) => void lookUp(asked, names)));
  });
});
