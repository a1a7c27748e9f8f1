import crypto from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { answerOf } from '../../src/base/known.ts';
import { PKI_FILES, SITE_HOST } from '../../src/lab/pki.ts';
import scenario from '../../src/lab/scenarios/renewal-lost-ctl-store.ts';
import { type Lab, startLab } from '../../src/lab/server.ts';
import { setUp } from '../../src/lab/set-up.ts';
import { changeHost } from '../../src/lab/state.ts';
import { lastLogLines } from '../../src/lab/w3c-log.ts';
import type { Host } from '../../src/windows/host.ts';
import { bindingByKey, withBinding } from '../../src/windows/host.ts';
import { type FieldValues, withFields } from '../../src/windows/http-sys/record.ts';
import {
  type CertificateRequest,
  decodeCertificateRequest,
} from '../../src/wire/tls/handshake/certificate-request.ts';
import {
  codesExtension,
  encodeClientHello,
  serverNameExtension,
} from '../../src/wire/tls/handshake/client-hello.ts';
import { encodeHandshake, HandshakeAssembler } from '../../src/wire/tls/handshake/message.ts';
import { encodeRecord, RecordReader } from '../../src/wire/tls/record.ts';
import { EXTENSION } from '../../src/wire/tls/registry/extension-type.ts';
import { HANDSHAKE } from '../../src/wire/tls/registry/handshake-type.ts';

/** A lab in a folder of its own, on a free port of loopback, with a client beside it. */
export interface TestLab {
  readonly folder: string;
  readonly port: number;
  readonly lab: Lab;
  readonly notes: string[];
  /** PEM texts of the files that the lab leaves for its user. */
  file(name: keyof typeof PKI_FILES): Promise<string>;
  change(how: (host: Host) => Host): Promise<Host>;
  setRecord(values: FieldValues): Promise<Host>;
  get(options?: GetOptions): Promise<Answer>;
  log(): Promise<string[]>;
  close(): Promise<void>;
}

export interface GetOptions {
  readonly path?: string;
  /** Shown when asked for; none when omitted. */
  readonly with?: 'user' | 'userWithCa';
  readonly tls?: 'TLSv1.2' | 'TLSv1.3';
  readonly serverName?: string;
  readonly hostHeader?: string;
  readonly method?: string;
  readonly body?: Uint8Array;
  readonly address?: string;
  /** Takes any server certificate. */
  readonly trusting?: boolean;
}

export interface Answer {
  /** null: the server ended the connection instead. */
  readonly status: number | null;
  readonly head: string;
  readonly body: string;
  /** Error code of the socket: ECONNRESET. */
  readonly error: string | null;
  readonly protocol: string | null;
}

export async function tempFolder(): Promise<string> {
  return mkdtemp(path.join(os.tmpdir(), 'handclasp-lab-'));
}

export async function makeLab({ broken = false } = {}): Promise<TestLab> {
  const folder = await tempFolder();
  const port = await freePort();
  await setUp(folder, scenario, { port, now: Date.now(), broken });
  const notes: string[] = [];
  const lab = await startLab(folder, { onNote: (note) => notes.push(note), patience: 5000 });
  const file = (name: keyof typeof PKI_FILES) => readFile(path.join(folder, PKI_FILES[name]), 'utf8');
  const change = (how: (host: Host) => Host) => changeHost(folder, how);
  const key = { kind: 'hostnameport', value: `${SITE_HOST}:${port}` } as const;
  return {
    folder,
    port,
    lab,
    notes,
    file,
    change,
    setRecord: (values) =>
      change((host) => withBinding(host, withFields(answerOf(bindingByKey(host, key))!, values))),
    async get(options = {}) {
      const root = await file('root');
      const identity = options.with ? await file(options.with) : null;
      return get(port, root, identity, options);
    },
    log: () => lastLogLines(folder, 1000),
    async close() {
      await lab.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function get(port: number, root: string, identity: string | null, options: GetOptions): Promise<Answer> {
  const { path: target = '/secure', method = 'GET', body = new Uint8Array(0) } = options;
  const { serverName = SITE_HOST, address = '127.0.0.1', tls: version } = options;
  const hostHeader = options.hostHeader ?? `${SITE_HOST}:${port}`;
  return new Promise((resolve) => {
    const client = tls.connect({
      host: address,
      port,
      servername: serverName,
      ca: root,
      rejectUnauthorized: options.trusting !== true,
      checkServerIdentity: () => undefined,
      ...(identity ? { cert: identity, key: identity } : {}),
      ...(version ? { minVersion: version, maxVersion: version } : {}),
    });
    let text = '';
    let error: string | null = null;
    let protocol: string | null = null;
    client.once('secureConnect', () => {
      protocol = client.getProtocol();
      client.write(
        `${method} ${target} HTTP/1.1\r\nHost: ${hostHeader}\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n`,
      );
      client.write(body);
    });
    client.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
    });
    client.on('error', (failure: NodeJS.ErrnoException) => {
      error = failure.code ?? failure.message;
    });
    client.on('close', () => {
      const [head = '', ...rest] = text.split('\r\n\r\n');
      const status = /^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1];
      resolve({
        status: status ? Number(status) : null,
        head,
        body: rest.join('\r\n\r\n'),
        error,
        protocol,
      });
    });
  });
}

/** A record with a ClientHello of TLS 1.2. */
export function clientHello(serverName = SITE_HOST): Uint8Array {
  const hello = encodeClientHello({
    version: 0x0303,
    random: crypto.randomBytes(32),
    sessionId: new Uint8Array(0),
    cipherSuites: [0xc02b, 0xc02c],
    compressionMethods: [0],
    extensions: [
      serverNameExtension(serverName),
      codesExtension(EXTENSION.supportedGroups, [23]),
      codesExtension(EXTENSION.signatureAlgorithms, [0x0403]),
    ],
  });
  return encodeRecord(22, 0x0301, encodeHandshake(HANDSHAKE.clientHello, hello));
}

/** The CertificateRequest of the first TLS 1.2 handshake, which is in the clear; null: none came. */
export function requestOnWire(port: number): Promise<CertificateRequest | null> {
  return new Promise((resolve, reject) => {
    const records = new RecordReader();
    const messages = new HandshakeAssembler();
    const socket = net.connect(port, '127.0.0.1');
    socket.write(clientHello());
    socket.on('error', reject).on('close', () => resolve(null));
    socket.on('data', (chunk: Buffer) => {
      records.push(chunk);
      for (let record = records.next(); record; record = records.next()) messages.push(record.fragment);
      for (let message = messages.next(); message; message = messages.next()) {
        if (message.type === HANDSHAKE.certificateRequest) {
          resolve(decodeCertificateRequest(message.body, 0x0303));
        }
        if (message.type === HANDSHAKE.serverHelloDone) socket.destroy();
      }
    });
  });
}
