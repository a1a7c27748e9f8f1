import net from 'node:net';
import { describe, expect } from 'vitest';
import { toHex } from '../../src/base/bytes.ts';
import { probe } from '../../src/net/probe.ts';
import type { ProbeOptions, ProbeResult } from '../../src/net/probe-types.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { ClientSession, type SessionEvent } from '../../src/wire/tls/session/client/index.ts';
import { type Issued, issue } from '../support/pki.ts';
import { printed } from './as-openssl.ts';
import {
  askWithOpenssl,
  type Peer,
  type ServerFiles,
  startApache,
  startNginx,
  startOpenssl,
  testFolder,
  testWith,
} from './peers.ts';

/** Our reading of real servers, held against what openssl s_client prints of the same servers. */

const [BMP, T61, IA5, PRINTABLE] = [0x1e, 0x14, 0x16, 0x13];
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
const odd: Issued[] = [
  issue({
    subject: [
      ['O', 'Ünïcödé 漢字'],
      ['CN', 'UTF8'],
    ],
    ca: true,
  }),
  issue({
    subject: [
      ['O', 'Bmp Äöü', BMP],
      ['CN', 'Bmp', BMP],
    ],
    ca: true,
  }),
  issue({
    subject: [
      ['O', 'Telex \xe4', T61],
      ['E', 'ca@example.com', IA5],
    ],
    ca: true,
  }),
  issue({ subject: [['CN', 'printable', PRINTABLE]], ca: true }),
  issue({ subject: [['CN', 'printable']], ca: true }),
  issue({
    subject: [
      ['1.2.3.4.5', 'unknown attribute'],
      ['CN', 'x'.repeat(300)],
    ],
    ca: true,
  }),
];
const server = issue({ subject: 'www.example.com', issuer: issuing, subjectAltNames: ['www.example.com'] });
const rsaServer = issue({ subject: 'rsa.example.com', issuer: issuing, key: 'rsa' });
const client = issue({ subject: 'Client One', issuer: issuing, extendedKeyUsage: ['clientAuth'] });
const rsaClient = issue({
  subject: 'Client RSA',
  issuer: issuing,
  key: 'rsa',
  extendedKeyUsage: ['clientAuth'],
});
const stranger = issue({ subject: 'Stranger', extendedKeyUsage: ['clientAuth'] });

const VERSIONS = ['TLSv1.2', 'TLSv1.3'] as const;
type Version = (typeof VERSIONS)[number];
const codeOf = (version: Version): number => (version === 'TLSv1.2' ? 0x0303 : 0x0304);

async function files(version: Version, authorities: readonly Issued[], own = server): Promise<ServerFiles> {
  const folder = await testFolder({
    'server.pem': own.pem + issuing.pem,
    'server.key': own.keyPem,
    'authorities.pem': authorities.map((one) => one.pem).join(''),
  });
  return { folder, version };
}

const PEERS: Readonly<
  Record<string, { needs: string | string[]; start: (at: ServerFiles) => Promise<Peer> }>
> = {
  openssl: { needs: 'openssl', start: (at) => startOpenssl(at) },
  nginx: { needs: 'nginx', start: startNginx },
  Apache: { needs: ['apache2', 'httpd'], start: (at) => startApache(at, false) },
};

function ask(port: number, version: Version, options: ProbeOptions = {}, path = '/'): Promise<ProbeResult> {
  const target = { host: '127.0.0.1', port, serverName: 'www.example.com', path };
  return probe(target, { http: true, versions: [codeOf(version)], ...options });
}

async function shows(identity: Issued): Promise<Pick<ProbeOptions, 'choose'>> {
  const key = (await nodeCrypto.signingKey(identity.pkcs8))!;
  return { choose: () => ({ chain: [identity.der, issuing.der], key }) };
}

describe.each(VERSIONS)('%s', (version) => {
  for (const [name, { needs, start }] of Object.entries(PEERS)) {
    testWith(['openssl', needs], `${name}: the request is what openssl s_client prints`, async () => {
      const { port } = await start(await files(version, [issuing, root, ...odd]));
      const theirs = await askWithOpenssl(port, version);
      const { request } = await ask(port, version);
      expect(theirs.names).toHaveLength(8);
      expect(printed(request!)).toEqual(theirs);
      // SSL_load_client_CA_file sorts nothing away: the bytes are those of the certificates' subjects.
      const subjects = [issuing, root, ...odd].map((one) => toHex(one.subject)).sort();
      expect(request!.authorities.map((one) => toHex(one.der)).sort()).toEqual(subjects);
    });

    testWith(['openssl', needs], `${name}: a list of 400 names`, async () => {
      const names = Array.from({ length: 400 }, (_, i) =>
        issue({ subject: `Authority ${i} ${'x'.repeat(60)}`, ca: true, key: root.keys }),
      );
      const { port } = await start(await files(version, names));
      const theirs = await askWithOpenssl(port, version);
      const { request } = await ask(port, version);
      expect(theirs.names).toHaveLength(400);
      expect(printed(request!)).toEqual(theirs);
    });

    testWith(['openssl', needs], `${name}: certificates of EC and RSA keys are accepted`, async () => {
      const { port } = await start(await files(version, [issuing, root], rsaServer));
      for (const identity of [client, rsaClient]) {
        const result = await ask(port, version, await shows(identity), '/index.txt');
        expect(result).toMatchObject({ end: { is: 'completed' }, sent: 2, serverSignature: 'good' });
        expect(result.http!.status).toBe(200);
        const said = result.http!.headers + result.http!.body;
        expect(said).toContain(identity === client ? 'Client One' : 'Client RSA');
      }
    });
  }

  testWith(
    ['openssl'],
    'openssl: no certificate, and one of a stranger, are refused by an alert',
    async () => {
      const { port } = await startOpenssl(await files(version, [issuing, root]));
      const none = await ask(port, version);
      const alert = version === 'TLSv1.2' ? 40 : 116;
      expect(none.end).toEqual({ is: 'refused', alert, after: 'client-certificate' });
      const key = (await nodeCrypto.signingKey(stranger.pkcs8))!;
      const foreign = await ask(port, version, { choose: () => ({ chain: [stranger.der], key }) });
      expect(foreign).toMatchObject({ end: { is: 'refused', after: 'client-certificate' }, sent: 1 });
    },
  );

  testWith(['nginx'], 'nginx: without a certificate the page says so', async () => {
    const { port } = await startNginx(await files(version, [issuing, root]));
    const result = await ask(port, version);
    expect(result).toMatchObject({ end: { is: 'completed' }, sent: 0, http: { status: 200, body: 'NONE ' } });
  });

  testWith([['apache2', 'httpd']], 'Apache: asks after the request, for the path that needs it', async () => {
    const { port } = await startApache(await files(version, [issuing, root]), true);
    const open = await ask(port, version, { postHandshakeAuth: true }, '/index.txt');
    expect(open).toMatchObject({ request: null, asked: null, http: { status: 200, body: 'open page' } });
    const shown = await ask(
      port,
      version,
      { postHandshakeAuth: true, ...(await shows(client)) },
      '/secure.txt',
    );
    const asked = version === 'TLSv1.2' ? 'renegotiation' : 'post-handshake';
    expect(shown).toMatchObject({ asked, sent: 2, http: { status: 200, body: 'secure page' } });
    expect(shown.request!.authorities.map((one) => toHex(one.der)).sort()).toEqual(
      [issuing, root].map((one) => toHex(one.subject)).sort(),
    );
    const empty = await ask(port, version, { postHandshakeAuth: true }, '/secure.txt');
    expect(empty).toMatchObject({ asked, sent: 0 });
    expect(empty.http?.status).not.toBe(200);
    const unable = await ask(port, version, { renegotiate: false }, '/secure.txt');
    expect(unable).toMatchObject({ request: null, sent: null });
    expect(unable.http?.status).not.toBe(200);
  });
});

testWith(['openssl'], 'every suite and group that we offer, by openssl', async () => {
  const suites = {
    'TLSv1.3': ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'],
    'TLSv1.2': [
      'ECDHE-ECDSA-AES128-GCM-SHA256',
      'ECDHE-ECDSA-AES256-GCM-SHA384',
      'ECDHE-ECDSA-CHACHA20-POLY1305',
    ],
  } as const;
  for (const version of VERSIONS) {
    for (const [i, group] of ['X25519', 'P-256', 'P-384', 'P-521'].entries()) {
      const suite = suites[version][i % 3]!;
      const flag = version === 'TLSv1.3' ? '-ciphersuites' : '-cipher';
      const more = [flag, suite, '-groups', group, '-www'];
      const { port } = await startOpenssl(await files(version, [issuing]), ...more);
      const result = await ask(port, version);
      expect(result).toMatchObject({
        end: { is: 'completed' },
        serverSignature: 'good',
        http: { status: 200 },
      });
      expect(result.http!.body).toContain(suite);
    }
  }
});

describe('openssl as an interactive peer', () => {
  /** A session on a socket; `wait` reads on until an event of that kind came. */
  async function talk(port: number, version: Version, postHandshakeAuth = false) {
    const { choose } = await shows(client);
    const options = { versions: [codeOf(version)], serverName: null, choose: choose!, postHandshakeAuth };
    const session = new ClientSession(options, nodeCrypto);
    const socket = net.connect(port, '127.0.0.1');
    const events: SessionEvent[] = [];
    const chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    socket.write((await session.start()).send);
    const wait = async (is: SessionEvent['is']): Promise<SessionEvent> => {
      for (;;) {
        const at = events.findIndex((event) => event.is === is);
        if (at >= 0) return events.splice(0, at + 1).at(-1)!;
        const { value, done } = await chunks.next();
        if (done) throw new Error(`closed before ${is}; seen: ${events.map((event) => event.is)}`);
        const effects = await session.receive(value);
        events.push(...effects.events);
        socket.write(effects.send);
      }
    };
    await wait('connected');
    return { session, socket, wait };
  }

  const serverWith = async (version: Version, ...more: string[]): Promise<Peer> =>
    startOpenssl(await files(version, [issuing, root]), ...more);
  const until = async (peer: Peer, text: string): Promise<void> => {
    while (!peer.output().includes(text)) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  testWith(['openssl'], 'KeyUpdate, wanted and unwanted', async () => {
    const peer = await serverWith('TLSv1.3', '-num_tickets', '0');
    const { session, socket, wait } = await talk(peer.port, 'TLSv1.3');
    for (const [command, word] of ['K', 'k'].map((one, i) => [one, `round ${i}`] as const)) {
      peer.process.stdin!.write(`${command}\n`);
      await wait('post-handshake');
      socket.write((await session.write(Buffer.from(`${word}\n`))).send);
      await until(peer, word);
      peer.process.stdin!.write(`answer to ${word}\n`);
      expect(await wait('data')).toMatchObject({ bytes: new Uint8Array(Buffer.from(`answer to ${word}\n`)) });
    }
    socket.destroy();
  });

  testWith(['openssl'], 'post-handshake authentication', async () => {
    const peer = await serverWith('TLSv1.3', '-num_tickets', '0', '-verify', '3');
    const { socket, wait } = await talk(peer.port, 'TLSv1.3', true);
    peer.process.stdin!.write('c\n');
    expect(await wait('certificate-request')).toMatchObject({ asked: 'post-handshake' });
    expect(await wait('client-certificate')).toMatchObject({ sent: 2 });
    await until(peer, 'Client One');
    socket.destroy();
  });

  testWith(['openssl'], 'renegotiation of TLS 1.2', async () => {
    // Without -verify: with it s_server has the certificate already and does not ask again.
    const peer = await serverWith('TLSv1.2', '-no_ticket', '-no_resumption_on_reneg');
    const { session, socket, wait } = await talk(peer.port, 'TLSv1.2');
    peer.process.stdin!.write('R\n');
    expect(await wait('hello-request')).toMatchObject({ answered: true });
    expect(await wait('certificate-request')).toMatchObject({ asked: 'renegotiation' });
    await wait('connected');
    socket.write((await session.write(Buffer.from('after it\n'))).send);
    await until(peer, 'after it');
    socket.destroy();
  });
});
