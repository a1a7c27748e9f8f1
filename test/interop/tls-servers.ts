import { readFile, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { type Asks, startGnutls, startGo, startJava } from './kind-servers.ts';
import { findProgram, freePort, type Peer, type ServerFiles, startOpenssl, startPeer } from './peers.ts';

/** Servers that still speak TLS 1.0 when told to, with what each needs. */
export interface OldServer {
  readonly needs: readonly (string | readonly string[])[];
  start(files: ServerFiles): Promise<Peer>;
}

const OPENSSL_OLD = 'DEFAULT:@SECLEVEL=0';
const GNUTLS_OLD = 'NORMAL:+VERS-TLS1.0:+VERS-TLS1.1:+3DES-CBC:+SIGN-RSA-SHA1:+SIGN-ECDSA-SHA1:%COMPAT';
const WANT: Asks = 'want';

export const SERVERS: Readonly<Record<string, OldServer>> = {
  openssl: {
    needs: ['openssl'],
    start: (files) =>
      startOpenssl(
        { ...files, version: 'both' },
        ...['-cipher', OPENSSL_OLD, '-min_protocol', 'TLSv1', '-verify', '3', '-www'],
      ),
  },
  HAProxy: { needs: ['openssl', 'haproxy'], start: startHaproxy },
  stunnel: { needs: ['openssl', ['stunnel4', 'stunnel']], start: startStunnel },
  GnuTLS: {
    needs: ['openssl', 'gnutls-serv'],
    start: (files) => startGnutls(files, WANT, '--priority', GNUTLS_OLD),
  },
  Java: { needs: ['openssl', 'java', 'keytool'], start: startOldJava },
  Go: { needs: ['openssl', 'go'], start: (files) => startGo(files, WANT) },
};

async function startHaproxy({ folder }: ServerFiles): Promise<Peer> {
  const port = await freePort();
  await combine(folder);
  const verify = `ca-file ${folder}/authorities.pem verify optional crt-ignore-err all ca-ignore-err all`;
  const config = `
global
  ssl-default-bind-ciphers ${OPENSSL_OLD}
defaults
  mode http
  timeout client 10s
  timeout server 10s
  timeout connect 5s
frontend secure
  bind 127.0.0.1:${port} ssl crt ${folder}/combined.pem ${verify} ssl-min-ver TLSv1.0
  http-request return status 200 content-type text/plain lf-string "hello %[ssl_c_s_dn(CN)]"
`;
  await writeFile(path.join(folder, 'haproxy.cfg'), config);
  return startPeer(findProgram('haproxy')!, ['-db', '-f', 'haproxy.cfg'], port, folder);
}

/** Passes what it decrypts to a server of ours. */
async function startStunnel({ folder }: ServerFiles): Promise<Peer> {
  const port = await freePort();
  await combine(folder);
  const behind = http.createServer((_, response) => response.end('hello'));
  await new Promise<void>((resolve) => behind.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void behind.close());
  const config = `
foreground = yes
pid =
[secure]
accept = 127.0.0.1:${port}
connect = 127.0.0.1:${(behind.address() as AddressInfo).port}
cert = ${folder}/combined.pem
CAfile = ${folder}/authorities.pem
verify = 1
sslVersionMin = TLSv1
securityLevel = 0
ciphers = ${OPENSSL_OLD}
`;
  await writeFile(path.join(folder, 'stunnel.conf'), config);
  return startPeer(findProgram('stunnel4', 'stunnel')!, ['stunnel.conf'], port, folder);
}

/** The JDK forbids old versions in a file of settings, and another file takes that back. */
async function startOldJava(files: ServerFiles): Promise<Peer> {
  const settings = path.join(files.folder, 'old.security');
  await writeFile(settings, 'jdk.tls.disabledAlgorithms=anon, NULL\njdk.certpath.disabledAlgorithms=MD2\n');
  const protocols = '-Djdk.tls.server.protocols=TLSv1,TLSv1.1,TLSv1.2,TLSv1.3';
  return startJava(files, WANT, `-Djava.security.properties=${settings}`, protocols);
}

async function combine(folder: string): Promise<void> {
  const parts = ['server.pem', 'server.key'].map((name) => readFile(path.join(folder, name), 'utf8'));
  await writeFile(path.join(folder, 'combined.pem'), (await Promise.all(parts)).join(''));
}
