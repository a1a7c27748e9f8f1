import net from 'node:net';
import { describe, expect, test } from 'vitest';
import { concat } from '../../src/base/bytes.ts';
import { probe } from '../../src/net/probe.ts';
import type { ProbeOptions, ProbeResult } from '../../src/net/probe-types.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { encodeHandshake } from '../../src/wire/tls/handshake/message.ts';
import { encodeRecord } from '../../src/wire/tls/record.ts';
import { issue } from '../support/pki.ts';
import { httpsServer, rawServer, tlsServer } from '../support/servers.ts';
import { type Script, ScriptedServer } from '../support/tls13-server.ts';

const root = issue({ subject: 'Root', ca: true });
const identity = issue({ subject: 'www.example.com', issuer: root });
const own = { key: identity.keyPem, cert: identity.pem };

const ask = (port: number, options: ProbeOptions = {}): Promise<ProbeResult> =>
  probe({ host: '127.0.0.1', port, serverName: null, path: '/' }, { timeout: 5000, http: true, ...options });

/** A server that says this as soon as the client has said something. */
const answering = (...bytes: (Uint8Array | string)[]): Promise<number> =>
  rawServer((socket) => {
    socket.once('data', () => {
      for (const one of bytes) socket.write(one);
    });
  });

describe('a peer that speaks no TLS', () => {
  test.each([
    ['HTTP/1.1 400 Bad Request\r\n\r\n', 'plain HTTP: "HTTP/1.1 400 Bad Request"'],
    ['-ERR what?\r\n', 'text: "-ERR what?"'],
    [Uint8Array.of(0, 1, 2), '3 bytes that start no TLS record: 00 01 02'],
    // A record's type by chance, and the end.
    [Uint8Array.of(22), '1 bytes that start no TLS record: 16'],
  ])('%j', async (said, saw) => {
    const port = await rawServer((socket) => socket.once('data', () => socket.end(said)));
    expect((await ask(port)).end).toEqual({ is: 'not-tls', saw });
  });

  test('and greets first', async () => {
    const port = await rawServer((socket) => socket.write('220 mail.example.com ESMTP\r\n'));
    expect((await ask(port)).end).toMatchObject({
      is: 'not-tls',
      saw: expect.stringContaining('"220 mail.example.com'),
    });
  });
});

describe('a peer that does not answer', () => {
  test('a port where nothing listens', async () => {
    const port = await new Promise<number>((resolve) => {
      const free = net.createServer().listen(0, '127.0.0.1', () => {
        const { port } = free.address() as net.AddressInfo;
        free.close(() => resolve(port));
      });
    });
    const result = await ask(port);
    expect(result.end).toEqual({
      is: 'unreachable',
      why: `nothing listens on 127.0.0.1 port ${port} (connection refused)`,
    });
    expect(result).toMatchObject({ address: null, version: null, request: null, sent: null, http: null });
  });

  test('a port that is none', async () => {
    expect((await ask(70_000)).end).toMatchObject({
      is: 'unreachable',
      why: expect.stringContaining('70000'),
    });
  });

  test('silence after our hello', async () => {
    const port = await rawServer(() => undefined);
    const result = await ask(port, { timeout: 300 });
    expect(result.end).toEqual({ is: 'timeout', after: 'client-hello' });
    expect(result.milliseconds).toBeGreaterThan(290);
    expect(result.milliseconds).toBeLessThan(1500);
  });

  test('silence after the request', async () => {
    const port = await tlsServer(own, () => undefined);
    expect((await ask(port, { timeout: 500 })).end).toEqual({ is: 'timeout', after: 'request' });
  });

  test('silence in the midst of the answer keeps what came', async () => {
    const port = await tlsServer(own, (socket) =>
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'),
    );
    const result = await ask(port, { timeout: 500 });
    expect(result).toMatchObject({
      end: { is: 'timeout', after: 'answer' },
      http: { status: 200, body: 'half' },
    });
  });
});

describe('a peer that breaks off', () => {
  test('closing', async () => {
    const port = await rawServer((socket) => socket.once('data', () => socket.end()));
    expect((await ask(port)).end).toEqual({ is: 'closed', after: 'client-hello' });
  });

  test('resetting', async () => {
    const port = await rawServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect((await ask(port)).end).toEqual({ is: 'reset', after: 'client-hello' });
  });

  test('after the request, as Schannel does', async () => {
    const port = await tlsServer(own, (socket) => socket.once('data', () => socket.end()));
    expect((await ask(port)).end).toEqual({ is: 'closed', after: 'request' });
  });

  test('before the body is whole', async () => {
    const port = await tlsServer(own, (socket) =>
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'),
    );
    const result = await ask(port);
    expect(result).toMatchObject({
      end: { is: 'closed', after: 'answer' },
      http: { status: 200, body: 'half' },
    });
  });

  test('with an alert to our hello', async () => {
    const port = await tlsServer({ ...own, minVersion: 'TLSv1.3' }, () => undefined);
    const result = await ask(port, { versions: [0x0303] });
    expect(result).toMatchObject({ end: { is: 'refused', alert: 70, after: 'client-hello' }, version: null });
  });
});

/** A scripted TLS 1.3 server on a socket; `after` runs whenever the client has said more and the handshake is over. */
const scripted = (
  script: Omit<Script, 'identity'>,
  after: (server: ScriptedServer, socket: net.Socket) => Promise<void>,
): Promise<number> =>
  rawServer((socket) => {
    const server = new ScriptedServer({ identity, ...script });
    let before = Promise.resolve();
    socket.on('data', (chunk) => {
      before = before.then(async () => {
        socket.write(await server.receive(chunk));
        if (server.finishedFits) await after(server, socket);
      });
    });
  });

describe('a refusal of the client certificate', () => {
  test('under TLS 1.3 comes after our Finished and is waited for', async () => {
    const request = Uint8Array.from([0, 0, 8, 0, 13, 0, 4, 0, 2, 4, 3]);
    const port = await scripted({ request }, async (server, socket) => {
      // Later than a client that goes on at once would stay to hear it.
      await new Promise((resolve) => setTimeout(resolve, 50));
      await server.layer.send(21, Uint8Array.of(2, 116));
      socket.end(server.layer.take());
    });
    const result = await ask(port);
    expect(result).toMatchObject({
      end: { is: 'refused', alert: 116, after: 'client-certificate' },
      sent: 0,
    });
    const usable = (await nodeCrypto.signingKey(identity.pkcs8))!;
    const shown = await ask(port, { http: false, choose: () => ({ chain: [identity.der], key: usable }) });
    expect(shown).toMatchObject({ end: { is: 'refused', alert: 116, after: 'client-certificate' }, sent: 1 });
  });

  test('a server that gives no sign is asked after a while', async () => {
    const request = Uint8Array.from([0, 0, 8, 0, 13, 0, 4, 0, 2, 4, 3]);
    const port = await scripted({ request }, async (server, socket) => {
      if (server.data.length === 0) return;
      await server.layer.send(23, Buffer.from('HTTP/1.1 403 x\r\nContent-Length: 0\r\n\r\n'));
      socket.write(server.layer.take());
    });
    const result = await ask(port);
    expect(result).toMatchObject({ end: { is: 'completed' }, http: { status: 403 } });
    expect(result.milliseconds).toBeGreaterThan(200);
  });

  test.each([
    [0x0303, 40],
    [0x0304, 116],
  ])('of version %i by Node is alert %i', async (version, alert) => {
    const port = await httpsServer({ ...own, ca: [root.pem], requestCert: true });
    const result = await ask(port, { versions: [version] });
    expect(result).toMatchObject({
      end: { is: 'refused', alert, after: 'client-certificate' },
      sent: 0,
      request: { version },
      http: null,
    });
  });
});

describe('a hostile peer', () => {
  const hello = (): Uint8Array => encodeRecord(22, 0x0303, encodeHandshake(2, new Uint8Array(70)));

  test.each([
    ['a huge record', Uint8Array.from([22, 3, 3, 255, 255]), '65535 bytes, more than 18432'],
    ['a huge message', encodeRecord(22, 0x0303, Uint8Array.of(2, 255, 255, 255)), 'announces 16777215 bytes'],
    ['an empty record', encodeRecord(22, 0x0303, new Uint8Array(0)), 'an empty record'],
    ['a hello of nonsense', hello(), 'ServerHello: '],
    [
      'data before the handshake',
      encodeRecord(23, 0x0303, Uint8Array.of(1)),
      'application_data where ServerHello belongs',
    ],
    [
      'a message out of turn',
      encodeRecord(22, 0x0303, encodeHandshake(20, new Uint8Array(12))),
      'Finished where',
    ],
    [
      'half a message, then an alert',
      concat([encodeRecord(22, 0x0303, Uint8Array.of(2, 0)), encodeRecord(21, 0x0303, Uint8Array.of(2, 40))]),
      'alert where',
    ],
  ])('%s ends it in words', async (_, bytes, why) => {
    const result = await ask(await answering(bytes));
    expect(result.end).toEqual({ is: 'malformed', why: expect.stringContaining(why) });
    expect(result.milliseconds).toBeLessThan(3000);
  });

  test('warnings without end are bounded in bytes', async () => {
    const warning = encodeRecord(21, 0x0303, Uint8Array.of(1, 112));
    const port = await answering(
      ...Array.from({ length: 40 }, () => concat(Array.from({ length: 5000 }, () => warning))),
    );
    const result = await ask(port, { byteLimit: 100_000 });
    expect(result.end).toEqual({ is: 'malformed', why: 'more than 100000 bytes without an end' });
    expect(result.notes).toEqual(['the server warned: unrecognized_name']);
  });

  test('keys that change without end are bounded in time', async () => {
    const port = await scripted({}, async (server, socket) => {
      for (let i = 0; i < 4000 && !socket.destroyed; i++) {
        const update = await server.sendAfter(24, Uint8Array.of(1));
        await server.updateKeys();
        socket.write(update);
      }
    });
    const result = await ask(port, { timeout: 600 });
    expect(result.end).toMatchObject({ is: 'timeout' });
    expect(result.milliseconds).toBeLessThan(15_000);
  });

  test('an answer without end is cut', async () => {
    const port = await tlsServer(own, (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const more = setInterval(() => socket.write(Buffer.alloc(30_000, 'x')), 5);
      socket.on('close', () => clearInterval(more));
    });
    const result = await ask(port);
    expect(result.end).toEqual({ is: 'completed' });
    expect(result.http!.body).toBe('x'.repeat(65_536));
    expect(result.notes).toEqual(["only the first 64 KiB of the answer's body were read"]);
  });

  test('a server that drips is bounded in time', async () => {
    const port = await rawServer((socket) => {
      const drip = setInterval(() => socket.write(Uint8Array.of(22)), 20);
      socket.on('close', () => clearInterval(drip));
    });
    const result = await ask(port, { timeout: 400 });
    expect(['timeout', 'not-tls', 'malformed']).toContain(result.end.is);
    expect(result.milliseconds).toBeLessThan(1500);
  });
});
