import { describe, expect, test } from 'vitest';
import { PARAMETERS, type Parameter } from '../../src/app/why/asking.ts';
import { type WhyQuestion, why } from '../../src/app/why.ts';
import { known } from '../../src/base/known.ts';
import { clients } from '../../src/clients/index.ts';
import type { Identity } from '../../src/clients/model.ts';
import { probe } from '../../src/net/probe.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { languages } from '../../src/report/lang/language.ts';
import { plainStyle } from '../../src/report/render/style.ts';
import { renderWhyAs } from '../../src/report/render/why-formats.ts';
import type { WhyReport } from '../../src/report/why.ts';
import { sayDifferences } from '../../src/report/why-differences.ts';
import { parseCertificate } from '../../src/wire/x509/certificate.ts';
import { type Issued, issue } from '../support/pki.ts';
import { type Asks, startGnutls, startGo, startJava, startNode } from './kind-servers.ts';
import {
  findProgram,
  type Peer,
  type ServerFiles,
  startApache,
  startNginx,
  startOpenssl,
  startPeer,
  testFolder,
  testWith,
} from './peers.ts';

/** The comparison of `why` against real servers: what each answers to what, and which library answers. */

const root = issue({ subject: 'Root', ca: true });
const issuing = issue({ subject: 'Issuing CA', issuer: root, ca: true });
const other = issue({ subject: 'Other CA', ca: true });
const server = issue({ subject: 'www.example.com', issuer: issuing, subjectAltNames: ['www.example.com'] });
const rsaServer = issue({ subject: 'www.example.com', issuer: issuing, key: 'rsa' });
const client = issue({ subject: 'Client One', issuer: issuing, extendedKeyUsage: ['clientAuth'] });

async function files(own: Issued = server, authorities: readonly Issued[] = [issuing]): Promise<ServerFiles> {
  const folder = await testFolder({
    'server.pem': own.pem + issuing.pem,
    'server.key': own.keyPem,
    'authorities.pem': authorities.map((one) => one.pem).join(''),
  });
  return { folder, version: 'both' };
}

async function userOf(one: Issued): Promise<Pick<WhyQuestion, 'identity' | 'key'>> {
  const identity: Identity = {
    leaf: parseCertificate(one.der),
    held: [parseCertificate(issuing.der)],
    hasPrivateKey: true,
    reachable: known([]),
  };
  return { identity, key: (await nodeCrypto.signingKey(one.pkcs8))! };
}

interface Wish extends Partial<WhyQuestion> {
  readonly only?: readonly Parameter[];
  readonly paths?: readonly string[];
  readonly post?: boolean;
  readonly addresses?: readonly string[];
}

function compare(port: number, path = '/', wish: Wish = {}): Promise<WhyReport> {
  const { only = PARAMETERS, paths = [], post = false, addresses = [], ...question } = wish;
  return why(
    {
      url: new URL(`https://www.example.com:${port}${path}`),
      serverName: 'www.example.com',
      connectTo: '127.0.0.1',
      versions: [0x0304, 0x0303],
      compare: {
        parameters: new Set(only),
        oldVersions: [0x0302, 0x0301],
        otherName: 'other.invalid',
        paths,
        post,
      },
      ...question,
    },
    {
      probe,
      resolve: async () => addresses,
      digest: nodeCrypto,
      clients,
      now: Date.now(),
      toolVersion: '0',
    },
  );
}

describe('the library behind a server is named rightly or not at all', () => {
  const asking: Asks[] = ['none', 'want', 'need'];
  const opensslArgs = { none: ['-www'], want: ['-verify', '3', '-www'], need: ['-Verify', '3', '-www'] };
  const SERVERS: Readonly<
    Record<
      string,
      { kind: string; needs: (string | string[])[]; start(at: ServerFiles, asks: Asks): Promise<Peer> }
    >
  > = {
    'openssl s_server': {
      kind: 'openssl',
      needs: ['openssl'],
      start: (at, asks) => startOpenssl(at, ...opensslArgs[asks]),
    },
    nginx: { kind: 'openssl', needs: ['nginx'], start: (at) => startNginx(at) },
    Apache: {
      kind: 'openssl',
      needs: [['apache2', 'httpd']],
      start: (at, asks) => startApache(at, asks === 'none'),
    },
    Node: { kind: 'openssl', needs: ['node'], start: startNode },
    'gnutls-serv': { kind: 'gnutls', needs: ['gnutls-serv'], start: startGnutls },
    Java: { kind: 'java', needs: ['java', 'keytool', 'openssl'], start: startJava },
    Go: { kind: 'go', needs: ['go'], start: startGo },
  };
  for (const [name, { kind, needs, start }] of Object.entries(SERVERS))
    for (const asks of asking)
      testWith(needs, `${name}, certificate: ${asks}`, async () => {
        for (const own of [server, rsaServer]) {
          const { port } = await start(await files(own), asks);
          const report = await compare(port);
          const said = report.server!.kind;
          expect([kind, null]).toContain(said);
          // A certificate request shows most of the habits.
          if (report.probes.some(({ request }) => request !== null)) expect(said).toBe(kind);
        }
      });
});

/** 'TLS 1.2 /secure.txt renegotiation 200' for each connection. */
const told = (report: WhyReport): string[] =>
  report.probes.map((one) => {
    const { version, path, certificate, method, http2, postHandshakeAuth, resumed, serverName } =
      one.askedWith;
    const chosen = [
      version,
      path,
      ...(certificate === 'none' ? [] : ['shown']),
      ...(method === 'GET' ? [] : [method]),
      ...(http2 ? ['h2'] : []),
      ...(postHandshakeAuth ? ['pha'] : []),
      ...(resumed ? ['resumed'] : []),
      ...(serverName === 'www.example.com' ? [] : [String(serverName)]),
    ];
    return `${chosen.join(' ')}: ${one.asks ?? 'not asked'} ${one.http?.status ?? one.ending.is}`;
  });

testWith(
  [['apache2', 'httpd']],
  'Apache asks for one path after the request: found, and who can answer',
  async () => {
    const { port } = await startApache(await files(server, [issuing, root]), true);
    const wish: Wish = {
      ...(await userOf(client)),
      only: ['late', 'paths', 'certificate', 'post'],
      paths: ['/secure.txt'],
      post: true,
    };
    const report = await compare(port, '/index.txt', wish);
    expect(told(report)).toEqual([
      'TLS 1.3 /index.txt: not asked 200',
      'TLS 1.2 /index.txt: not asked 200',
      'TLS 1.3 /index.txt pha: not asked 200',
      'TLS 1.3 /secure.txt pha: post-handshake refused',
      'TLS 1.2 /secure.txt: renegotiation refused',
      'TLS 1.3 /secure.txt: not asked 403',
      'TLS 1.3 /secure.txt shown pha: post-handshake 200',
      'TLS 1.2 /secure.txt shown: renegotiation 200',
      expect.stringMatching(/^TLS 1.3 \/secure.txt POST pha: post-handshake/),
      expect.stringMatching(/^TLS 1.2 \/secure.txt POST: renegotiation/),
    ]);
    expect(report.paths).toMatchObject([
      { path: '/index.txt', asks: [], without: ['200'], with: [], accepted: null },
      {
        path: '/secure.txt',
        asks: ['post-handshake', 'renegotiation'],
        without: ['alert 116 certificate_required', 'alert 40 handshake_failure', '403'],
        with: ['200'],
        accepted: true,
      },
    ]);
    const text = renderWhyAs.text(report, { language: languages.en, verbose: false }, plainStyle);
    expect(text.replace(/\s+/g, ' ')).toContain(
      'What each path was answered /index.txt TLS 1.3, TLS 1.2 and TLS 1.3, post-handshake authentication announced: not asked for; without one 200' +
        ' /secure.txt TLS 1.3, post-handshake authentication announced: asked for after the request (post-handshake); without one alert 116 certificate_required; with it 200' +
        ' TLS 1.2: asked for after the request (renegotiation); without one alert 40 handshake_failure; with it 200' +
        ' TLS 1.3: not asked for; without one 403',
    );
    expect(sayDifferences(report, languages.en).join(' ')).toMatch(/path \/index.txt.*path \/secure.txt/);
    const answers = (id: string) =>
      report.clients.find((one) => one.id === id)!.decisions.map(({ when, offer }) => `${when} ${offer}`);
    expect(answers('openssl')).toContain('renegotiation offered');
    expect(answers('go')).toEqual(expect.arrayContaining(['post-handshake withheld']));
    expect(answers('chromium-linux')).toContain('post-handshake withheld');
  },
);

testWith(['openssl'], 'openssl asks in the handshake: with and without, fresh and resumed', async () => {
  const { port } = await startOpenssl(await files(), '-verify', '3', '-www');
  const report = await compare(port, '/', { ...(await userOf(client)) });
  expect(told(report)).toEqual([
    'TLS 1.3 /: handshake 200',
    'TLS 1.2 /: handshake 200',
    'TLS 1.1 /: not asked refused',
    'TLS 1.0 /: not asked refused',
    'TLS 1.3 / other.invalid: handshake 200',
    'TLS 1.3 / null: handshake 200',
    'TLS 1.3 / shown: handshake 200',
    'TLS 1.2 / shown: handshake 200',
    'TLS 1.3 / resumed: not asked 200',
    'TLS 1.3 / h2: handshake 200',
  ]);
});

testWith(['nginx'], 'a name of its own is found to have another list than the rest', async () => {
  const at = await files(server, [issuing]);
  const { port } = await startTwins(at);
  const report = await compare(port, '/', { only: ['sni'] });
  expect(report.lists.map(({ names }) => names.map(({ name }) => name))).toEqual([
    ['CN=Issuing CA'],
    ['CN=Other CA'],
  ]);
  expect(report.differences.map(({ of, what }) => [of, ...what])).toContainEqual(['list', 'serverName']);
});

/** Two servers on one port, told apart by the name. */
async function startTwins({ folder }: ServerFiles): Promise<Peer> {
  const { freePort } = await import('./peers.ts');
  const { writeFile } = await import('node:fs/promises');
  const port = await freePort();
  await writeFile(`${folder}/other.pem`, other.pem);
  const block = (name: string, list: string) => `
    server { listen 127.0.0.1:${port} ssl${name === '_' ? ' default_server' : ''}; server_name ${name};
      ssl_certificate ${folder}/server.pem; ssl_certificate_key ${folder}/server.key;
      ssl_client_certificate ${folder}/${list}; ssl_verify_client optional; return 200 "hello"; }`;
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  await writeFile(
    `${folder}/nginx.conf`,
    `daemon off; master_process off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
     events {} http { access_log off; ${temporary.map((one) => `${one}_temp_path ${folder}/${one};`).join(' ')}
     ${block('_', 'other.pem')} ${block('www.example.com', 'authorities.pem')} }`,
  );
  return startPeer(
    findProgram('nginx')!,
    ['-p', folder, '-c', `${folder}/nginx.conf`, '-e', `${folder}/error.log`],
    port,
    folder,
  );
}

testWith(['openssl'], 'of a farm the node that differs is found by its address', async () => {
  const { port } = await startOpenssl(await files(server, [issuing]), '-verify', '3', '-www');
  const odd = await files(server, [other]);
  const args = [
    's_server',
    '-accept',
    `127.0.0.2:${port}`,
    '-cert',
    'server.pem',
    '-key',
    'server.key',
    '-CAfile',
  ];
  await startPeer(
    findProgram('openssl')!,
    [...args, 'authorities.pem', '-verify', '3', '-www'],
    port,
    odd.folder,
    '127.0.0.2',
  );
  const report = await compare(port, '/', {
    connectTo: 'www.example.localhost',
    only: ['addresses'],
    addresses: ['127.0.0.1', '127.0.0.2'],
  });
  expect(report.probes.map((one) => one.address)).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.2']);
  expect(report.differences.map(({ of, what }) => [of, ...what])).toContainEqual(['list', 'address']);
});

test('one connection answers quickly', async () => {
  const port = await startNodeHere();
  const report = await compare(port, '/', { quick: true, ...(await userOf(client)) });
  expect(report.probes).toHaveLength(1);
  expect(report.probes[0]).toMatchObject({ asks: 'handshake', sent: 2, completed: true });
  expect(report.clients.length).toBeGreaterThan(0);
});

async function startNodeHere(): Promise<number> {
  const { httpsServer } = await import('../support/servers.ts');
  return httpsServer({
    key: server.keyPem,
    cert: server.pem,
    ca: [root.pem, issuing.pem],
    requestCert: true,
    rejectUnauthorized: false,
  });
}
