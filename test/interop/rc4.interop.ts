import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { conversationsOf } from '../capture/conversations.ts';
import { framesOf, pcap, type Said, segmentsOf } from '../capture/packets.ts';
import { issue } from '../support/pki.ts';
import { startGnutls } from './kind-servers.ts';
import { findProgram, testFolder, testWith } from './peers.ts';

// Nothing on Node speaks RC4 any more; GnuTLS does with itself. What they said is recorded between them.

const SUITES = ['ECDHE-RSA', 'RSA'].flatMap((exchange) => ['SHA1', 'MD5'].map((mac) => ({ exchange, mac })));

testWith(['gnutls-serv', 'gnutls-cli'], 'records under RC4 open with the key log of gnutls-cli', async () => {
  const authority = issue({ subject: 'Client CA', ca: true });
  const own = issue({ subject: 'localhost', key: 'rsa' });
  const folder = await testFolder({
    'server.pem': own.pem,
    'server.key': own.keyPem,
    'authorities.pem': authority.pem,
  });
  const opened: string[] = [];
  for (const { exchange, mac } of SUITES) {
    // No suite of elliptic curves has MD5.
    if (exchange !== 'RSA' && mac === 'MD5') continue;
    const priority = `NORMAL:-CIPHER-ALL:+ARCFOUR-128:-MAC-ALL:+${mac}:-KX-ALL:+${exchange}:-VERS-ALL:+VERS-TLS1.2`;
    const server = await startGnutls({ folder, version: 'TLSv1.2' }, 'want', '--priority', priority);
    const said: Said[] = [];
    const port = await recorder(server.port, said);
    const keyLog = path.join(folder, `${exchange}-${mac}.keys`);
    await new Promise<void>((resolve) => {
      const args = ['--insecure', '--priority', priority, '--port', String(port), '127.0.0.1'];
      const env = { ...process.env, SSLKEYLOGFILE: keyLog };
      const asking = execFile(findProgram('gnutls-cli')!, args, { env, timeout: 20_000 }, () => resolve());
      asking.stdin?.end('GET / HTTP/1.0\r\n\r\n');
    });
    const [seen] = conversationsOf(pcap(framesOf(segmentsOf(said))), await readFile(keyLog, 'utf8'));
    opened.push(`${exchange} ${mac} 0x${seen?.handshakes[0]?.cipherSuite?.toString(16)} ${seen?.opened}`);
    expect(seen?.handshakes[0]?.requests).toHaveLength(1);
  }
  expect(opened).toEqual([
    'ECDHE-RSA SHA1 0xc011 client,server',
    'RSA SHA1 0x5 client,server',
    'RSA MD5 0x4 client,server',
  ]);
});

/** Hands on what both sides say, and keeps it in the order in which it came. */
async function recorder(target: number, said: Said[]): Promise<number> {
  const server = net.createServer((client) => {
    const onward = net.connect(target, '127.0.0.1');
    for (const [side, from, to] of [
      [0, client, onward],
      [1, onward, client],
    ] as const) {
      from.on('data', (bytes) => {
        said.push({ side, bytes: new Uint8Array(bytes) });
        to.write(bytes);
      });
      from.on('end', () => to.end());
      from.on('error', () => to.destroy());
    }
  });
  onTestFinished(() => void server.close());
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
