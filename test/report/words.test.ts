import { describe, expect, test } from 'vitest';
import {
  count,
  dateTime,
  inside,
  listing,
  moment,
  momentAfter,
  sentence,
  unfinished,
} from '../../src/report/words.ts';

describe('words', () => {
  test('a listing counts what it leaves out', () => {
    expect(listing([])).toBe('');
    expect(listing(['a'])).toBe('a');
    expect(listing(['a', 'b'])).toBe('a and b');
    expect(listing(['a', 'b', 'c', 'd'])).toBe('a, b, c and d');
    expect(listing(['a', 'b', 'c', 'd', 'e', 'f'])).toBe('a, b, c, d and 2 more');
  });
  test('numbers', () => {
    expect([0, 1, 2].map((n) => count(n, 'record'))).toEqual(['0 records', '1 record', '2 records']);
  });
  test('times', () => {
    const iso = '2026-11-24T09:03:11.500Z';
    expect(dateTime(iso)).toBe('2026-11-24 09:03 UTC');
    expect(moment(iso)).toBe('2026-11-24 09:03:11 UTC');
    expect(momentAfter(iso, '2026-11-24T08:58:40.000Z')).toBe('08:58:40');
    expect(momentAfter(iso, '2026-11-23T08:58:40.000Z')).toBe('2026-11-23 08:58:40 UTC');
  });
  test.each([
    ['The record lost its store', 'the record lost its store'],
    ['Two records', 'two records'],
    ['A record', 'a record'],
    ['ClientAuthTrustMode wants a store', 'ClientAuthTrustMode wants a store'],
    ['CRL is old', 'CRL is old'],
    ['X509 is old', 'X509 is old'],
    ['', ''],
  ])('inside a sentence: %s', (title, expected) => expect(inside(title)).toBe(expected));
  test('a sentence begins large and ends with a full stop, once', () => {
    expect(sentence(' it is so ')).toBe('It is so.');
    expect(sentence('It is so.')).toBe('It is so.');
    expect(sentence('')).toBe('');
    expect(unfinished('It is so. ')).toBe('It is so');
  });
});
