import { expect, test } from 'vitest';
import { probe } from '../../src/net/probe.ts';
import type { ProbeOptions, ProbeResult } from '../../src/net/probe-types.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { printName } from '../../src/wire/x509/name.ts';
import { type Issued, issue } from '../support/pki.ts';
import { httpsServer, type SeenClient, tlsServer } from '../support/servers.ts';

const root = issue({
  subject: [
    ['O', 'Example'],
    ['CN', 'Root'],
  ],
  ca: true,
});
const issuing = issue({ subject: 'Issuing CA', issuer: root, ca: true });
const server = issue({ subject: 'www.example.com', issuer: issuing, subjectAltNames: ['www.example.com'] });
const rsaServer = issue({ subject: 'rsa.example.com', issuer: issuing, key: 'rsa' });
const client = issue({ subject: 'Client One', issuer: issuing, extendedKeyUsage: ['clientAuth'] });
const own = { key: server.keyPem, cert: server.pem + issuing.pem };
const asking = { ...own, ca: [issuing.pem, root.pem], requestCert: true, rejectUnauthorized: false };

const VERSIONS = [
  ['TLS 1.2', 0x0303],
  ['TLS 1.3', 0x0304],
] as const;

function ask(
  port: number,
  options: ProbeOptions = {},
  serverName: string | null = 'www.example.com',
): Promise<ProbeResult> {
  return probe(
    { host: 'lab.localhost', port, serverName, path: '/in here?a=b' },
    { timeout: 8000, http: true, ...options },
  );
}

const seenBy = ({ http }: ProbeResult): SeenClient => JSON.parse(http?.body ?? 'null');

async function show() {
  const key = (await nodeCrypto.signingKey(client.pkcs8))!;
  return () => ({ chain: [client.der, issuing.der], key });
}

test.each(VERSIONS)('%s: without a request nothing is asked and nothing sent', async (name, version) => {
  const result = await ask(await httpsServer(own), { versions: [version] });
  expect(result).toMatchObject({
    end: { is: 'completed' },
    address: '127.0.0.1',
    version,
    request: null,
    asked: null,
    sent: null,
    serverSignature: 'good',
    notes: [],
    http: { status: 200 },
  });
  expect(result.serverChain.map((one) => printName(one.subject))).toEqual([
    'CN=www.example.com',
    'CN=Issuing CA',
  ]);
  expect(seenBy(result)).toMatchObject({
    version: name.replace(' ', 'v'),
    serverName: 'www.example.com',
    path: '/in%20here?a=b',
    host: expect.stringMatching(/^www\.example\.com:\d+$/),
  });
});

test.each(VERSIONS)(
  '%s: the request is read whole, and an empty Certificate answers it',
  async (_, version) => {
    const result = await ask(await httpsServer(asking), { versions: [version] });
    expect(result).toMatchObject({ end: { is: 'completed' }, asked: 'handshake', sent: 0, signedWith: null });
    const request = result.request!;
    expect(request.version).toBe(version);
    expect(request.authorities.map(printName)).toEqual(['CN=Issuing CA', 'CN=Root, O=Example']);
    expect(request.authorities.map((one) => one.der)).toEqual(
      [issuing, root].map((one) => new Uint8Array(one.subject)),
    );
    expect(request.authoritiesLength).toBe(4 + issuing.subject.length + root.subject.length);
    expect(request.certificateTypes).toEqual(version === 0x0303 ? [1, 2, 64] : undefined);
    expect(request.signatureAlgorithms).toContain(0x0804);
    expect(seenBy(result)).toMatchObject({ authorized: false });
    expect(seenBy(result).subject).toBeUndefined();
  },
);

test.each(VERSIONS)('%s: a chosen certificate is shown and accepted', async (_, version) => {
  const result = await ask(await httpsServer(asking), { versions: [version], choose: await show() });
  expect(result).toMatchObject({ end: { is: 'completed' }, sent: 2, signedWith: 0x0403 });
  expect(seenBy(result)).toMatchObject({ subject: 'Client One', authorized: true });
});

test.each(VERSIONS)('%s: an RSA server, with both versions offered', async (_, maximum) => {
  const maxVersion = maximum === 0x0303 ? 'TLSv1.2' : 'TLSv1.3';
  const result = await ask(
    await httpsServer({ ...asking, key: rsaServer.keyPem, cert: rsaServer.pem, maxVersion }),
  );
  expect(result).toMatchObject({ end: { is: 'completed' }, version: maximum, serverSignature: 'good' });
});

let authorities: Issued[] | undefined;
const manyAuthorities = (): Issued[] => {
  authorities ??= Array.from({ length: 600 }, (_, i) =>
    issue({ subject: `CA ${i} ${'x'.repeat(60)}`, ca: true, key: server.keys }),
  );
  return authorities;
};

test.each(VERSIONS)('%s: a list of 600 names, and none at all', async (_, version) => {
  const names = manyAuthorities();
  const long = await ask(await httpsServer({ ...asking, ca: names.map((one) => one.pem) }), {
    versions: [version],
  });
  expect(long.end).toEqual({ is: 'completed' });
  expect(long.request!.authorities.map((one) => Buffer.from(one.der).toString('hex'))).toEqual(
    names.map((one) => Buffer.from(one.subject).toString('hex')),
  );
  const none = await httpsServer({ ...own, requestCert: true, rejectUnauthorized: false });
  const { request } = await ask(none, { versions: [version] });
  expect(request).toMatchObject({
    authorities: [],
    authoritiesLength: 0,
    authoritiesPresent: version === 0x0303,
  });
});

test.each(VERSIONS)('%s: with and without SNI', async (_, version) => {
  const port = await httpsServer(own);
  expect(seenBy(await ask(port, { versions: [version] }, null)).serverName).toBe(false);
  expect(seenBy(await ask(port, { versions: [version] }, 'other.example.com')).serverName).toBe(
    'other.example.com',
  );
});

test('a server of P-384 alone makes us send a second hello', async () => {
  const hellos: Uint8Array[] = [];
  const result = await ask(await httpsServer({ ...asking, ecdhCurve: 'P-384' }), {
    versions: [0x0304],
    choose: await show(),
    onBytes: (direction, bytes) => direction === 'sent' && hellos.push(bytes),
  });
  expect(result).toMatchObject({ end: { is: 'completed' }, sent: 2, http: { status: 200 } });
  expect(hellos.slice(0, 2).map((one) => [one[0], one[5]])).toEqual([
    [22, 1],
    [22, 1],
  ]);
});

test('a server that asks only after the request is answered by a renegotiation', async () => {
  const noResumption = 0x10000; // SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION
  const options = { ...own, ca: [issuing.pem], secureOptions: noResumption, maxVersion: 'TLSv1.2' as const };
  const start = () =>
    tlsServer(options, (socket) => {
      socket.once('data', () => {
        socket.renegotiate({ requestCert: true, rejectUnauthorized: false }, () => {
          const name = [socket.getPeerCertificate().subject?.CN].flat()[0];
          socket.end(`HTTP/1.1 ${name ? 200 : 403} x\r\n\r\n${name}`);
        });
      });
    });
  const shown = await ask(await start(), { choose: await show() });
  expect(shown).toMatchObject({
    end: { is: 'completed' },
    asked: 'renegotiation',
    sent: 2,
    http: { status: 200, body: 'Client One' },
  });
  expect(shown.request!.authorities.map(printName)).toEqual(['CN=Issuing CA']);
  const empty = await ask(await start());
  expect(empty).toMatchObject({ asked: 'renegotiation', sent: 0, http: { status: 403 } });
});

test.each(VERSIONS)('%s: until the request, and no word more', async (_, version) => {
  const sent: number[] = [];
  const onBytes: ProbeOptions['onBytes'] = (direction, bytes) => {
    if (direction === 'sent') sent.push(bytes[0]!);
  };
  const until = { versions: [version], untilRequest: true, onBytes };
  const result = await ask(await httpsServer(asking), until);
  expect(result).toMatchObject({ end: { is: 'completed' }, asked: 'handshake', sent: null, http: null });
  expect(result.request!.authorities.map(printName)).toHaveLength(2);
  // ClientHello, and the change_cipher_spec for middleboxes.
  expect(sent).toEqual(version === 0x0304 ? [22, 20] : [22]);
  // A server that does not ask is asked for its page as ever.
  const silent = await ask(await httpsServer(own), until);
  expect(silent).toMatchObject({ end: { is: 'completed' }, request: null, http: { status: 200 } });
});

test('without http the probe ends with the handshake', async () => {
  const result = await ask(await httpsServer(asking), { http: false });
  expect(result).toMatchObject({ end: { is: 'completed' }, http: null, sent: 0 });
});
