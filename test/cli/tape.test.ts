import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { handclasp } from '../support/cli.ts';
import { issue } from '../support/pki.ts';
import { httpsServer } from '../support/servers.ts';

const root = issue({ subject: 'Root', ca: true });
const server = issue({ subject: 'www.example.com', issuer: root });
const asking = {
  key: server.keyPem,
  cert: server.pem,
  ca: [root.pem],
  requestCert: true,
  rejectUnauthorized: false,
};

async function folder(): Promise<string> {
  const made = await mkdtemp(path.join(os.tmpdir(), 'handclasp-tape-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

test('--wire shows the handshake with the names of the list', async () => {
  const port = await httpsServer(asking);
  const { out } = await handclasp(['why', `https://127.0.0.1:${port}/`, '--tls', '1.3', '--quick', '--wire']);
  expect(out).toMatch(/^127\.0\.0\.1 port \d+ to 127\.0\.0\.1 port \d+$/m);
  expect(out).toContain('← CertificateRequest ');
  expect(out).toMatch(/ DistinguishedName: CN=Root$/m);
  const json = await handclasp(['why', `https://127.0.0.1:${port}/`, '--quick', '--wire', '--json']);
  expect(JSON.parse(json.out)).toMatchObject({ tool: { name: 'handclasp' } });
  expect(json.err).toContain('← CertificateRequest ');
});

test('--pcap and --keylog write files that only their owner reads', async () => {
  const port = await httpsServer(asking);
  const at = await folder();
  const [pcap, keylog] = [path.join(at, 'why.pcapng'), path.join(at, 'why.keys')];
  // A file that others could read does not stay so.
  await writeFile(keylog, 'old', { mode: 0o644 });
  const args = ['why', `https://127.0.0.1:${port}/`, '--quick', '--pcap', pcap, '--keylog', keylog];
  const { err } = await handclasp(args);
  expect(err).toContain(`${pcap}: 1 connection, and the keys that open it, for Wireshark`);
  expect(err).toContain(
    `${keylog}: the keys of 1 connection; whoever has them can read what was exchanged there`,
  );
  expect((await stat(keylog)).mode & 0o777).toBe(0o600);
  expect((await stat(pcap)).mode & 0o777).toBe(0o600);
  expect(await readFile(keylog, 'utf8')).toMatch(/^(?:[A-Z_0-9]+ [0-9a-f]{64} [0-9a-f]{64,96}\n){4}$/);
  expect((await readFile(pcap)).readUInt32BE(0)).toBe(0x0a0d0d0a);
});

test('what cannot be written, or recorded, is said', async () => {
  const port = await httpsServer(asking);
  const nowhere = path.join(await folder(), 'no', 'such.keys');
  const lost = await handclasp(['why', `https://127.0.0.1:${port}/`, '--quick', '--keylog', nowhere]);
  expect([lost.code, lost.err]).toEqual([64, expect.stringContaining(`cannot write ${nowhere}`)]);
  const many = await handclasp(['why', '--targets', 'x', '--wire']);
  expect([many.code, many.err]).toEqual([64, expect.stringContaining('--targets with --wire')]);
});
