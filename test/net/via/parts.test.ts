import { isIP, SocketAddress } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { latin1Text } from '../../../src/base/text.ts';
import { addressBytes } from '../../../src/net/via/address.ts';
import { proxyFromEnvironment } from '../../../src/net/via/environment.ts';
import { parseProxy, printProxy } from '../../../src/net/via/proxy.ts';
import { encodeProxyHeader } from '../../../src/net/via/proxy-header.ts';

describe('the address of a proxy', () => {
  test.each([
    ['http://proxy.example.com:3128', { kind: 'http', host: 'proxy.example.com', port: 3128 }],
    ['proxy.example.com:3128/', { kind: 'http', host: 'proxy.example.com', port: 3128 }],
    ['HTTP://Proxy', { kind: 'http', host: 'proxy', port: 80 }],
    ['https://proxy', { kind: 'https', host: 'proxy', port: 443 }],
    ['http://proxy:21', { kind: 'http', host: 'proxy', port: 21 }],
    ['socks5h://ada@[2001:db8::1]:1081', { kind: 'socks5h', host: '2001:db8::1', port: 1081, user: 'ada' }],
    [
      'socks5://a%40b:s%3A@127.0.0.1',
      { kind: 'socks5', host: '127.0.0.1', port: 1080, user: 'a@b', password: 's:' },
    ],
    ['socks4://proxy.example', { kind: 'socks4', host: 'proxy.example', port: 1080 }],
    ['socks4a://müller.example', { kind: 'socks4a', host: 'xn--mller-kva.example', port: 1080 }],
  ])('%s', (text, proxy) => {
    expect(parseProxy(text)).toEqual(proxy);
  });

  test.each([
    '',
    'ftp://proxy',
    'socks6://proxy',
    'http://',
    'http://proxy/path',
    'http://proxy:99999',
    'http://a b',
  ])('%j is none', (text) => expect(parseProxy(text)).toBeNull());

  test('is printed without credentials', () => {
    expect(printProxy(parseProxy('socks5://ada:secret@[::1]:99')!)).toBe('socks5://[::1]:99');
  });
});

describe('the environment', () => {
  const to = (host: string, port = 443) => ({ host, port });
  const proxy = { HTTPS_PROXY: 'http://proxy:3128' };

  test('names a proxy, in small letters first, for all when there is none for TLS', () => {
    expect(proxyFromEnvironment(proxy, to('a.example'))).toMatchObject({ host: 'proxy', port: 3128 });
    const both = { ...proxy, https_proxy: 'http://other:1' };
    expect(proxyFromEnvironment(both, to('a'))).toMatchObject({ host: 'other' });
    expect(proxyFromEnvironment({ ALL_PROXY: 'socks5h://s' }, to('a'))).toMatchObject({ kind: 'socks5h' });
    expect(proxyFromEnvironment({ HTTP_PROXY: 'http://proxy' }, to('a'))).toBeNull();
    expect(proxyFromEnvironment({}, to('a'))).toBeNull();
    expect(() => proxyFromEnvironment({ HTTPS_PROXY: 'gopher://x' }, to('a'))).toThrow(RangeError);
  });

  test.each([
    ['*', 'a.example', true],
    ['example.com', 'www.Example.com.', true],
    ['.example.com', 'www.example.com', true],
    ['*.example.com', 'example.com', true],
    ['example.com', 'badexample.com', false],
    ['other.example, example.com', 'example.com', true],
    ['example.com:443', 'example.com', true],
    ['example.com:8443', 'example.com', false],
    ['192.0.2.1', '192.0.2.1', true],
    ['192.0.2.1:443', '192.0.2.1', true],
    ['192.0.2.0/24', '192.0.2.77', true],
    ['192.0.2.0/24', '192.0.3.77', false],
    ['192.0.2.0/99', '192.0.2.1', false],
    ['2001:db8::/32', '2001:db8::1', true],
    ['[2001:db8::1]:443', '2001:db8:0::1', true],
    ['192.0.2.0/24', '2001:db8::1', false],
    ['1', '192.0.2.1', false],
    ['', 'a', false],
  ])('NO_PROXY=%s exempts %s: %s', (list, host, isExempt) => {
    expect(proxyFromEnvironment({ ...proxy, NO_PROXY: list }, to(host)) === null).toBe(isExempt);
  });
});

describe('addresses', () => {
  test.each([
    ['::', '00000000000000000000000000000000'],
    ['::1', '00000000000000000000000000000001'],
    ['2001:db8::', '20010db8000000000000000000000000'],
    ['fe80::1%eth0', 'fe800000000000000000000000000001'],
    ['::ffff:192.0.2.1', '00000000000000000000ffffc0000201'],
    ['192.0.2.255', 'c00002ff'],
  ])('%s', (text, hex) => expect(Buffer.from(addressBytes(text)).toString('hex')).toBe(hex));

  test('of any form are as long as they must be, and Node reads what we wrote', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        fc.pre(isIP(text) === 6);
        const groups = Buffer.from(addressBytes(text)).toString('hex').match(/..../g)!;
        const same = (address: string) => new SocketAddress({ address, family: 'ipv6' }).address;
        expect(same(groups.join(':'))).toBe(same(text));
      }),
    );
  });
});

describe('a header of the PROXY protocol', () => {
  const ends = (local: string, remote: string) => ({
    local: { address: local, port: 1000 },
    remote: { address: remote, port: 443 },
  });

  test.each([
    ['192.0.2.1', '192.0.2.2', 'PROXY TCP4 192.0.2.1 192.0.2.2 1000 443\r\n'],
    ['2001:db8::1', '2001:db8::2', 'PROXY TCP6 2001:db8::1 2001:db8::2 1000 443\r\n'],
    // A socket for both families shows IPv4 so.
    ['::ffff:192.0.2.1', '::ffff:192.0.2.2', 'PROXY TCP4 192.0.2.1 192.0.2.2 1000 443\r\n'],
    ['192.0.2.1', '2001:db8::2', 'PROXY TCP6 ::ffff:192.0.2.1 2001:db8::2 1000 443\r\n'],
  ])('%s to %s', (local, remote, line) => {
    expect(latin1Text(encodeProxyHeader({ version: 'v1' }, ends(local, remote)))).toBe(line);
  });

  test('in binary for IPv6, with a given port alone', () => {
    const header = encodeProxyHeader(
      { version: 'v2', source: { port: 7 } },
      ends('2001:db8::1', '2001:db8::2'),
    );
    expect(Buffer.from(header).toString('hex')).toBe(
      '0d0a0d0a000d0a515549540a212100242001 0db8000000000000000000000001 20010db8000000000000000000000002 0007 01bb'.replaceAll(
        ' ',
        '',
      ),
    );
  });
});
