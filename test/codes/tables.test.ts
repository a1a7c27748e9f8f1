import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/codes/entry.ts';
import { entries, lookUp } from '../../src/codes/look-up.ts';
import * as tables from '../../src/codes/names.generated.ts';
import { openNames } from '../../src/codes/names.ts';
import { alert } from '../../src/wire/tls/registry/index.ts';

const names = openNames(tables);
const sizeOf = (table: string): number => table.split(/\s+/).filter((word) => /[A-Z]/.test(word)).length;
const all: readonly Entry[] = Object.values(entries).flat();
const diagnoses = readdirSync(new URL('../../src/diagnoses/', import.meta.url), { withFileTypes: true })
  .filter((one) => one.isDirectory())
  .map((one) => one.name);

describe('the hand-written tables', () => {
  test('hold what the area needs, each once', () => {
    expect(all.length).toBeGreaterThan(100);
    for (const table of Object.values(entries)) {
      const codes = table.map((one) => one.code);
      expect(new Set(codes).size).toBe(codes.length);
    }
  });
  for (const entry of all)
    test(`${entry.code} ${entry.name}`, () => {
      expect(entry.means).toMatch(/^(http\.sys |netsh |[A-Z]).*[.]$/);
      expect(entry.seen).not.toBe('');
      expect(entry.source).not.toBe('');
      for (const text of [entry.means, entry.seen, ...entry.next]) expect(text).toBe(text.trim());
      for (const id of entry.diagnoses ?? []) expect(diagnoses).toContain(id);
      for (const status of Object.keys(entry.beside ?? {}))
        expect(entries.iisStatuses.map((one) => one.code)).toContain(status);
    });
  test('every status and number that a text names is explained as well', () => {
    for (const { means, seen, next, name } of all)
      for (const text of [means, seen, ...next]) {
        for (const [number] of text.matchAll(/(?<!\d)-?\d{10}(?!\d)/g))
          expect(lookUp(number)[0]?.means, `${name}: ${number}`).toBeTypeOf('string');
        for (const [status] of text.matchAll(/(?<![\d.])(?:401|403|413|500)\.\d{1,2}(?![\d.])/g))
          if (status !== '413.0') expect(lookUp(status)[0]?.means, `${name}: ${status}`).toBeTypeOf('string');
      }
  });
  test('a log triple in a text is that of its own entry', () => {
    for (const entry of all)
      for (const [, status, win32] of entry.seen.matchAll(/"(\d{3} \d{1,2}) (\d+)"/g)) {
        expect(Number(win32)).toBe(entry.code);
        expect(entries.iisStatuses.map((one) => one.code)).toContain(status!.replace(' ', '.'));
      }
  });
});

describe('names agree with', () => {
  /** winhttp.h is not under a free licence in that package; these four are from Microsoft's documentation. */
  const WINHTTP = [12044, 12175, 12185, 12186];
  test('the Windows headers', () => {
    for (const { code, name } of [...entries.win32Codes, ...entries.longCodes]) {
      if (WINHTTP.includes(code as number)) continue;
      const value = code as number;
      const table = value < 0x10000 ? 'win32' : value >>> 28 === 0xc ? 'ntstatus' : 'hresult';
      expect(names.of(table, value), name).toContain(name);
    }
  });
  test("IANA's registry of alerts", () => {
    for (const { code, name } of entries.alerts) expect(alert.name(code as number)).toBe(name);
  });
});

describe('the generated table', () => {
  const source = readFileSync(new URL('../../src/codes/names.generated.ts', import.meta.url), 'utf8');
  test('says where it is from and that it may be used', () => {
    expect(source.slice(0, 400)).toContain('mingw-w64-common');
    expect(source.slice(0, 400)).toContain('public domain');
  });
  test('holds what the headers hold', () => {
    expect(sizeOf(tables.win32)).toBeGreaterThanOrEqual(2000);
    expect(sizeOf(tables.hresult)).toBeGreaterThanOrEqual(1376);
    expect(sizeOf(tables.ntstatus)).toBeGreaterThanOrEqual(1670);
  });
  test('every symbol leads to a number that has this symbol', () => {
    const symbols = [...tables.win32.matchAll(/[A-Z]\w+/g)]
      .map(([symbol]) => symbol)
      .filter((_, i) => i % 50 === 0);
    for (const symbol of symbols) {
      const found = names.find(symbol.toLowerCase());
      expect(found.length).toBeGreaterThan(0);
      for (const { table, code } of found) expect(names.of(table, code)).toContain(symbol);
    }
  });
  test('finds by a part of a symbol', () => {
    expect(names.like('untrusted root', 9)).toEqual(['SEC_E_UNTRUSTED_ROOT']);
    expect(names.like('access_denied', 2)).toHaveLength(2);
    expect(names.like('no such symbol at all', 5)).toEqual([]);
  });
});
