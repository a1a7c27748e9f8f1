import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect } from 'vitest';
import { toHex } from '../../src/base/bytes.ts';
import { probe } from '../../src/net/probe.ts';
import type { ProbeResult } from '../../src/net/probe-types.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import type { Name } from '../../src/wire/x509/name.ts';
import { issue } from '../support/pki.ts';
import { openings, starttlsServer } from '../support/starttls-servers.ts';
import { askWithOpenssl, findProgram, testFolder, testWith } from './peers.ts';
import { STARTTLS_PEERS, startSlapd, startXrdp } from './starttls-peers.ts';

/** TLS behind the words of other protocols: our reading beside that of openssl s_client, of real servers. */

const run = promisify(execFile);
const root = issue({
  subject: [
    ['C', 'DE'],
    ['O', 'Example, "quoted"'],
    ['CN', 'Root of clients'],
  ],
  ca: true,
});
const other = issue({
  subject: [
    ['DC', 'com'],
    ['CN', 'Öther'],
  ],
  ca: true,
});
const server = issue({ subject: 'localhost', issuer: root, subjectAltNames: ['localhost'] });
const stranger = issue({ subject: 'Stranger', issuer: issue({ subject: 'Nobody', ca: true }) });
const client = issue({ subject: 'Client One', issuer: root, extendedKeyUsage: ['clientAuth'] });

const VERSIONS = [
  ['TLSv1.2', 0x0303],
  ['TLSv1.3', 0x0304],
] as const;

const asOpenssl = (name: Name): string =>
  name.rdns
    .map((rdn) => rdn.map((one) => `${one.type}=#${toHex(one.der).toUpperCase()}`).join('+'))
    .join(',');

const ask = (
  port: number,
  starttls: string,
  version: number,
  serverName = 'localhost',
): Promise<ProbeResult> =>
  probe({ host: '127.0.0.1', port, serverName, path: '/', starttls }, { versions: [version], timeout: 8000 });

const SPOKEN_BY_OPENSSL = Object.keys(openings).filter((id) => id !== 'mssql' && id !== 'rdp');

/** What s_client must be told besides. */
const named = (protocol: string, domain = 'example.com'): string[] =>
  protocol.startsWith('xmpp') ? ['-xmpphost', domain] : [];

describe('our test servers satisfy s_client, too, which reads of them what we read', () => {
  for (const protocol of SPOKEN_BY_OPENSSL) {
    testWith(['openssl'], protocol, async () => {
      const { port, seen } = await starttlsServer(protocol, {
        key: server.keyPem,
        cert: server.pem,
        ca: [root.pem, other.pem],
        requestCert: true,
        rejectUnauthorized: false,
      });
      for (const [version, code] of VERSIONS) {
        const printed = await askWithOpenssl(port, version, '-starttls', protocol, ...named(protocol));
        expect(printed.names).toHaveLength(2);
        const { request } = await ask(port, protocol, code);
        expect(request?.authorities.map(asOpenssl)).toEqual(printed.names);
      }
      expect(seen).toEqual(['', '', '', '']);
    });
  }
});

async function files(): Promise<string> {
  return testFolder({
    'server.pem': server.pem,
    'server.key': server.keyPem,
    'authorities.pem': root.pem + other.pem,
  });
}

describe.each(Object.entries(STARTTLS_PEERS))('%s', (_, peer) => {
  for (const [version, code] of VERSIONS) {
    if (peer.isOld && code === 0x0304) continue;
    const byOpenssl = SPOKEN_BY_OPENSSL.includes(peer.protocol);
    testWith([...peer.needs, ...(byOpenssl ? ['openssl'] : [])], `by ${version}`, async () => {
      const { port } = await peer.start(await files());
      const result = await ask(port, peer.protocol, code, peer.domain);
      expect(result).toMatchObject({ end: { is: 'completed' }, version: code, serverSignature: 'good' });
      expect(result.serverChain[0]!.der).toEqual(server.der);
      if (!byOpenssl) return;
      const more = ['-starttls', peer.protocol, ...named(peer.protocol, peer.domain)];
      const printed = await askWithOpenssl(port, version, ...more);
      expect(result.request).not.toBeNull();
      expect(result.request!.authorities.map(asOpenssl)).toEqual(printed.names);
    });
  }
});

testWith(['slapd'], 'slapd, which insists on a certificate, takes ours and no other', async () => {
  const { port } = await startSlapd(await files(), 'demand');
  const target = { host: '127.0.0.1', port, serverName: null, path: '/', starttls: 'ldap' };
  const show = async (identity: typeof client) => {
    const key = (await nodeCrypto.signingKey(identity.pkcs8))!;
    return probe(target, { timeout: 8000, choose: () => ({ chain: [identity.der], key }) });
  };
  expect(await show(client)).toMatchObject({ end: { is: 'completed' }, sent: 1 });
  // It refuses by closing, without an alert.
  const refused = { is: expect.stringMatching(/^(refused|closed|reset)$/), after: 'client-certificate' };
  expect((await show(stranger)).end).toMatchObject(refused);
  expect((await probe(target, { timeout: 8000 })).end).toMatchObject(refused);
});

testWith(['xrdp'], 'xrdp with the security of RDP itself says so', async () => {
  const { port } = await startXrdp(await files(), 'rdp');
  expect((await ask(port, 'rdp', 0x0304)).end).toEqual({
    is: 'before-tls',
    stage: 'starttls',
    protocol: 'rdp',
    how: 'refused',
    said: 'it chose RDP security, not TLS',
  });
});

testWith(
  ['tsql'],
  'FreeTDS, a client of SQL Server, comes to TLS with the server that stands in for it',
  async () => {
    const { port, seen } = await starttlsServer('mssql', {
      key: server.keyPem,
      cert: server.pem,
      // What TLS 1.3 sends behind its handshake has no place in TDS 7.
      maxVersion: 'TLSv1.2',
    });
    const folder = await testFolder({
      'freetds.conf': '[global]\ntds version = 7.4\nencryption = require\ncheck certificate hostname = no\n',
    });
    const environment = { ...process.env, FREETDSCONF: path.join(folder, 'freetds.conf') };
    const args = ['-H', '127.0.0.1', '-p', String(port), '-U', 'x', '-P', 'x'];
    const asking = run(findProgram('tsql')!, args, { env: environment, timeout: 1500 });
    asking.child.stdin?.end();
    // What comes in TLS, the logon, nobody answers.
    await asking.catch(() => undefined);
    expect(seen[0]).toBe('');
  },
);
