import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { handclasp } from '../support/cli.ts';
import { issue } from '../support/pki.ts';
import { httpProxy, socks5Proxy } from '../support/proxies.ts';
import { httpsServer, tlsServer } from '../support/servers.ts';
import { starttlsServer } from '../support/starttls-servers.ts';

// How `why` comes to the point where TLS begins, as a user types it.

const root = issue({ subject: 'Root of clients', ca: true });
const identity = issue({ subject: 'localhost', issuer: root, subjectAltNames: ['127.0.0.1'] });
const asking = {
  key: identity.keyPem,
  cert: identity.pem,
  ca: [root.pem],
  requestCert: true,
  rejectUnauthorized: false,
};

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'handclasp-way-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function why(args: string[], environment: NodeJS.ProcessEnv = {}) {
  const clean = {
    HTTPS_PROXY: '',
    https_proxy: '',
    NO_PROXY: '',
    no_proxy: '',
    ALL_PROXY: '',
    all_proxy: '',
  };
  const run = await handclasp(['why', '--json', ...args], {
    env: { ...process.env, ...clean, ...environment },
  });
  expect(run.err).toBe('');
  const report = JSON.parse(run.out);
  return { code: run.code, report, names: namesIn(report) };
}

interface Report {
  readonly probes: readonly { request: null | { authorities: readonly { name: string }[] } }[];
}

const namesIn = ({ probes }: Report): string[] =>
  probes.flatMap(({ request }) => request?.authorities.map(({ name }) => name) ?? []);

const NAMED = new Set(['CN=Root of clients']);

test.each(['smtp', 'imap', 'ldap', 'postgres', 'mssql', 'rdp'])('%s://', async (scheme) => {
  const { port } = await starttlsServer(scheme, asking);
  const { code, report, names } = await why([`${scheme}://127.0.0.1:${port}`]);
  expect(new Set(names)).toEqual(NAMED);
  expect(report.url).toContain(`${scheme}://127.0.0.1:${port}`);
  expect(code).toBe(0);
});

test.each(['tls', 'smtps', 'ldaps'])('%s:// begins at once, and nothing is asked in it', async (scheme) => {
  let said = 0;
  const port = await tlsServer(asking, (socket) => socket.on('data', (chunk) => (said += chunk.length)));
  expect(new Set((await why([`${scheme}://127.0.0.1:${port}`])).names)).toEqual(NAMED);
  expect(said).toBe(0);
});

test.each([
  ['tds8', 'tds/8.0'],
  ['postgres-direct', 'postgresql'],
])('%s:// names its protocol by ALPN, without which such a server refuses', async (scheme, protocol) => {
  const protocols: (string | false | null)[] = [];
  const port = await tlsServer({ ...asking, ALPNProtocols: [protocol] }, (socket) =>
    protocols.push(socket.alpnProtocol),
  );
  expect(new Set((await why([`${scheme}://127.0.0.1:${port}`])).names)).toEqual(NAMED);
  expect(new Set(protocols)).toEqual(new Set([protocol]));
});

test('--starttls with a host alone, and with tls://', async () => {
  const { port } = await starttlsServer('pop3', asking);
  expect(new Set((await why([`127.0.0.1:${port}`, '--starttls', 'pop3'])).names)).toEqual(NAMED);
  expect(new Set((await why([`tls://127.0.0.1:${port}`, '--starttls', 'POP'])).names)).toEqual(NAMED);
});

test('a server that will not is quoted', async () => {
  const { port } = await starttlsServer('smtp', asking, async (caller) => {
    caller.say('220 a\r\n');
    await caller.line();
    caller.say('250-a\r\n250-STARTTLS\r\n250 SIZE\r\n');
    await caller.line();
    caller.say('454 4.7.0 TLS not available\r\n');
    return new Promise(() => undefined);
  });
  const { code, report, names } = await why([`smtp://127.0.0.1:${port}`]);
  expect(code).toBe(2);
  expect(names).toEqual([]);
  expect(report.headline).toContain('454 4.7.0 TLS not available');
});

test('a proxy with its password from the environment, from a file, and none', async () => {
  const [port, passed] = [await httpsServer(asking), await httpProxy({ credentials: 'ada:secret' })];
  const args = [`https://127.0.0.1:${port}/`, '--proxy', `http://ada@127.0.0.1:${passed.port}`];
  expect(new Set((await why(args, { HANDCLASP_PROXY_PASSWORD: 'secret' })).names)).toEqual(NAMED);
  const file = path.join(folder, 'password.txt');
  await writeFile(file, 'secret\n');
  expect(new Set((await why([...args, '--proxy-password-file', file])).names)).toEqual(NAMED);
  const refused = await why(args);
  expect(refused.code).toBe(2);
  expect(refused.report.headline).toContain(
    '407 Proxy Authentication Required (it asks for Negotiate, Basic)',
  );
});

test('a proxy of the environment counts only when it is asked for, and not where NO_PROXY stands against it', async () => {
  const [port, passed] = [await httpsServer(asking), await socks5Proxy('ada:secret')];
  const environment = { HTTPS_PROXY: `socks5h://ada:secret@127.0.0.1:${passed.port}` };
  const url = `https://127.0.0.1:${port}/`;
  await why([url], environment);
  await why([url, '--proxy', 'env'], { ...environment, NO_PROXY: '127.0.0.0/8' });
  expect(passed.asked).toEqual([]);
  expect(new Set((await why([url, '--proxy', 'env'], environment)).names)).toEqual(NAMED);
  expect(passed.asked.length).toBeGreaterThan(0);
});

test('a proxy that is spoken to by TLS', async () => {
  const secure = { key: identity.keyPem, cert: identity.pem };
  const [port, passed] = [await httpsServer(asking), await httpProxy({ secure })];
  const file = path.join(folder, 'root.pem');
  await writeFile(file, root.pem);
  const args = [`https://127.0.0.1:${port}/`, '--proxy', `https://127.0.0.1:${passed.port}`];
  expect(new Set((await why(args, { NODE_EXTRA_CA_CERTS: file })).names)).toEqual(NAMED);
  const { code, report } = await why(args);
  expect(code).toBe(2);
  expect(report.headline).toMatch(/the proxy https:.*certificate/i);
});

test.each([
  [['gopher://a'], /gopher:\/\/ is not spoken/],
  [['a', '--starttls', 'gopher'], /--starttls gopher: no such protocol[\s\S]*smtp/],
  [['https://a', '--starttls', 'smtp'], /the address says https, --starttls says smtp/],
  [['https://'], /not an address/],
  [['https://a b'], /not an address/],
  [['https://a', '--proxy', 'gopher://b'], /--proxy gopher:\/\/b: no proxy/],
  [['https://a', '--proxy', 'http://ada:secret@b'], /a password on the command line is seen/],
  [['https://a', '--proxy-password-file', 'x'], /--proxy-password-file without --proxy/],
  [
    ['https://a', '--proxy', 'http://ada@b', '--proxy-password-file', '/nowhere'],
    /\/nowhere: cannot be read/,
  ],
  [['https://a', '--proxy-protocol', 'v3'], /--proxy-protocol v3: no such version/],
  [['https://a', '--proxy-source', '192.0.2.1'], /--proxy-source without --proxy-protocol/],
  [['https://a', '--proxy-protocol', 'v1', '--proxy-source', 'here'], /--proxy-source here: not an address/],
] as const)('%j is wrong use', async (args, says) => {
  const { code, out, err } = await handclasp(['why', ...args]);
  expect({ code, out }).toEqual({ code: 64, out: '' });
  expect(err).toMatch(says);
  expect(err).not.toMatch(/secret/);
});
