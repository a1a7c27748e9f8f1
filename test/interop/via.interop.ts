import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect } from 'vitest';
import { probe } from '../../src/net/probe.ts';
import type { ProbeOptions } from '../../src/net/probe-types.ts';
import { issue } from '../support/pki.ts';
import { httpsServer } from '../support/servers.ts';
import { findProgram, freePort, type Peer, startPeer, testFolder, testWith } from './peers.ts';

/** Ways to a server through real proxies, and a real server behind the PROXY protocol. */

const root = issue({ subject: 'Root of clients', ca: true });
const server = issue({ subject: 'www.example.com', issuer: root });
const asking = {
  key: server.keyPem,
  cert: server.pem,
  ca: [root.pem],
  requestCert: true,
  rejectUnauthorized: false,
};
const PASSWORD = 'secret';

async function startTinyproxy(): Promise<Peer> {
  const [port, folder] = [await freePort(), await testFolder({})];
  const config = `Port ${port}\nListen 127.0.0.1\nTimeout 20\nMaxClients 9\nBasicAuth ada ${PASSWORD}\n`;
  await writeFile(path.join(folder, 'tinyproxy.conf'), config);
  return startPeer(
    findProgram('tinyproxy')!,
    ['-d', '-c', path.join(folder, 'tinyproxy.conf')],
    port,
    folder,
  );
}

async function startMicrosocks(): Promise<Peer> {
  const [port, folder] = [await freePort(), await testFolder({})];
  const args = ['-i', '127.0.0.1', '-p', String(port), '-u', 'ada', '-P', PASSWORD];
  return startPeer(findProgram('microsocks')!, args, port, folder);
}

const PROXIES = [
  ['tinyproxy', 'http', startTinyproxy],
  ['microsocks', 'socks5', startMicrosocks],
  ['microsocks', 'socks5h', startMicrosocks],
] as const;

const ask = (port: number, options: ProbeOptions) =>
  probe(
    { host: 'localhost', port, serverName: 'www.example.com', path: '/' },
    { http: true, timeout: 8000, ...options },
  );

describe.each(PROXIES)('%s as %s', (program, kind, start) => {
  testWith([program], 'leads to the server', async () => {
    const [target, { port }] = [await httpsServer(asking), await start()];
    const proxy = { kind, host: '127.0.0.1', port, user: 'ada', password: PASSWORD };
    const result = await ask(target, { proxy });
    expect(result).toMatchObject({ end: { is: 'completed' }, address: null, sent: 0, http: { status: 200 } });
    expect(result.request!.authorities).toHaveLength(1);
  });

  testWith(
    [program],
    'refuses without the password, with a wrong one, and where nothing listens',
    async () => {
      const { port } = await start();
      const closed = await freePort();
      const proxy = { kind, host: '127.0.0.1', port };
      for (const more of [{}, { user: 'ada', password: 'wrong' }, { user: 'ada', password: PASSWORD }]) {
        const { end } = await ask(closed, { proxy: { ...proxy, ...more } });
        expect(end).toMatchObject({ is: 'before-tls', stage: 'proxy', protocol: kind, how: 'refused' });
      }
    },
  );
});

async function startNginx(): Promise<Peer> {
  const port = await freePort();
  const folder = await testFolder({
    'server.pem': server.pem,
    'server.key': server.keyPem,
    'authorities.pem': root.pem,
  });
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const config = `
    daemon off; master_process off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
    events {}
    http {
      access_log off;
      ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
      server {
        listen 127.0.0.1:${port} ssl proxy_protocol;
        ssl_certificate ${folder}/server.pem; ssl_certificate_key ${folder}/server.key;
        ssl_client_certificate ${folder}/authorities.pem; ssl_verify_client optional;
        location / { return 200 "$proxy_protocol_addr $proxy_protocol_port $proxy_protocol_server_port"; }
      }
    }`;
  await writeFile(path.join(folder, 'nginx.conf'), config);
  const args = ['-p', folder, '-c', path.join(folder, 'nginx.conf'), '-e', path.join(folder, 'error.log')];
  return startPeer(findProgram('nginx')!, args, port, folder);
}

describe.each(['v1', 'v2'] as const)('the PROXY protocol, %s', (version) => {
  testWith(['nginx'], 'nginx learns who calls', async () => {
    const { port } = await startNginx();
    const real = await ask(port, { proxyHeader: { version } });
    expect(real.http?.body).toMatch(new RegExp(`^127\\.0\\.0\\.1 \\d+ ${port}$`));
    expect(real.request!.authorities).toHaveLength(1);
    for (const address of ['192.0.2.7', '2001:db8::7']) {
      const given = await ask(port, { proxyHeader: { version, source: { address, port: 4711 } } });
      expect(given.http?.body).toBe(`${address} 4711 ${port}`);
    }
  });

  testWith(['nginx'], 'nginx refuses to be spoken to without it', async () => {
    const { port } = await startNginx();
    expect((await ask(port, {})).end).toMatchObject({ is: expect.stringMatching(/closed|reset/) });
  });
});
