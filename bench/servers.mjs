import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** Private servers on loopback for benchmarks, ended with them. */

export const has = (program) => spawnSync(program, ['version'], { stdio: 'ignore' }).error === undefined;

export async function freePort() {
  const server = net.createServer();
  const port = await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server.address().port));
  });
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A folder with server.pem, server.key (P-256) and authorities.pem, removed when `use` is done. */
export async function withFolder(use) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'handclasp-bench-'));
  try {
    const make = (name, subject) => {
      const key = [
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-keyout',
        `${name}.key`,
      ];
      const args = ['req', '-x509', ...key, '-out', `${name}.pem`, '-days', '30', '-subj', subject];
      const { status } = spawnSync('openssl', args, { cwd: folder, stdio: 'ignore' });
      if (status !== 0) throw new Error(`openssl made no certificate for ${subject}`);
    };
    make('server', '/CN=www.example.com');
    make('authorities', '/O=Example/CN=Example Issuing CA');
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** nginx with two workers that asks for a certificate in the handshake, or openssl s_server where there is none. */
export async function withServer(use) {
  return withFolder(async (folder) => {
    const port = await freePort();
    const [program, ...args] = has('nginx') ? nginx(folder, port) : openssl(port);
    const child = spawn(program, args, { cwd: folder, stdio: 'ignore' });
    try {
      await listening(port, child);
      return await use({ port, folder, name: path.basename(program) });
    } finally {
      await ended(child);
    }
  });
}

function nginx(folder, port) {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const config = `daemon off; worker_processes 2; pid ${folder}/pid; error_log ${folder}/error.log;
    events {} http { access_log off; ${temporary.map((one) => `${one}_temp_path ${folder}/${one};`).join(' ')}
    server { listen 127.0.0.1:${port} ssl; ssl_protocols TLSv1.2 TLSv1.3;
      ssl_certificate ${folder}/server.pem; ssl_certificate_key ${folder}/server.key;
      ssl_client_certificate ${folder}/authorities.pem; ssl_verify_client optional; return 200 "hello"; } }`;
  writeFileSync(`${folder}/nginx.conf`, config);
  return ['nginx', '-p', folder, '-c', `${folder}/nginx.conf`, '-e', `${folder}/error.log`];
}

const openssl = (port) => {
  const own = ['-cert', 'server.pem', '-key', 'server.key', '-CAfile', 'authorities.pem'];
  return ['openssl', 's_server', '-accept', `127.0.0.1:${port}`, ...own, '-verify', '3', '-www'];
};

/** Resolves when somebody listens on the port. */
export async function listening(port, child) {
  for (const until = Date.now() + 10_000; !(await connects(port)); ) {
    if (child.exitCode !== null || Date.now() > until) throw new Error('the server did not come up');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const connects = (port) =>
  new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(!!socket.destroy()));
    socket.once('error', () => resolve(false));
  });

/** Ends a child and waits for it. */
export function ended(child, signal = 'SIGTERM') {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  return gone;
}
