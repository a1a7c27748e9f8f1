import { expect, test } from 'vitest';
import { assemble } from '../../src/picture/assemble.ts';
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
  const listing = `
SSL Certificate bindings:
-------------------------

    IP:port                      : 0.0.0.0:443
    Certificate Hash             : 846762724f99a530cae257c8d18ceafb46723cd2
    Application ID               : {4dc3e181-e14b-4a21-b022-59fc669b0914}
    Certificate Store Name       : My
    Verify Client Certificate Revocation : Enabled
    Verify Revocation Using Cached Client Certificate Only : Disabled
    Usage Check                  : Enabled
    Revocation Freshness Time    : 0
    URL Retrieval Timeout        : 0
    Ctl Identifier               : (null)
    Ctl Store Name               : (null)
    DS Mapper Usage              : Disabled
    Negotiate Client Certificate : Enabled
    Reject Connections           : Disabled

`;
  const buildOf = (...texts: string[]) =>
    assemble(texts.map((text, i) => read(`${i}.txt`, text))).hosts[0]!.build;
  expect(buildOf(listing)).toMatchObject({ is: 'known', value: '2016' });
  expect(buildOf(listing, 'Microsoft Windows [Version 10.0.20348.2762]\r\n')).toMatchObject({
    is: 'known',
    value: '2022',
  });
});
