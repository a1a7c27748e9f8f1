import { expect, test } from 'vitest';
import { assemble } from '../../src/picture/assemble.ts';
import { netshListing } from '../support/netsh-listing.ts';
import { read } from './readings.ts';

test('a value that a text gives twice and differently is not taken', () => {
  const { claims } = read(
    'mail.txt',
    'EventLogging = 1 yesterday,\nEventLogging = 3 now; ClientAuthTrustMode: 2\n',
  );
  expect(claims.map((one) => (one.says === 'schannel-value' ? [one.name, one.value] : one.says))).toEqual([
    ['ClientAuthTrustMode', 2],
  ]);
});

test('what names the release goes before what the shape of a listing tells', () => {
  const listing = netshListing();
  const buildOf = (...texts: string[]) =>
    assemble(texts.map((text, i) => read(`${i}.txt`, text))).hosts[0]!.build;
  expect(buildOf(listing)).toMatchObject({ is: 'known', value: '2016' });
  expect(buildOf(listing, 'Microsoft Windows [Version 10.0.20348.2762]\r\n')).toMatchObject({
    is: 'known',
    value: '2022',
  });
});
