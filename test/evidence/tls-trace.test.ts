import { describe, expect, test } from 'vitest';
import { schemeNumber, typeNumber, versionNumber } from '../../src/evidence/tls-trace/codes.ts';
import { namesOnOneLine } from '../../src/evidence/tls-trace/java-names.ts';
import { read } from './readings.ts';

describe('names that Java prints on one line', () => {
  test.each([
    ['CN=A, O=X, C=DE, CN=B, O=Y, C=FR', ['CN=A, O=X, C=DE', 'CN=B, O=Y, C=FR']],
    [
      'OU=Class 3, O="VeriSign, Inc.", C=US, OU=Root, OU=Web, O=Z',
      ['OU=Class 3, O="VeriSign, Inc.", C=US', 'OU=Root, OU=Web, O=Z'],
    ],
    [
      'CN=A, DC=corp, DC=example, CN=B, DC=corp, DC=example',
      ['CN=A, DC=corp, DC=example', 'CN=B, DC=corp, DC=example'],
    ],
    ['CN=A, CN=B', ['CN=A', 'CN=B']],
    ['CN=A\\, Inc., C=DE', ['CN=A\\, Inc., C=DE']],
    ['EMAILADDRESS=ca@example.com, CN=A, C=DE, CN=B', ['EMAILADDRESS=ca@example.com, CN=A, C=DE', 'CN=B']],
    ['', []],
  ])('%s', (text, names) => {
    expect(namesOnOneLine(text)).toEqual(names);
  });
});

test('code points by the names that tools give them', () => {
  const schemes = [
    'ECDSA+SHA256',
    'RSA-PSS+SHA512',
    'rsa_pss_pss_sha256',
    'ed25519',
    'SHA1withRSA',
    '0x08+0x1a',
  ];
  expect(schemes.map(schemeNumber)).toEqual([0x0403, 0x0806, 0x0809, 0x0807, 0x0201, 0x081a]);
  expect(['RSA sign', 'dss_sign', 'ECDSA', 'UNKNOWN (12)', 'what'].map(typeNumber)).toEqual([
    1,
    2,
    64,
    12,
    undefined,
  ]);
  expect(['SSLv3', 'TLSv1', 'TLSv1.1', 'TLS1.3', 'TLS 1.2', '?'].map(versionNumber)).toEqual([
    0x0300,
    0x0301,
    0x0302,
    0x0304,
    0x0303,
    undefined,
  ]);
});

const SESSION = `CONNECTED(00000003)
---
No client certificate CA names sent
---
SSL handshake has read 1443 bytes and written 815 bytes
---
New, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384
`;

test('nothing asked for is told from any issuer', () => {
  expect(read('a.txt', SESSION).claims).toMatchObject([{ asked: false, version: 0x0304 }]);
  const any = SESSION.replace('sent\n', 'sent\nRequested Signature Algorithms: ECDSA+SHA256\n');
  expect(read('a.txt', any).claims).toMatchObject([
    { asked: true, authorities: [], signatureAlgorithms: [0x0403] },
  ]);
});

test('a session that was taken up again tells nothing of a request, but that it was', () => {
  const { claims } = read('a.txt', SESSION.replace('New,', 'Reused,'));
  expect(claims).toMatchObject([{ says: 'request-in-words', resumed: true }]);
  expect(claims[0]).not.toHaveProperty('asked');
});

test('a terminal with several tools and names of OpenSSL 1.0', () => {
  const text = `$ openssl s_client -connect [2001:db8::1]:443 -servername a.example.com
CONNECTED(00000003)
---
Acceptable client certificate CA names
/C=DE/O=Example/CN=Client CA
/DC=com/DC=example/CN=Issuing
Client Certificate Types: RSA sign, ECDSA sign
---
$ curl -v https://b.example.com/
* Connected to b.example.com (192.0.2.7) port 443 (#0)
* TLSv1.2 (IN), TLS handshake, Server finished (14):
* SSL connection using TLSv1.2 / ECDHE
< HTTP/1.1 403 Forbidden
`;
  expect(read('terminal.txt', text).claims).toMatchObject([
    {
      tool: 'openssl s_client',
      host: '2001:db8::1',
      serverName: 'a.example.com',
      authorities: ['/C=DE/O=Example/CN=Client CA', '/DC=com/DC=example/CN=Issuing'],
      certificateTypes: [1, 64],
    },
    { tool: 'curl', host: 'b.example.com', asked: false, status: 403 },
    { says: 'program-message', code: 'request-refused', side: 'client' },
  ]);
});
