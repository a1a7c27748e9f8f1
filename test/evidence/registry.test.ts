import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRegData, regNumber, regText } from '../../src/windows/registry/reg-data.ts';
import { type RegFile, RegFileReader, type RegValue } from '../../src/windows/registry/reg-file.ts';
import { read } from './readings.ts';

function parse(text: string): { keys: string[]; values: RegValue[]; odd: number; file: RegFile } {
  const keys: string[] = [];
  const values: RegValue[] = [];
  let odd = 0;
  const reader = new RegFileReader({
    key: (key) => keys.push(key.path),
    value: (value) => values.push(value),
    odd: () => odd++,
  });
  reader.push(Buffer.from(text));
  return { keys, values, odd, file: reader.end() };
}

describe('data', () => {
  test.each([
    ['"a\\\\b\\"c"', { is: 'text', value: 'a\\b"c' }],
    ['dword:0000000a', { is: 'dword', value: 10 }],
    ['dword:ffffffff', { is: 'dword', value: 0xffffffff }],
    ['hex:', { is: 'bytes', type: 3, value: new Uint8Array(0) }],
    ['hex(7):61,00', { is: 'bytes', type: 7, value: Uint8Array.of(0x61, 0) }],
    ['-', { is: 'deleted' }],
  ])('%s', (text, data) => expect(parseRegData(text)).toEqual(data));

  test.each(['dword:', 'dword:123456789', 'hex:0g', 'hex:61 62', 'zero'])('%s is unreadable', (text) =>
    expect(parseRegData(text).is).toBe('unreadable'),
  );

  test('numbers and texts in every spelling that regedit has', () => {
    expect(regNumber(parseRegData('hex(4):02,01,00,00'))).toBe(0x102);
    expect(regNumber(parseRegData('hex(b):00,00,00,00,01,00,00,00'))).toBe(2 ** 32);
    expect(regNumber(parseRegData('hex(b):ff,ff,ff,ff,ff,ff,ff,ff'))).toBeNull();
    expect(regNumber(parseRegData('"1"'))).toBeNull();
    expect(regText(parseRegData('hex(2):4d,00,79,00,00,00'))).toBe('My');
    expect(regText(parseRegData('hex(2):4d,79,00'), true)).toBe('My');
  });
});

describe('files', () => {
  test('any texts and bytes come back as they were written, wrapped as regedit wraps', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '"', '\\', ' ', '=', ';', '[', ']', 'ü'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(text, text, fc.uint8Array({ maxLength: 70 })), { maxLength: 5 }),
        (all) => {
          const quoted = (one: string) => `"${one.replace(/["\\]/g, '\\$&')}"`;
          const wrapped = (bytes: Uint8Array) =>
            [...bytes]
              .map((byte) => byte.toString(16).padStart(2, '0'))
              .join(',')
              .replace(/(.{60}),/g, '$1,\\\r\n  ');
          const lines = all.flatMap(([name, value, bytes]) => [
            `${quoted(`s${name}`)}=${quoted(value)}`,
            `${quoted(`b${name}`)}=hex:${wrapped(bytes)}`,
          ]);
          const { values, odd, file } = parse(
            ['Windows Registry Editor Version 5.00', '', '[HKEY_LOCAL_MACHINE\\A]', ...lines, '', ''].join(
              '\r\n',
            ),
          );
          expect(odd).toBe(0);
          expect(file).toEqual({ header: 'version 5', byHand: false, ended: true });
          expect(values.map(({ name, data }) => [name, data])).toEqual(
            all.flatMap(([name, value, bytes]) => [
              [`s${name}`, { is: 'text', value }],
              [`b${name}`, { is: 'bytes', type: 3, value: bytes }],
            ]),
          );
        },
      ),
    );
  });

  test('a text over several lines, a value that does not end, and what follows it', () => {
    const { values } = parse('[HKEY_LOCAL_MACHINE\\A]\n"m"="one\ntwo"\n"h"=hex:01,\\\n"n"=dword:00000001\n');
    expect(values.map(({ name, data, line }) => [name, data.is, line.number])).toEqual([
      ['m', 'text', 2],
      ['h', 'unreadable', 4],
      ['n', 'dword', 5],
    ]);
    expect(values[0]?.data).toEqual({ is: 'text', value: 'one\ntwo' });
  });
});

test('what the registry cannot tell is not claimed: a record without CTL values has no CTL claim', () => {
  const http =
    '[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters\\SslBindingInfo\\0.0.0.0:443]';
  const { claims } = read(
    'http.reg',
    `Windows Registry Editor Version 5.00\n\n${http}\n"DefaultFlags"=dword:00000000\n\n`,
  );
  const fields = claims.flatMap((claim) => (claim.says === 'binding-field' ? [claim.field] : []));
  expect(fields).toContain('clientcertnegotiation');
  expect(fields).not.toContain('sslctlstorename');
  // A zero bit does not tell whether this build knows the switch.
  expect(fields).not.toContain('disabletls13');
  expect(claims.some((claim) => claim.says === 'bindings-whole')).toBe(false);
});

test('a key that stands twice is no export, and no value is taken for absent', () => {
  const key = '[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL]\n\n';
  const { claims } = read('twice.reg', `Windows Registry Editor Version 5.00\n\n${key}${key}`);
  expect(claims).toEqual([]);
});
