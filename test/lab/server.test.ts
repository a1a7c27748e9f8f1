import net from 'node:net';
import tls from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { known } from '../../src/base/known.ts';
import { SITE_HOST } from '../../src/lab/pki.ts';
import { startLab } from '../../src/lab/server.ts';
import { printName } from '../../src/wire/x509/name.ts';
import { clientHello, freePort, makeLab, requestOnWire, type TestLab } from './support.ts';

const ISSUING = 'CN=Handclasp Lab Issuing CA, O=Handclasp Lab';
const ROOTS = [
  'CN=Handclasp Lab Unrelated Root CA, O=Handclasp Lab',
  'CN=Handclasp Lab Root CA, O=Handclasp Lab',
];

let lab: TestLab;
afterEach(() => lab.close());

const namesOnWire = async () => (await requestOnWire(lab.port))?.authorities.map(printName) ?? null;
/** The end of a log line: sc-status sc-substatus sc-win32-status. */
const codesOf = (line: string | undefined) => line?.split(' ').slice(-4, -1).join(' ');

describe('a healthy host', () => {
  beforeEach(async () => {
    lab = await makeLab();
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('lets the user in over %s', async (version) => {
    const answer = await lab.get({ with: 'user', tls: version });
    expect(answer).toMatchObject({ status: 200, protocol: version });
    expect(answer.head).toContain('Server: Microsoft-IIS/10.0');
    expect(answer.head).toContain('X-Handclasp-Lab: 1');
    expect(answer.body).toContain('Logged on as CN=Handclasp Lab User');
    expect(codesOf((await lab.log())[0])).toBe('200 0 0');
  });

  test('names what the store of the record holds', async () => {
    expect(await namesOnWire()).toEqual([ISSUING]);
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('refuses an empty Certificate over %s', async (version) => {
    const answer = await lab.get({ tls: version });
    expect(answer.status).toBe(403);
    expect(answer.body).toContain('HTTP Error 403.7 - Forbidden');
    expect(codesOf((await lab.log())[0])).toBe('403 7 5');
  });

  test('serves a path that requires none to whoever comes', async () => {
    expect((await lab.get({ path: '/' })).status).toBe(200);
  });

  test('resets what no record answers, and what is no TLS', async () => {
    expect(await lab.get({ serverName: 'elsewhere.localhost' })).toMatchObject({ error: 'ECONNRESET' });
    const plain = net.connect(lab.port, '127.0.0.1');
    plain.write('GET / HTTP/1.1\r\n\r\n');
    const error = await new Promise((resolve) => plain.on('error', resolve));
    expect(error).toMatchObject({ code: 'ECONNRESET' });
    expect(await lab.log()).toEqual([]);
    expect(lab.notes).toEqual([`no record answers elsewhere.localhost:${lab.port}`, 'no ClientHello came']);
  });

  test('answers a Host header that no site has by itself, without a log line', async () => {
    const answer = await lab.get({ path: '/', hostHeader: 'elsewhere.localhost' });
    expect(answer.status).toBe(400);
    expect(await lab.log()).toEqual([]);
  });

  test('sees what a record says now', async () => {
    await lab.setRecord({ disabletls13: true });
    expect((await lab.get({ path: '/' })).protocol).toBe('TLSv1.2');
    await lab.setRecord({ disabletls13: false, disabletls12: true });
    expect((await lab.get({ path: '/', tls: 'TLSv1.2' })).status).toBeNull();
    await lab.setRecord({ disabletls12: false, reject: true });
    expect(await lab.get({ path: '/' })).toMatchObject({ error: 'ECONNRESET' });
  });

  test('names nobody when the list is off, and still asks', async () => {
    await lab.change((host) => ({
      ...host,
      schannel: { ...host.schannel, sendTrustedIssuerList: known(0) },
    }));
    expect(await namesOnWire()).toEqual([]);
    expect((await lab.get({ with: 'user' })).status).toBe(200);
  });

  test('opens and closes ports as the records say', async () => {
    const other = await freePort();
    await lab.change((host) => ({
      ...host,
      sites: known(
        host.sites.is === 'known'
          ? host.sites.value.map((site) => ({
              ...site,
              bindings: [
                ...site.bindings,
                { protocol: 'https', information: `*:${other}:${SITE_HOST}`, sslFlags: 1 },
              ],
            }))
          : [],
      ),
    }));
    await expect.poll(() => lab.lab.ports.map((one) => one.port)).toContain(other);
  });

  test('outlives clients that mean no good', async () => {
    const hello = clientHello();
    const visits = [
      hello.subarray(0, 20),
      hello,
      Buffer.from([22, 3, 1, 255, 255, 1]),
      Buffer.alloc(100_000, 22),
      Buffer.from('\0'),
      new Uint8Array(0),
    ].flatMap((bytes) => [visit(lab.port, bytes, 'end'), visit(lab.port, bytes, 'destroy')]);
    await Promise.all(visits);
    const garbage = await lab.get({ path: '/\r\nnot a header\r\n' });
    expect(garbage.status === null || garbage.status === 400).toBe(true);
    expect((await lab.get({ with: 'user' })).status).toBe(200);
  });

  test('does not start twice on one folder', async () => {
    await expect(startLab(lab.folder)).rejects.toThrow(/a lab runs there already/);
  });

  test('keeps what the client sent apart from what the server knows', async () => {
    // The issuing CA is gone from the store where chains are built, and stays in the list.
    await lab.change((host) => ({ ...host, stores: new Map(host.stores).set('ca', known([])) }));
    await lab.change((host) => ({
      ...host,
      schannel: { ...host.schannel, clientAuthTrustMode: known(0) },
    }));
    const leafAlone = await lab.get({ with: 'user', trusting: true });
    expect(codesOf((await lab.log()).at(-1))).toBe('403 16 2148204810');
    expect(leafAlone.status).toBe(403);
    expect((await lab.get({ with: 'userWithCa', trusting: true })).status).toBe(200);
  });

  test('does not trust a certificate whose signature is not by its issuer', async () => {
    const { issue, certificatePem, keyPem } = await import('../../src/lab/issue.ts');
    const { openPki } = await import('../../src/lab/pki.ts');
    const pki = await openPki(lab.folder, Date.now());
    const forger = issue({
      subject: pki.issuing.certificate.subject.der,
      ca: true,
      notBefore: Date.now() - 1000,
      days: 1,
    });
    const forged = issue({
      subject: { cn: 'Mallory', o: 'None' },
      issuer: forger,
      usage: 'client',
      notBefore: Date.now() - 1000,
      days: 1,
    });
    const pem = certificatePem(forged.certificate.der) + keyPem(forged.key);
    const status = await new Promise<string>((resolve) => {
      const client = tls.connect({
        port: lab.port,
        host: '127.0.0.1',
        servername: SITE_HOST,
        rejectUnauthorized: false,
        cert: pem,
        key: pem,
      });
      client.write(`GET /secure HTTP/1.0\r\nHost: ${SITE_HOST}:${lab.port}\r\n\r\n`);
      let text = '';
      client.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      client.on('close', () => resolve(text));
    });
    expect(status).toContain('HTTP Error 403.16');
  });
});

/** Sends some bytes and goes away, politely or not. */
function visit(port: number, bytes: Uint8Array, leave: 'end' | 'destroy'): Promise<void> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.write(bytes, () => (leave === 'end' ? socket.end() : socket.resetAndDestroy()));
    });
    socket.resume();
    socket.on('error', () => {}).on('close', () => resolve());
  });
}

describe('a certificate wanted after the request', () => {
  beforeEach(async () => {
    lab = await makeLab();
    await lab.setRecord({ clientcertnegotiation: false });
  });

  test('is asked for by renegotiation under TLS 1.2', async () => {
    expect(await namesOnWire()).toBeNull();
    const answer = await lab.get({ with: 'user', tls: 'TLSv1.2' });
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('Logged on as CN=Handclasp Lab User');
    expect((await lab.get({ tls: 'TLSv1.2' })).status).toBe(403);
    expect((await lab.log()).map(codesOf)).toEqual(['200 0 0', '403 7 5']);
  });

  test('is asked for once when two requests come at once', async () => {
    const identity = await lab.file('user');
    const text = await new Promise<string>((resolve) => {
      const client = tls.connect({
        port: lab.port,
        host: '127.0.0.1',
        servername: SITE_HOST,
        maxVersion: 'TLSv1.2',
        rejectUnauthorized: false,
        cert: identity,
        key: identity,
      });
      const request = `GET /secure HTTP/1.1\r\nHost: ${SITE_HOST}:${lab.port}\r\n`;
      client.write(`${request}\r\n${request}Connection: close\r\n\r\n`);
      let heard = '';
      client.on('data', (chunk: Buffer) => {
        heard += chunk.toString();
      });
      client.on('close', () => resolve(heard));
    });
    expect(text.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
    expect(text.match(/Logged on as CN=Handclasp Lab User/g)).toHaveLength(2);
  });

  test('is never asked for on other paths', async () => {
    const answer = await lab.get({ with: 'user', tls: 'TLSv1.2', path: '/' });
    expect(answer.body).toContain('No client certificate was asked for');
  });

  test('ends in a reset under TLS 1.3 on Server 2022, and in no log line', async () => {
    expect(await lab.get({ with: 'user', tls: 'TLSv1.3' })).toMatchObject({
      status: null,
      error: 'ECONNRESET',
    });
    expect(await lab.log()).toEqual([]);
  });

  test('ends in 500.0 under TLS 1.3 on Server 2025', async () => {
    await lab.change((host) => ({ ...host, build: known('2025') }));
    const answer = await lab.get({ with: 'user', tls: 'TLSv1.3' });
    expect(answer.body).toContain('HTTP Error 500.0');
    expect((await lab.log()).map(codesOf)).toEqual(['500 0 50']);
  });

  test('is asked for after a small body, and not after a large one', async () => {
    const post = (length: number) =>
      lab.get({ with: 'user', tls: 'TLSv1.2', method: 'POST', body: new Uint8Array(length) });
    expect((await post(40_000)).status).toBe(200);
    expect((await post(60_000)).status).toBe(413);
  });
});

describe('after the renewal', () => {
  beforeEach(async () => {
    lab = await makeLab({ broken: true });
  });

  test('the list is the roots, and who goes by it is refused', async () => {
    expect(await namesOnWire()).toEqual(ROOTS);
    expect((await lab.get()).status).toBe(403);
    expect(codesOf((await lab.log())[0])).toBe('403 7 5');
  });

  test('who ignores the list still logs on', async () => {
    expect((await lab.get({ with: 'user' })).status).toBe(200);
  });
});
