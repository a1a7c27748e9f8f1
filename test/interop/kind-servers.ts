import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { findProgram, freePort, type Peer, type ServerFiles, startPeer } from './peers.ts';

/** Servers of other TLS libraries than OpenSSL, each asking for a client certificate or not. */

export type Asks = 'none' | 'want' | 'need';

const run = promisify(execFile);
const sources = path.join(import.meta.dirname, 'servers');

export async function startGnutls(
  { folder }: ServerFiles,
  asks: Asks,
  ...more: readonly string[]
): Promise<Peer> {
  const port = await freePort();
  const asking = { none: ['--disable-client-cert'], want: [], need: ['--require-client-cert'] }[asks];
  const args = [
    ...['--http', '--port', String(port), ...asking],
    ...['--x509certfile', 'server.pem', '--x509keyfile', 'server.key', '--x509cafile', 'authorities.pem'],
    ...more,
  ];
  return startPeer(findProgram('gnutls-serv')!, args, port, folder);
}

export async function startGo({ folder }: ServerFiles, asks: Asks): Promise<Peer> {
  const port = await freePort();
  const program = path.join(folder, 'kind-server');
  const env = { ...process.env, GO111MODULE: 'off', GOFLAGS: '' };
  await run(findProgram('go')!, ['build', '-o', program, path.join(sources, 'go/main.go')], { env });
  const asking = { none: 'none', want: 'request', need: 'require' }[asks];
  return startPeer(
    program,
    [String(port), 'server.pem', 'server.key', 'authorities.pem', asking],
    port,
    folder,
  );
}

const PASSWORD = 'password';

export async function startJava(
  { folder }: ServerFiles,
  asks: Asks,
  ...more: readonly string[]
): Promise<Peer> {
  const port = await freePort();
  const inFolder = { cwd: folder };
  const out = ['-out', 'server.p12', '-passout', `pass:${PASSWORD}`];
  await run(
    findProgram('openssl')!,
    ['pkcs12', '-export', '-in', 'server.pem', '-inkey', 'server.key', ...out],
    inFolder,
  );
  const store = ['-keystore', 'trust.p12', '-storetype', 'PKCS12', '-storepass', PASSWORD];
  const authorities = await readFile(path.join(folder, 'authorities.pem'), 'utf8');
  // keytool takes the first certificate of a file.
  for (const [i, pem] of authorities.split(/(?<=END CERTIFICATE-----\n)/).entries()) {
    await writeFile(path.join(folder, 'one.pem'), pem);
    const importing = ['-importcert', '-noprompt', '-alias', String(i), '-file', 'one.pem', ...store];
    await run(findProgram('keytool')!, importing, inFolder);
  }
  const program = [
    ...more,
    path.join(sources, 'KindServer.java'),
    String(port),
    'server.p12',
    'trust.p12',
    asks,
  ];
  return startPeer(findProgram('java')!, program, port, folder);
}

export async function startNode({ folder }: ServerFiles, asks: Asks): Promise<Peer> {
  const port = await freePort();
  const source = `
    const { readFileSync: read } = require('node:fs');
    require('node:https').createServer({
      key: read('server.key'), cert: read('server.pem'), ca: read('authorities.pem'),
      requestCert: ${asks !== 'none'}, rejectUnauthorized: ${asks === 'need'},
    }, (request, response) => response.end('hello')).listen(${port}, '127.0.0.1');`;
  await writeFile(path.join(folder, 'server.cjs'), source);
  return startPeer(process.execPath, ['server.cjs'], port, folder);
}
