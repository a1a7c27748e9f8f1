import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished, type TestFunction, test } from 'vitest';

/** Real servers and clients for interop tests: private instances on loopback, ended with the test that began them. */

const run = promisify(execFile);

/** `HANDCLASP_INTEROP=required`: what is missing fails instead of being skipped. */
const isRequired = process.env.HANDCLASP_INTEROP === 'required';

const found = new Map<string, string | null>();

/** Full path of the first of these programs that is installed. */
export function findProgram(...names: readonly string[]): string | null {
  const key = names.join(' ');
  const known = found.get(key);
  if (known !== undefined) return known;
  // Debian keeps servers where an ordinary user's PATH does not lead.
  const folders = [
    ...(process.env.PATH ?? '').split(path.delimiter),
    '/usr/sbin',
    '/usr/local/sbin',
    ...foldersOfPostgres(),
  ];
  const places = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  const program = places.find((place) => existsSync(place)) ?? null;
  found.set(key, program);
  return program;
}

function foldersOfPostgres(): string[] {
  const root = '/usr/lib/postgresql';
  return existsSync(root) ? readdirSync(root).map((version) => path.join(root, version, 'bin')) : [];
}

/** A test that needs programs: each a name, or names of which one will do. Skipped by name when one is missing. */
export function testWith(
  needs: readonly (string | readonly string[])[],
  name: string,
  body: TestFunction,
): void {
  const missing = needs.map((one) => [one].flat()).filter((names) => findProgram(...names) === null);
  const lacking = missing.map((names) => names.join(' or ')).join(', ');
  if (missing.length === 0) test(name, body);
  else if (!isRequired) test.skip(`${name} (not installed: ${lacking})`, body);
  else {
    test(name, () => {
      throw new Error(`not installed: ${lacking} (HANDCLASP_INTEROP=required)`);
    });
  }
}

/** A folder for one test. Servers that give up root must be able to read it. */
export async function testFolder(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'handclasp-interop-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await chmod(folder, 0o755);
  for (const [name, content] of Object.entries(files)) await writeFile(path.join(folder, name), content);
  return folder;
}

export async function freePort(): Promise<number> {
  const server = net.createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export interface Peer {
  readonly port: number;
  readonly process: ChildProcess;
  /** What it has written to stdout and stderr. */
  output(): string;
}

/** Starts a server and waits until it listens on the port. */
export async function startPeer(
  program: string,
  args: readonly string[],
  port: number,
  cwd: string,
  /** Where it listens; another server may listen on the port elsewhere. */
  address = '127.0.0.1',
): Promise<Peer> {
  const child = spawn(program, args, { cwd, stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('latin1');
    });
  }
  child.stdin.on('error', () => undefined);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  onTestFinished(async () => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 3000);
    await exited;
    clearTimeout(late);
  });
  for (const until = Date.now() + 10_000; !(await listens(port, address)); ) {
    if (child.exitCode !== null || Date.now() > until) {
      throw new Error(`${path.basename(program)} did not come up on port ${port}:\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { port, process: child, output: () => output };
}

function listens(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, host);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

export interface ServerFiles {
  /** server.pem (chain), server.key, authorities.pem lie there. */
  readonly folder: string;
  readonly version: 'TLSv1.2' | 'TLSv1.3' | 'both';
}

const protocols = (version: ServerFiles['version'], before = ''): string =>
  (version === 'both' ? ['TLSv1.2', 'TLSv1.3'] : [version]).map((one) => before + one).join(' ');

/** Further arguments come last. Unless told otherwise it answers GET with a page on the connection. */
export async function startOpenssl(
  { folder, version }: ServerFiles,
  ...more: readonly string[]
): Promise<Peer> {
  const port = await freePort();
  const args = [
    ...['s_server', '-accept', `127.0.0.1:${port}`],
    ...(version === 'both' ? [] : [version === 'TLSv1.2' ? '-tls1_2' : '-tls1_3']),
    ...[
      '-cert',
      'server.pem',
      '-cert_chain',
      'server.pem',
      '-key',
      'server.key',
      '-CAfile',
      'authorities.pem',
    ],
    ...(more.length > 0 ? more : ['-Verify', '3', '-verify_return_error', '-www']),
  ];
  return startPeer(findProgram('openssl')!, args, port, folder);
}

/** Answers with the verdict on the certificate and its subject. */
export async function startNginx({ folder, version }: ServerFiles): Promise<Peer> {
  const port = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const config = `
    daemon off; master_process off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
    events {}
    http {
      access_log off;
      ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
      server {
        listen 127.0.0.1:${port} ssl;
        ssl_certificate ${folder}/server.pem; ssl_certificate_key ${folder}/server.key; ssl_protocols ${protocols(version)};
        ssl_client_certificate ${folder}/authorities.pem; ssl_verify_client optional; ssl_verify_depth 3;
        location / { return 200 "$ssl_client_verify $ssl_client_s_dn"; }
      }
    }`;
  await writeFile(path.join(folder, 'nginx.conf'), config);
  const args = ['-p', folder, '-c', path.join(folder, 'nginx.conf'), '-e', path.join(folder, 'error.log')];
  return startPeer(findProgram('nginx')!, args, port, folder);
}

/** Asks for a certificate in the handshake, or, with `late`, only for /secure/, once the request is read. */
export async function startApache({ folder, version }: ServerFiles, late: boolean): Promise<Peer> {
  const port = await freePort();
  const modules = apacheModules();
  const wanted = ['mpm_event', 'authz_core', 'unixd', 'log_config', 'ssl', 'headers'];
  const loaded = wanted.filter((name) => existsSync(path.join(modules, `mod_${name}.so`)));
  const config = `
ServerRoot ${folder}
ServerName localhost
PidFile ${folder}/apache.pid
ErrorLog ${folder}/error.log
DocumentRoot ${folder}
Listen 127.0.0.1:${port}
${process.getuid?.() === 0 ? 'User daemon\nGroup daemon' : ''}
${loaded.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join('\n')}
SSLEngine on
SSLProtocol -all ${protocols(version, '+')}
SSLCertificateFile ${folder}/server.pem
SSLCertificateKeyFile ${folder}/server.key
SSLCACertificateFile ${folder}/authorities.pem
SSLVerifyDepth 3
${late ? '' : 'SSLVerifyClient optional'}
<Directory ${folder}>
  Require all granted
</Directory>
<Location />
  SSLOptions +StdEnvVars
  Header set X-Client "expr=%{SSL_CLIENT_VERIFY} %{SSL_CLIENT_S_DN_CN}"
</Location>
${late ? '<Location /secure.txt>\n  SSLVerifyClient require\n</Location>' : ''}
`;
  await writeFile(path.join(folder, 'apache.conf'), config);
  await writeFile(path.join(folder, 'secure.txt'), 'secure page');
  await writeFile(path.join(folder, 'index.txt'), 'open page');
  const args = ['-d', folder, '-f', path.join(folder, 'apache.conf'), '-DFOREGROUND'];
  return startPeer(findProgram('apache2', 'httpd')!, args, port, folder);
}

/** Where this Apache keeps its modules, by what it was built with. */
function apacheModules(): string {
  const built = spawnSync(findProgram('apache2', 'httpd')!, ['-V'], { encoding: 'utf8' }).stdout;
  const root = /HTTPD_ROOT="([^"]+)"/.exec(built)?.[1] ?? '/etc/apache2';
  const places = ['/usr/lib/apache2/modules', '/usr/lib64/httpd/modules', path.join(root, 'modules')];
  return places.find((place) => existsSync(place)) ?? places[0]!;
}

/** What openssl s_client prints of a CertificateRequest, as it prints it. */
export interface PrintedRequest {
  /** Each attribute as dotted OID, '=#' and the DER of its value in capitals; in wire order. */
  readonly names: readonly string[];
  readonly types: string | null;
  readonly algorithms: string;
}

export async function askWithOpenssl(
  port: number,
  version: ServerFiles['version'] | 'TLSv1' | 'TLSv1.1',
  ...more: readonly string[]
): Promise<PrintedRequest> {
  const flag = { TLSv1: '-tls1', 'TLSv1.1': '-tls1_1', 'TLSv1.2': '-tls1_2' }[version as string] ?? '-tls1_3';
  const args = [
    ...['s_client', '-connect', `127.0.0.1:${port}`, flag, '-cipher', 'DEFAULT:@SECLEVEL=0'],
    ...['-servername', 'www.example.com', '-nameopt', 'oid,dump_all,dump_der,sep_comma_plus', ...more],
  ];
  const asking = run(findProgram('openssl')!, args, { maxBuffer: 2 ** 24, timeout: 20_000 });
  asking.child.stdin?.end('Q\n');
  // Its exit code tells of the server's verdict, which is not asked here.
  const { stdout } = await asking.catch((failed: { stdout: string }) => failed);
  const list = /^Acceptable client certificate CA names\n((?:[0-9.]+=.*\n)*)/m.exec(stdout)?.[1] ?? '';
  return {
    names: list.split('\n').filter((line) => line !== ''),
    types: /^Client Certificate Types: (.*)$/m.exec(stdout)?.[1] ?? null,
    algorithms: sameInAllVersions(/^Requested Signature Algorithms: (.*)$/m.exec(stdout)?.[1] ?? ''),
  };
}

/** OpenSSL 3.0 came to print some schemes by their TLS names that it had printed as pairs. */
const sameInAllVersions = (algorithms: string): string =>
  algorithms
    .replaceAll(/rsa_pss_(?:pss|rsae)_sha(\d+)/g, 'RSA-PSS+SHA$1')
    .replaceAll(/ed(25519|448)/gi, 'Ed$1');
