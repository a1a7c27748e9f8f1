import { expect, test } from 'vitest';
import { languages } from '../../src/report/lang/language.ts';
import type { AskedWith, ProbeRecord } from '../../src/report/why.ts';
import { recordPaths, sayPathRow, tellPaths } from '../../src/report/why-paths.ts';

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
  expect(recordPaths(LATE).map(({ answers: _, ...rest }) => rest)).toEqual([
    { path: '/', asks: [], without: ['200'], with: [], accepted: null },
    {
      path: '/secure',
      asks: ['renegotiation', 'post-handshake'],
      without: ['403', 'alert 116 certificate_required'],
      with: ['200'],
      accepted: true,
    },
  ]);
  expect(recordPaths(LATE)[1]!.answers).toMatchObject([
    { probe: 1, asks: 'renegotiation', sent: 0, status: 403, substatus: null, ending: null },
    { probe: 2, announced: true, status: null, ending: 'alert 116 certificate_required' },
    { probe: 3, asks: 'post-handshake', sent: 2, status: 200 },
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
  expect(recordPaths([probe({ status: 200 }), old, denied])).toMatchObject([
    { path: '/', asks: ['handshake'], without: ['200'], with: ['403'], accepted: false },
  ]);
  expect(recordPaths([])).toEqual([]);
});

const told = (probes: readonly ProbeRecord[], language = languages.en): string[] =>
  tellPaths({ paths: recordPaths(probes) }, language).flatMap(({ path, rows }) =>
    rows.map((row) => `${path} ${row.where}: ${sayPathRow(row, language)}`),
  );

test('each path is told with what it was answered, and when the certificate was asked for', () => {
  const old = probe({ with: { version: 'TLS 1.2' }, version: 'TLS 1.2', status: 200 });
  const [first, renegotiated, ...others] = LATE;
  const late = { ...renegotiated!, version: 'TLS 1.2', http: { status: 403, substatus: '403.7' } };
  expect(told([first!, old, late, ...others])).toEqual([
    '/ TLS 1.3 and TLS 1.2: not asked for; without one 200',
    '/secure TLS 1.2: asked for after the request (renegotiation); without one 403.7',
    '/secure TLS 1.3, post-handshake authentication announced: asked for after the request (post-handshake); without one alert 116 certificate_required',
    '/secure TLS 1.3: asked for after the request (post-handshake); with it 200',
  ]);
  expect(told([first!, late], languages.de)[1]).toBe(
    '/secure TLS 1.2: nach der Anfrage verlangt (Neuaushandlung); ohne Zertifikat 403.7',
  );
});

test('one path that is asked for at once needs no table', () => {
  expect(told([probe({ asks: 'handshake', sent: 0, status: 403 })])).toEqual([]);
});
