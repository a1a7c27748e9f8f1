import { expect, test } from 'vitest';
import { say } from '../../src/base/message.ts';
import { en } from '../../src/report/lang/en.ts';
import type { AskedWith, ProbeRecord } from '../../src/report/why.ts';
import { pathRemarks, recordPaths } from '../../src/report/why-paths.ts';

type Parts = Omit<Partial<ProbeRecord>, 'askedWith' | 'http'> & {
  with?: Partial<AskedWith>;
  status?: number;
};

function probe({ with: asked = {}, status, ...parts }: Parts): ProbeRecord {
  const askedWith: AskedWith = {
    version: 'TLS 1.3',
    serverName: 'www.example.com',
    address: 'www.example.com',
    path: '/',
    certificate: 'none',
    method: 'GET',
    http2: false,
    postHandshakeAuth: false,
    resumed: false,
    ...asked,
  };
  return {
    schema: 'handclasp/probe/1',
    target: { host: askedWith.address, port: 443, path: askedWith.path },
    address: '192.0.2.1',
    serverName: askedWith.serverName,
    version: askedWith.version,
    askedWith,
    cipherSuite: null,
    end: '',
    completed: true,
    ending: { is: 'completed' },
    asks: null,
    request: null,
    sent: null,
    http: status === undefined ? null : { status, substatus: null },
    at: '2026-11-24T09:10:11.000Z',
    milliseconds: 1,
    ...parts,
  };
}

const secure = { path: '/secure' };
const refused = {
  completed: false,
  ending: { is: 'refused', after: 'client-certificate', alert: '116 certificate_required' },
} as const;

const LATE = [
  probe({ status: 200 }),
  probe({ with: { ...secure, version: 'TLS 1.2' }, asks: 'renegotiation', sent: 0, status: 403 }),
  probe({ with: { ...secure, postHandshakeAuth: true }, asks: 'post-handshake', sent: 0, ...refused }),
  probe({ with: { ...secure, certificate: 'shown' }, asks: 'post-handshake', sent: 2, status: 200 }),
];

test('what each path does, with and without a certificate', () => {
  expect(recordPaths(LATE)).toEqual([
    { path: '/', asks: [], without: ['200'], with: [], accepted: null },
    {
      path: '/secure',
      asks: ['renegotiation', 'post-handshake'],
      without: ['403', 'alert 116 certificate_required'],
      with: ['200'],
      accepted: true,
    },
  ]);
});

test('connections that differ in more than TLS tell nothing of a path', () => {
  const others: Partial<AskedWith>[] = [
    { serverName: null },
    { address: '192.0.2.2' },
    { method: 'POST' },
    { http2: true },
    { resumed: true },
  ];
  const odd = others.map((one) => probe({ with: { ...secure, ...one }, status: 500 }));
  expect(recordPaths([...LATE, ...odd])).toEqual(recordPaths(LATE));
});

test('a version that is not spoken is no answer of a path, one refusal is', () => {
  const old = probe({
    completed: false,
    ending: { is: 'refused', after: 'client-hello', alert: '70 protocol_version' },
  });
  const denied = probe({ with: { certificate: 'shown' }, sent: 1, asks: 'handshake', status: 403 });
  expect(recordPaths([probe({ status: 200 }), old, denied])).toEqual([
    { path: '/', asks: ['handshake'], without: ['200'], with: ['403'], accepted: false },
  ]);
  expect(recordPaths([])).toEqual([]);
});

test('a late request is told', () => {
  const told = pathRemarks(recordPaths(LATE)).map((one) => say(en, one));
  expect(told).toEqual([
    'For /secure the certificate is asked for only after the request (by renegotiation up to TLS 1.2, under TLS 1.3 of clients that announced it); without one the server answers 403, alert 116 certificate_required, with it 200.',
  ]);
});
