import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAddress, parseConnectionAddress } from '../../src/windows/http-sys/address.ts';
import { endpointOf, parseKey, printKey, sameKey } from '../../src/windows/http-sys/key.ts';
import { ip, sni } from './support.ts';

test.each([
  ['0.0.0.0', '0.0.0.0'],
  ['192.168.1.1', '192.168.1.1'],
  ['::', '0:0:0:0:0:0:0:0'],
  ['2001:DB8::1', '2001:db8:0:0:0:0:0:1'],
  ['::ffff:1.2.3.4', '0:0:0:0:0:ffff:102:304'],
  ['fe80::1%4', 'fe80:0:0:0:0:0:0:1%4'],
])('the address %s is %s', (text, canonical) => {
  expect(parseAddress(text)?.text).toBe(canonical);
});

test.each([
  '',
  '1.2.3',
  '256.1.1.1',
  '1::2::3',
  ':::',
  '1:2:3:4:5:6:7:8:9',
  'www.example.com',
  '::1%',
  '1.2.3.4::',
])('«%s» is no address', (text) => {
  expect(parseAddress(text)).toBeNull();
});

test('a dual-stack socket tells an IPv4 address in IPv6 clothes', () => {
  expect(parseConnectionAddress('::ffff:127.0.0.1')).toEqual({ family: 4, text: '127.0.0.1' });
});

test.each([
  'ipport=0.0.0.0:443',
  'ipport=[::]:443',
  'hostnameport=www.Example.com:443',
  'hostnameport=*.example.com:8443',
  'ccs=443',
  'scopedccs=www.example.com:443',
])('%s is read and printed alike', (text) => {
  expect(printKey(parseKey(text)!)).toBe(text);
});

test.each([
  'ipport=443',
  'ipport=::1:443',
  'ipport=0.0.0.0:0',
  'ipport=0.0.0.0:65536',
  'ipport=www.example.com:443',
  'hostnameport=:443',
  'hostnameport=a b:443',
  'ccs=0.0.0.0:443',
  'port=443',
  '443',
  '',
])('«%s» is no key', (text) => {
  expect(parseKey(text)).toBeNull();
});

test('keys compare by what they mean', () => {
  expect(sameKey(sni('WWW.example.com:443'), sni('www.EXAMPLE.com:443'))).toBe(true);
  expect(sameKey(ip('[::]:443'), ip('[0:0::0]:443'))).toBe(true);
  expect(sameKey(ip('0.0.0.0:443'), ip('[::]:443'))).toBe(false);
  expect(sameKey(sni('a:443'), { kind: 'scopedccs', value: 'a:443' })).toBe(false);
});

test('no text makes them throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      parseKey(text);
      endpointOf({ kind: 'ipport', value: text });
      return endpointOf({ kind: 'hostnameport', value: text }) === null || text.includes(':');
    }),
  );
});
