import { execFile } from 'node:child_process';
import net from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { concat, Writer } from '../../src/base/bytes.ts';
import { probe } from '../../src/net/probe.ts';
import type { ProbeOptions, ProbeResult } from '../../src/net/probe-types.ts';
import { encodeHandshake } from '../../src/wire/tls/handshake/message.ts';
import { encodeRecord } from '../../src/wire/tls/record.ts';
import type { SessionEvent } from '../../src/wire/tls/session/client/index.ts';
import { CLI } from '../support/cli.ts';
import { record, type ServerOptions } from '../support/conversation.ts';
import { issue } from '../support/pki.ts';
import { httpsServer, rawServer, tlsServer } from '../support/servers.ts';
import { ScriptedServer } from '../support/tls13-server.ts';

/**
 * What a peer may do to us: no crash, no hang past the limit, bounded memory. What ends in one record stands in
 * probe-ends.test.ts.
 */

const root = issue({ subject: 'Root', ca: true });
const identity = issue({ subject: 'www.example.com', issuer: root });
const own = { key: identity.keyPem, cert: identity.pem };
const asking = { ...own, ca: [root.pem], requestCert: true, rejectUnauthorized: false };
const client = issue({ subject: 'Client', issuer: root });

const ask = (port: number, options: ProbeOptions = {}): Promise<ProbeResult> =>
  probe({ host: '127.0.0.1', port, serverName: null, path: '/' }, { timeout: 4000, http: true, ...options });

interface CliRun {
  readonly code: number;
  readonly out: string;
  /** Largest resident memory of the process, in MiB. */
  readonly memory: number;
  readonly seconds: number;
}

/** Tells the peak on leaving: the limit is one of the whole program. */
const HOOK =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("peak "+process.resourceUsage().maxRSS+"\\n"))';

function handclasp(...args: readonly string[]): Promise<CliRun> {
  const begun = performance.now();
  return new Promise((resolve) => {
    const options = { timeout: 60_000, maxBuffer: 256 << 20 };
    execFile(process.execPath, ['--import', HOOK, CLI, ...args], options, (error, out, err) => {
      const code = error ? (typeof error.code === 'number' ? error.code : -1) : 0;
      const memory = Number(/^peak (\d+)$/m.exec(err)?.[1]) / 1024;
      resolve({ code, out, memory, seconds: (performance.now() - begun) / 1000 });
    });
  });
}

const LIMIT = 100;
const ENDS = [0, 1, 2];

async function expectBounded(port: number, seconds: number, ...more: string[]): Promise<CliRun> {
  const run = await handclasp('why', `https://127.0.0.1:${port}/`, ...more);
  expect(ENDS).toContain(run.code);
  // Whatever the server did, it was told about.
  expect(run.out).toContain(`127.0.0.1:${port}`);
  expect(run.memory).toBeLessThan(LIMIT);
  expect(run.seconds).toBeLessThan(seconds);
  return run;
}

describe('a conversation that breaks off after any byte', () => {
  const cases: [string, ServerOptions][] = [
    ['TLS 1.3', { ...asking, only: 0x0304 }],
    ['TLS 1.2', { ...asking, only: 0x0303 }],
    ['TLS 1.0', { ...asking, only: 0x0301, ciphers: 'ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0' }],
  ];

  test.each(cases)('%s, as the session sees it', async (_, options) => {
    const whole = await record(options, [client, root]);
    const bytes = concat(whole.turns);
    for (let length = 0; length < bytes.length; length++) {
      const session = whole.again();
      const events: SessionEvent[] = [...(await session.start()).events];
      events.push(...(await session.receive(bytes.subarray(0, length))).events);
      events.push(...(await session.end()).events);
      const { events: all } = whole;
      const isBeginning = events.every((event, i) => event.is === 'not-tls' || event.is === all[i]?.is);
      expect([length, isBeginning]).toEqual([length, true]);
    }
  });

  test.each(cases)('%s, as the probe sees it', async (_, { only = 0x0303, ...options }) => {
    const behind = await httpsServer({ ...options, minVersion: 'TLSv1', maxVersion: 'TLSv1.3' });
    const whole = await throughCut(behind, only, Number.POSITIVE_INFINITY);
    expect(whole.end).toEqual({ is: 'completed' });
    const cuts = Array.from({ length: 60 }, (_, i) => i * 29 + (i % 7));
    const results = await Promise.all(cuts.map((length) => throughCut(behind, only, length)));
    for (const { end, milliseconds } of results) {
      expect(['closed', 'not-tls', 'completed', 'reset']).toContain(end.is);
      expect(milliseconds).toBeLessThan(3900);
    }
  });

  /** Passes so many of the server's bytes, then closes. */
  async function throughCut(behind: number, version: number, length: number): Promise<ProbeResult> {
    const port = await rawServer((socket) => {
      const server = net.connect(behind, '127.0.0.1');
      let left = length;
      socket.on('data', (chunk) => server.write(chunk));
      server.on('data', (chunk) => {
        const passed = chunk.subarray(0, left);
        left -= passed.length;
        if (left > 0) socket.write(passed);
        else socket.end(passed);
      });
      server.on('error', () => undefined);
      server.on('end', () => socket.end());
      socket.on('close', () => server.destroy());
    });
    return ask(port, { versions: [version] });
  }
});

test.each([0x0303, 0x0304] as const)('an alert between any two records of version %i', async (only) => {
  const whole = await record({ ...asking, only }, [client, root]);
  const records = recordsIn(concat(whole.turns));
  for (const alert of [
    encodeRecord(21, 0x0303, Uint8Array.of(2, 80)),
    encodeRecord(21, 0x0303, Uint8Array.of(1, 0)),
  ]) {
    for (let at = 0; at <= records.length; at++) {
      const session = whole.again();
      await session.start();
      const altered = concat([...records.slice(0, at), alert, ...records.slice(at)]);
      const { events } = await session.receive(altered);
      expect(['alert', 'closed', 'malformed']).toContain(events.at(-1)!.is);
    }
  }
});

function recordsIn(bytes: Uint8Array): Uint8Array[] {
  const records: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += records.at(-1)!.length)
    records.push(bytes.subarray(at, at + 5 + bytes[at + 3]! * 256 + bytes[at + 4]!));
  return records;
}

describe('without end', () => {
  test('handshakes, one renegotiation after the other', async () => {
    const noResumption = 0x10000; // SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION
    const options = { ...own, ca: [root.pem], secureOptions: noResumption, maxVersion: 'TLSv1.2' as const };
    const port = await tlsServer(options, (socket) => {
      const again = (): void => {
        if (!socket.destroyed)
          socket.renegotiate({ requestCert: true, rejectUnauthorized: false }, () => setImmediate(again));
      };
      socket.once('data', again);
    });
    const result = await ask(port, { timeout: 1500 });
    expect(['timeout', 'malformed', 'refused', 'closed', 'reset']).toContain(result.end.is);
    expect(result.milliseconds).toBeLessThan(3000);
    expect(result.requests!.length).toBeLessThanOrEqual(30);
  });

  const onceConnected = (
    act: (server: ScriptedServer, socket: net.Socket) => Promise<void>,
  ): Promise<number> =>
    rawServer((socket) => {
      const server = new ScriptedServer({ identity });
      let before = Promise.resolve();
      let begun = false;
      socket.on('data', (chunk) => {
        before = before.then(async () => {
          socket.write(await server.receive(chunk));
          if (!server.finishedFits || begun) return;
          begun = true;
          await act(server, socket);
        });
      });
    });

  test('requests after the handshake', async () => {
    const body = Uint8Array.from([1, 7, 0, 8, 0, 13, 0, 4, 0, 2, 4, 3]);
    const port = await onceConnected(async (server, socket) => {
      for (let i = 0; i < 200 && !socket.destroyed; i++) socket.write(await server.requestAfter(body));
    });
    const result = await ask(port, { timeout: 1500, postHandshakeAuth: true });
    expect(result.end.is).toBe('timeout');
    expect(result.requests).toHaveLength(30);
    expect(result.notes).toContain('the server asked more than 30 times on one connection');
  });

  test('records of no data', async () => {
    const port = await onceConnected(async (server, socket) => {
      // Empty application data is allowed; each record costs a decryption.
      const empty: Uint8Array[] = [];
      for (let i = 0; i < 60_000; i++)
        empty.push(await server.layer.writing.seal({ type: 23, fragment: new Uint8Array(0) }));
      socket.write(concat(empty));
    });
    const result = await ask(port, { timeout: 8000 });
    expect(result.end).toMatchObject({ is: 'malformed', why: expect.stringContaining('without an end') });
  });

  test('one byte a second', async () => {
    const flight = concat([encodeRecord(22, 0x0303, encodeHandshake(2, new Uint8Array(3000)))]);
    const port = await rawServer((socket) => {
      let at = 0;
      const drip = setInterval(() => socket.write(flight.subarray(at, ++at)), 1000);
      socket.on('close', () => clearInterval(drip));
    });
    const { out } = await expectBounded(port, 9, '--timeout', '2');
    expect(out).toContain('Cannot tell');
  });
});

describe('a list', () => {
  /** Body of a CertificateRequest of TLS 1.2. */
  const requestOf = (names: readonly Uint8Array[]): Uint8Array =>
    new Writer()
      .block8((types) => types.u8(64))
      .block16((schemes) => schemes.u16(0x0403))
      .block16((list) => {
        for (const name of names) list.block16((one) => one.raw(name));
      })
      .done();
  const empty = Uint8Array.of(0x30, 0);
  /** One name of as many attributes as go in: each but a few bytes, each an object once read. */
  const attribute = Uint8Array.from([0x31, 9, 0x30, 7, 6, 3, 85, 4, 3, 12, 0]);
  const wide = new Writer()
    .u8(0x30)
    .u8(0x82)
    .u16(5900 * 11);
  for (let i = 0; i < 5900; i++) wide.raw(attribute);

  /** Body of one of TLS 1.3. */
  const newRequestOf = (names: readonly Uint8Array[]): Uint8Array =>
    new Writer()
      .block8(() => undefined)
      .block16((list) => {
        list.u16(13).block16((data) => data.block16((schemes) => schemes.u16(0x0403)));
        list.u16(47).block16((data) => data.raw(requestOf(names).subarray(2 + 4)));
      })
      .done();

  /** Connections are counted from 0. */
  const serving = (names: (connection: number) => readonly Uint8Array[]): Promise<number> => {
    let connections = 0;
    return rawServer((socket) => {
      const server = new ScriptedServer({ identity, request: newRequestOf(names(connections++)) });
      let before = Promise.resolve();
      socket.on('data', (chunk) => {
        before = before
          .then(async () => void socket.write(await server.receive(chunk)))
          .catch(() => undefined);
      });
    });
  };

  test('of as many names as fit', async () => {
    const port = await serving(() => Array.from({ length: 16_370 }, () => empty));
    const result = await ask(port, { versions: [0x0304], timeout: 1500 });
    expect(result.request!.authorities).toHaveLength(16_370);
    for (const format of ['text', 'json', 'markdown', 'html']) {
      const how = ['--timeout', '1', '--tls', '1.3', '--format', format];
      const { out } = await expectBounded(port, 20, ...how);
      expect(out).toContain('16370');
      if (format === 'json') expect(JSON.parse(out).lists[0].names).toHaveLength(16_370);
    }
  });

  /** Broken names of three bytes: as many as fit that are all different, and on each connection other ones. */
  const others = (connection: number): Uint8Array[] =>
    Array.from({ length: 13_000 }, (_, i) => Uint8Array.of(i >> 8, i & 0xff, connection));

  test.each([
    ['--format', 'json'],
    ['--format', 'markdown'],
    ['--format', 'html'],
    ['--verbose'],
    ['--wire', '--no-compare'],
  ])('of 13,000 different names, told by %s %s', async (...how) => {
    const port = await serving(() => others(0));
    const { out } = await expectBounded(port, 20, '--timeout', '1', '--tls', '1.3', ...how);
    expect(out).toContain('13000');
  });

  test('of 13,000 names, another one on each of thirty connections', async () => {
    const paths = Array.from({ length: 30 }, (_, i) => ['--path', `/${i}`]).flat();
    for (const format of ['text', 'json']) {
      const port = await serving(others);
      const how = ['--timeout', '1', '--within', '12', '--format', format];
      const { out } = await expectBounded(port, 25, ...how, ...paths);
      expect(out).toContain('not everything was compared');
    }
  });

  test('of 13,000 names, another one after each request on one connection', async () => {
    const port = await rawServer((socket) => {
      const server = new ScriptedServer({ identity });
      let before = Promise.resolve();
      let asked = 0;
      const answer = async (chunk: Uint8Array): Promise<void> => {
        socket.write(await server.receive(chunk));
        if (server.data.length === 0) return;
        while (asked < 12) socket.write(await server.requestAfter(newRequestOf(others(asked++))));
      };
      socket.on('data', (chunk) => (before = before.then(() => answer(chunk)).catch(() => undefined)));
    });
    const result = await ask(port, { versions: [0x0304], timeout: 1500, postHandshakeAuth: true });
    expect(result.requests).toHaveLength(1);
    expect(result.end).toMatchObject({ is: 'malformed', why: expect.stringContaining('more lists') });
    await expectBounded(port, 20, '--timeout', '1', '--tls', '1.3');
  });

  test('of one name of thousands of parts', async () => {
    const port = await serving(() => [wide.done()]);
    const result = await ask(port, { versions: [0x0304], timeout: 1500 });
    expect(result.request!.authorities[0]!.rdns).toHaveLength(5900);
    await expectBounded(port, 20, '--timeout', '2', '--tls', '1.3');
  });

  test('that claims a million names', async () => {
    const flight = encodeHandshake(13, requestOf([]));
    flight.set([0x3d, 0x09, 0], 1);
    const port = await rawServer((socket) => {
      socket.once('data', () => socket.write(encodeRecord(22, 0x0303, flight)));
    });
    await expectBounded(port, 10, '--timeout', '2');
  });
});

describe('an answer', () => {
  test('that would be gigabytes once unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(64 << 20));
    const port = await httpsServer(asking, (_, response) => {
      response.setHeader('Content-Encoding', 'gzip');
      response.end(bomb);
    });
    await expectBounded(port, 20);
  });

  test('without end', async () => {
    const port = await httpsServer(asking, (_, response) => {
      const more = setInterval(() => response.write(Buffer.alloc(1 << 20, 'x')), 1);
      response.on('close', () => clearInterval(more));
    });
    await expectBounded(port, 20);
  });

  test('of headers without end', async () => {
    const port = await tlsServer(asking, (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const more = setInterval(() => socket.write(`X: ${'x'.repeat(60_000)}\r\n`), 2);
      socket.on('close', () => clearInterval(more));
    });
    await expectBounded(port, 20);
  });

  const frame = (type: number, flags: number, stream: number, payload: Uint8Array): Uint8Array =>
    new Writer().u24(payload.length).u8(type).u8(flags).u32(stream).raw(payload).done();
  const settings = frame(4, 0, 0, new Uint8Array(0));
  const offering = { ...asking, ALPNProtocols: ['h2', 'http/1.1'] };

  test.each([
    // One entry of 4 KB in the dynamic table, then thousands of references to it (RFC 7541 7.3).
    [
      'HPACK that unpacks to a gigabyte',
      [
        frame(
          1,
          0,
          1,
          Uint8Array.from([0x88, 0x40, 1, 0x61, 0x7f, 0xa1, 0x1e, ...new Uint8Array(4000).fill(0x61)]),
        ),
        ...Array.from({ length: 200 }, () => frame(9, 0, 1, new Uint8Array(16_000).fill(0xbe))),
      ],
    ],
    [
      'CONTINUATION after CONTINUATION',
      [
        frame(1, 0, 1, Uint8Array.of(0x88)),
        ...Array.from({ length: 50_000 }, () => frame(9, 0, 1, Uint8Array.of(0x88))),
      ],
    ],
    ['SETTINGS after SETTINGS', Array.from({ length: 50_000 }, () => settings)],
    ['PING after PING', Array.from({ length: 50_000 }, () => frame(6, 0, 0, new Uint8Array(8)))],
  ])('in HTTP/2: %s', async (_, frames) => {
    const port = await tlsServer(offering, (socket) => {
      if (socket.alpnProtocol === 'h2') socket.write(concat([settings, ...frames]));
      else socket.end('HTTP/1.1 200 OK\r\n\r\n');
    });
    const result = await ask(port, { alpn: ['h2'], timeout: 2000 });
    expect(result).toMatchObject({
      alpn: 'h2',
      http: null,
      end: { is: 'malformed', why: expect.stringContaining('HTTP/2 is broken') },
    });
    expect(result.milliseconds).toBeLessThan(4000);
    await expectBounded(port, 20, '--timeout', '2');
  });
});
