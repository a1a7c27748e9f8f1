import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect } from 'vitest';
import { probe } from '../../src/net/probe.ts';
import type { ProbeOptions, ProbeResult } from '../../src/net/probe-types.ts';
import { Recorder } from '../../src/net/recorder.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { writeKeyLog } from '../../src/wire/capture/key-log-writer.ts';
import { writeCapture } from '../../src/wire/capture/pcapng-writer.ts';
import { printName } from '../../src/wire/x509/name.ts';
import { type Issued, issue } from '../support/pki.ts';
import { printed } from './as-openssl.ts';
import { startGnutls } from './kind-servers.ts';
import {
  askWithOpenssl,
  findProgram,
  type ServerFiles,
  startOpenssl,
  testFolder,
  testWith,
} from './peers.ts';
import { type OldServer, SERVERS } from './tls-servers.ts';

/** TLS 1.0 to 1.3 with servers of six makes: what openssl s_client, gnutls-cli and TShark see is what we see. */

const run = promisify(execFile);

const root = issue({
  subject: [
    ['C', 'DE'],
    ['O', 'Example, "quoted"'],
    ['CN', 'Root'],
  ],
  ca: true,
});
const issuing = issue({
  subject: [
    ['DC', 'com'],
    ['DC', 'example'],
    ['CN', 'Issuing CA'],
  ],
  issuer: root,
  ca: true,
});
const umlaut = issue({ subject: [['O', 'Ünïcödé 漢字']], ca: true });
const authorities = [issuing, root, umlaut];
const server = issue({ subject: 'www.example.com', issuer: issuing, key: 'rsa' });
const ecServer = issue({ subject: 'www.example.com', issuer: issuing });
const clients = [
  issue({ subject: 'Client EC', issuer: issuing, extendedKeyUsage: ['clientAuth'] }),
  issue({ subject: 'Client RSA', issuer: issuing, key: 'rsa', extendedKeyUsage: ['clientAuth'] }),
];

const VERSIONS = { TLSv1: 0x0301, 'TLSv1.1': 0x0302, 'TLSv1.2': 0x0303, 'TLSv1.3': 0x0304 } as const;
type Version = keyof typeof VERSIONS;
const versions = Object.keys(VERSIONS) as Version[];
const before13 = versions.slice(0, 3);
const completed = { is: 'completed' };

async function files(own: Issued = server): Promise<ServerFiles> {
  const folder = await testFolder({
    'server.pem': own.pem + issuing.pem,
    'server.key': own.keyPem,
    'authorities.pem': authorities.map((one) => one.pem).join(''),
  });
  return { folder, version: 'both' };
}

const ask = (port: number, version: Version, options: ProbeOptions = {}): Promise<ProbeResult> =>
  probe(
    { host: '127.0.0.1', port, serverName: 'www.example.com', path: '/' },
    { http: true, versions: [VERSIONS[version]], ...options },
  );

describe.each(Object.entries(SERVERS))('%s', (name, { needs, start }: OldServer) => {
  testWith(needs, 'the request of each version is what openssl s_client prints', async () => {
    const { port } = await start(await files());
    for (const version of versions) {
      const theirs = await askWithOpenssl(port, version);
      const result = await ask(port, version);
      expect([version, result.end]).toEqual([version, completed]);
      expect([version, printed(result.request!)]).toEqual([version, theirs]);
      expect(theirs.names).toHaveLength(3);
      expect(result).toMatchObject({ version: VERSIONS[version], asked: 'handshake', sent: 0 });
      expect(result).toMatchObject({ serverSignature: 'good', http: { status: 200 } });
    }
  });

  testWith(needs, 'EC and RSA certificates are accepted in each version, and sessions resumed', async () => {
    const { port } = await start(await files());
    for (const version of versions) {
      for (const client of clients) {
        const key = (await nodeCrypto.signingKey(client.pkcs8))!;
        const choose = () => ({ chain: [client.der, issuing.der], key });
        const shown = await ask(port, version, { choose });
        expect([version, shown.end, shown.sent, shown.http?.status]).toEqual([version, completed, 2, 200]);
        if (!shown.ticket) continue;
        const again = await ask(port, version, { choose, resume: shown.ticket });
        expect([version, again.end, again.http?.status]).toEqual([version, completed, 200]);
        if (again.resumed) expect(again.request).toBeNull();
      }
    }
  });

  // Go's TLS 1.0 and 1.1 sign with SHA-1, which it no longer does with an EC key.
  if (name !== 'Go') {
    testWith(needs, 'with an EC key of its own', async () => {
      const { port } = await start(await files(ecServer));
      for (const version of versions)
        expect(await ask(port, version)).toMatchObject({ end: completed, serverSignature: 'good' });
    });
  }
});

const OPENSSL_SUITES = [
  'ECDHE-RSA-AES128-SHA',
  'ECDHE-RSA-AES256-SHA384',
  'DHE-RSA-AES128-SHA',
  'DHE-RSA-AES256-SHA256',
  'DHE-RSA-CHACHA20-POLY1305',
  'AES128-SHA',
  'AES256-SHA256',
  'AES256-GCM-SHA384',
];

testWith(['openssl'], 'openssl: old suites, with and without encrypt_then_mac', async () => {
  for (const suite of OPENSSL_SUITES) {
    for (const more of [[], ['-no_etm']]) {
      const old = ['-cipher', `${suite}:@SECLEVEL=0`, '-min_protocol', 'TLSv1'];
      const { port } = await startOpenssl(await files(), ...old, '-verify', '3', '-www', ...more);
      for (const version of /SHA\d|POLY/.test(suite) ? before13.slice(2) : before13) {
        const { end, http, serverSignature } = await ask(port, version);
        const seen = [suite, more, version, end, serverSignature];
        expect(seen).toEqual([suite, more, version, completed, 'good']);
        expect(http!.body).toContain(suite);
      }
    }
  }
});

testWith(['openssl'], 'openssl: a server with a DSA key, and a group of its own', async () => {
  const at = await files();
  const inFolder = { cwd: at.folder };
  const openssl = findProgram('openssl')!;
  await run(openssl, ['dsaparam', '-out', 'dsa.pem', '1024'], inFolder);
  const request = ['req', '-x509', '-newkey', 'dsa:dsa.pem', '-nodes', '-days', '2', '-subj', '/CN=dsa'];
  await run(openssl, [...request, '-keyout', 'dsa.key', '-out', 'dsa.crt'], inFolder);
  await run(openssl, ['dhparam', '-dsaparam', '-out', 'dh.pem', '1024'], inFolder);
  const dsa = ['-cert', 'dsa.crt', '-cert_chain', 'dsa.crt', '-key', 'dsa.key', '-dhparam', 'dh.pem'];
  const old = ['-cipher', 'ALL:@SECLEVEL=0', '-min_protocol', 'TLSv1'];
  const { port } = await startOpenssl(at, ...dsa, ...old, '-verify', '3', '-www');
  for (const version of before13) {
    const result = await ask(port, version);
    expect([version, result.end, result.serverSignature]).toEqual([version, completed, 'good']);
    expect(result.http!.body).toContain('DHE-DSS-');
  }
});

testWith(['openssl'], 'openssl: groups of TLS 1.3 over finite fields', async () => {
  for (const group of ['ffdhe2048', 'ffdhe3072', 'ffdhe4096']) {
    const { port } = await startOpenssl(await files(), '-groups', group, '-www');
    const result = await ask(port, 'TLSv1.3');
    expect([group, result.end, result.http?.status]).toEqual([group, completed, 200]);
  }
});

testWith(['gnutls-serv'], 'gnutls: 3DES', async () => {
  const priority = 'NORMAL:-CIPHER-ALL:+3DES-CBC:-VERS-ALL:+VERS-TLS1.0:+VERS-TLS1.1:+VERS-TLS1.2';
  const { port } = await startGnutls(await files(), 'want', '--priority', priority);
  for (const version of before13) {
    const result = await ask(port, version);
    expect([version, result.end, result.http?.status]).toEqual([version, completed, 200]);
    expect([0xc012, 0x000a, 0x0016]).toContain(result.cipherSuite);
  }
});

testWith(['gnutls-serv', 'gnutls-cli'], 'gnutls: the list is what gnutls-cli prints', async () => {
  const { port } = await startGnutls(await files(), 'want');
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    const priority = `NORMAL:-VERS-ALL:+VERS-${version.replace('v', '')}`;
    const args = ['--insecure', '--verbose', '--priority', priority, '--port', String(port), '127.0.0.1'];
    const asking = run(findProgram('gnutls-cli')!, args, { timeout: 20_000 });
    asking.child.stdin?.end();
    const { stdout } = await asking.catch((failed: { stdout: string }) => failed);
    const listed = [...stdout.matchAll(/^\s+\[\d+\]: (.+)$/gm)].map((line) => line[1]!);
    const { request } = await ask(port, version);
    expect(listed).toHaveLength(3);
    expect(request!.authorities.map((one) => valuesIn(printName(one)))).toEqual(listed.map(valuesIn));
  }
});

/** Both print names in their own manner; the values are what counts. */
const valuesIn = (name: string): string[] =>
  [...name.replace(/[\\"]/g, '').matchAll(/=([^,+]+)/g)].map((part) => part[1]!).sort();

testWith(
  ['openssl', 'tshark'],
  'TShark opens our capture with its keys, and reads the same in it',
  async () => {
    const at = await files();
    const old = ['-cipher', 'DEFAULT:@SECLEVEL=0', '-min_protocol', 'TLSv1'];
    const { port } = await startOpenssl(at, ...old, '-verify', '3', '-www');
    const recorder = new Recorder();
    const recorded = recorder.wrap(probe);
    const target = { host: '127.0.0.1', port, serverName: 'www.example.com', path: '/' };
    const key = (await nodeCrypto.signingKey(clients[0]!.pkcs8))!;
    const choose = () => ({ chain: [clients[0]!.der], key });
    const results: ProbeResult[] = [];
    for (const version of versions)
      results.push(await recorded(target, { http: true, versions: [VERSIONS[version]], choose }));
    const write = (name: string, content: Uint8Array | string) =>
      writeFile(path.join(at.folder, name), content);
    await write('whole.pcapng', writeCapture(recorder.recordings, { withSecrets: true }));
    await write('bare.pcapng', writeCapture(recorder.recordings));
    await write('why.keys', writeKeyLog(recorder.recordings));
    const tshark = tsharkIn(at.folder, port);

    const lengths = [
      '-e',
      'tcp.stream',
      '-e',
      'tls.handshake.dnames_len',
      '-e',
      'tls.handshake.sig_hash_alg',
    ];
    for (const [file, more] of [
      ['whole.pcapng', []],
      ['bare.pcapng', ['-o', 'tls.keylog_file:why.keys']],
    ] as const) {
      const requests = await tshark(file, 'tls.handshake.type == 13', ...more, ...lengths);
      expect(requests).toHaveLength(results.length);
      for (const [i, { request }] of results.entries()) {
        const [stream, length, algorithms = ''] = requests[i]!;
        expect([stream, length]).toEqual([String(i), String(request!.authoritiesLength)]);
        const ours = (request!.signatureAlgorithms ?? []).map(
          (one) => `0x${one.toString(16).padStart(4, '0')}`,
        );
        // A packet may hold the server's own signature, too.
        expect(algorithms.endsWith(ours.join())).toBe(true);
      }
      const shown = ['-e', 'tcp.stream', '-e', 'http.user_agent'];
      const asked = await tshark(file, 'http.request', ...more, ...shown);
      expect(asked).toEqual(versions.map((_, i) => [String(i), 'handclasp']));
      const names = await tshark(file, 'tls.handshake.type == 13', ...more, '-e', 'x509sat.uTF8String');
      for (const [listed] of names) expect(listed).toContain('Ünïcödé 漢字');
    }
    expect(await tshark('bare.pcapng', 'http', '-e', 'tcp.stream')).toEqual([]);
    const broken = 'tcp.analysis.flags or tcp.checksum.status == 0 or ip.checksum.status == 0';
    expect(await tshark('bare.pcapng', broken, '-e', 'frame.number')).toEqual([]);
  },
);

/** Fields of the packets that a filter lets through, a line each. */
const tsharkIn =
  (folder: string, port: number) =>
  async (file: string, filter: string, ...more: readonly string[]): Promise<string[][]> => {
    const basic = ['-r', file, '-d', `tcp.port==${port},tls`, '-Y', filter, '-T', 'fields'];
    const checks = ['-o', 'tcp.check_checksum:TRUE', '-o', 'ip.check_checksum:TRUE'];
    const { stdout } = await run(findProgram('tshark')!, [...basic, ...checks, ...more], { cwd: folder });
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('\t'));
  };
