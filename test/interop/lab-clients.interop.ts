import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { answerOf, known } from '../../src/base/known.ts';
import go from '../../src/clients/go.ts';
import javaSunx509 from '../../src/clients/java-sunx509.ts';
import type { ClientModel, Identity } from '../../src/clients/model.ts';
import openssl from '../../src/clients/openssl.ts';
import { PKI_FILES, readPki, SITE_HOST } from '../../src/lab/pki.ts';
import { readHost } from '../../src/lab/state.ts';
import { probe } from '../../src/net/probe.ts';
import { issuerList } from '../../src/windows/schannel/issuer-list.ts';
import { printName } from '../../src/wire/x509/name.ts';
import { makeLab, type TestLab } from '../lab/support.ts';
import { findProgram, testWith } from './peers.ts';

const run = promisify(execFile);
const sources = path.join(import.meta.dirname, 'lab-clients');
const VERSIONS = ['TLSv1.2', 'TLSv1.3'] as const;
type Version = (typeof VERSIONS)[number];

interface Call {
  readonly lab: TestLab;
  readonly version: Version;
  /** File with the certificate chain and its key. */
  readonly identity: string;
  readonly path: string;
}

interface RealClient {
  readonly model: ClientModel;
  /** Programs that must be installed. */
  readonly needs: readonly string[];
  /** Compiles what has to be compiled. */
  prepare?(folder: string): Promise<unknown>;
  /** HTTP status, or null when the connection did not come to an answer. */
  get(call: Call, folder: string): Promise<number | null>;
}

const args = ({ lab, version, identity, path: target }: Call): string[] => [
  String(lab.port),
  SITE_HOST,
  target,
  version,
  path.join(lab.folder, PKI_FILES.root),
  identity,
];
const statusIn = (text: string): number | null => {
  const status = /status (\d{3})/.exec(text)?.[1];
  return status ? Number(status) : null;
};

const CLIENTS: Readonly<Record<string, RealClient>> = {
  curl: {
    model: openssl,
    needs: ['curl'],
    async get({ lab, version, identity, path: target }) {
      const only = version === 'TLSv1.2' ? ['--tlsv1.2', '--tls-max', '1.2'] : ['--tlsv1.3'];
      const { stdout } = await run('curl', [
        ...['--silent', '--output', '-', '--max-time', '10', '--write-out', '\nstatus %{http_code}'],
        ...['--noproxy', '*', '--http1.1', '--cacert', path.join(lab.folder, PKI_FILES.root)],
        ...['--cert', identity, '--resolve', `${SITE_HOST}:${lab.port}:127.0.0.1`, ...only],
        `https://${SITE_HOST}:${lab.port}${target}`,
      ]).catch((error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }));
      // curl tells 000 where no answer came.
      return statusIn(stdout) || null;
    },
  },
  'openssl s_client': {
    model: openssl,
    needs: ['openssl'],
    async get(call) {
      const text = await sClient(call);
      const status = /^HTTP\/1\.1 (\d{3})/m.exec(text)?.[1];
      return status ? Number(status) : null;
    },
  },
  Go: {
    model: go,
    needs: ['go'],
    prepare: (folder) =>
      run('go', ['build', '-o', path.join(folder, 'go-client'), path.join(sources, 'main.go')], {
        env: { ...process.env, GO111MODULE: 'off', GOCACHE: path.join(folder, 'go-cache'), GOFLAGS: '' },
      }),
    get: async (call, folder) => statusIn((await run(path.join(folder, 'go-client'), args(call))).stdout),
  },
  Java: {
    model: javaSunx509,
    needs: ['javac', 'java'],
    prepare: (folder) => run('javac', ['-d', folder, path.join(sources, 'LabClient.java')]),
    get: async (call, folder) =>
      statusIn((await run('java', ['-Xshare:auto', '-cp', folder, 'LabClient', ...args(call)])).stdout),
  },
};

/** The whole of what s_client prints, the answer behind it. */
async function sClient({ lab, version, identity, path: target }: Call): Promise<string> {
  const child = execFile('openssl', [
    ...['s_client', '-connect', `127.0.0.1:${lab.port}`, '-servername', SITE_HOST, '-ign_eof'],
    ...[version === 'TLSv1.2' ? '-tls1_2' : '-tls1_3', '-nameopt', 'RFC2253'],
    ...['-CAfile', path.join(lab.folder, PKI_FILES.root), '-cert', identity, '-key', identity],
  ]);
  child.stdin!.end(`GET ${target} HTTP/1.1\r\nHost: ${SITE_HOST}:${lab.port}\r\nConnection: close\r\n\r\n`);
  let text = '';
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on('data', (chunk: string) => {
      text += chunk;
    });
  }
  await new Promise((resolve) => child.on('close', resolve));
  return text;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'handclasp-peers-'));
  for (const { needs, prepare } of Object.values(CLIENTS)) {
    if (needs.every((program) => findProgram(program))) await prepare?.(folder);
  }
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The status that the client's model and the server's together foretell. */
async function foretold(
  lab: TestLab,
  model: ClientModel,
  version: Version,
  withCa: boolean,
): Promise<number> {
  const pki = (await readPki(lab.folder))!;
  const cas = withCa ? [pki.issuing.certificate] : [];
  const identity: Identity = {
    leaf: pki.user.certificate,
    hasPrivateKey: true,
    held: cas,
    reachable: known(cas),
  };
  const { request } = await probe(
    { host: '127.0.0.1', port: lab.port, serverName: SITE_HOST, path: '/' },
    { versions: [version === 'TLSv1.2' ? 0x0303 : 0x0304] },
  );
  expect(request).not.toBeNull();
  const { offer } = model.decide(request!, identity, Date.now());
  expect(['offered', 'withheld']).toContain(offer);
  return offer === 'offered' ? 200 : 403;
}

describe.each([
  ['healthy', false],
  ['broken', true],
] as const)('the %s lab', (_name, broken) => {
  let lab: TestLab;
  beforeAll(async () => {
    lab = await makeLab({ broken });
  });
  afterAll(() => lab.close());

  for (const [name, client] of Object.entries(CLIENTS)) {
    for (const version of VERSIONS) {
      for (const withCa of [false, true]) {
        const held = withCa ? 'the issuing CA beside it' : 'the leaf alone';
        testWith(client.needs, `answers ${name} over ${version} with ${held} as foretold`, async () => {
          const identity = identityFile(lab, withCa);
          const status = await client.get({ lab, version, identity, path: '/secure' }, folder);
          expect(status).toBe(await foretold(lab, client.model, version, withCa));
          const tail = status === 200 ? / 200 0 0 \d+$/ : / 403 7 5 \d+$/;
          expect((await lab.log()).at(-1)).toMatch(tail);
        });
      }
    }
  }

  for (const version of VERSIONS) {
    testWith(['openssl'], `names over ${version} to s_client whom the model names`, async () => {
      const text = await sClient({ lab, version, identity: identityFile(lab, false), path: '/secure' });
      const block = /^Acceptable client certificate CA names\n((?:.+=.+\n)+)/m.exec(text)?.[1] ?? '';
      const host = await readHost(lab.folder);
      const [record] = answerOf(host.bindings);
      const list = answerOf(issuerList(host, record!))!;
      const names = block.split('\n').filter((line) => /^[A-Z]+=/.test(line));
      expect(names).toEqual(list.names.map((one) => printName(one).replaceAll(', ', ',')));
    });
  }
});

describe('a certificate wanted after the request', () => {
  let lab: TestLab;
  beforeAll(async () => {
    lab = await makeLab();
    await lab.setRecord({ clientcertnegotiation: false });
  });
  afterAll(() => lab.close());

  const get = (client: RealClient, version: Version) =>
    client.get({ lab, version, identity: identityFile(lab, false), path: '/secure' }, folder);

  for (const [name, client] of Object.entries(CLIENTS)) {
    // Go refuses renegotiation unless it is told otherwise; the others take part.
    const status = name === 'Go' ? null : 200;
    testWith(
      client.needs,
      `is asked for by renegotiation under TLS 1.2, to which ${name} gets ${status}`,
      async () => {
        expect(await get(client, 'TLSv1.2')).toBe(status);
        const tail = status === 200 ? / 200 0 0 \d+$/ : / 403 7 64 \d+$/;
        expect((await lab.log()).at(-1)).toMatch(tail);
      },
    );

    testWith(client.needs, `ends in a reset for ${name} over TLS 1.3`, async () => {
      const lines = (await lab.log()).length;
      expect(await get(client, 'TLSv1.3')).toBeNull();
      expect(await lab.log()).toHaveLength(lines);
    });
  }
});

const identityFile = (lab: TestLab, withCa: boolean): string =>
  path.join(lab.folder, withCa ? PKI_FILES.userWithCa : PKI_FILES.user);
