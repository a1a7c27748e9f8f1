import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concat } from '../../src/base/bytes.ts';
import { probe } from '../../src/net/probe.ts';
import { Recorder } from '../../src/net/recorder.ts';
import { addressBytes } from '../../src/wire/capture/address-bytes.ts';
import { writeKeyLog } from '../../src/wire/capture/key-log-writer.ts';
import { writeCapture } from '../../src/wire/capture/pcapng-writer.ts';
import type { Chunk, Recording } from '../../src/wire/capture/recording.ts';
import { tcpFrames } from '../../src/wire/capture/tcp-frames.ts';
import { issue } from '../support/pki.ts';
import { httpsServer } from '../support/servers.ts';

const server = issue({ subject: 'www.example.com', issuer: issue({ subject: 'Root', ca: true }) });

const recordingOf = (chunks: readonly Chunk[], remote = '192.0.2.1', local = '192.0.2.7'): Recording => ({
  local: { address: local, port: 40_000 },
  remote: { address: remote, port: 443 },
  startedAt: 1_700_000_000_000,
  chunks,
  records: [],
  secrets: [],
});

/** What a TCP of its own makes of the frames: both streams, checked for sums, sequence and acknowledgement. */
function reassembled(frames: readonly { bytes: Uint8Array }[]): Record<number, Uint8Array> {
  const streams: Record<number, Uint8Array[]> = {};
  const next: Record<number, number> = {};
  for (const { bytes } of frames) {
    const ip = Buffer.from(bytes.subarray(14));
    const isOld = ip[0]! >> 4 === 4;
    const header = isOld ? 20 : 40;
    const length = isOld ? ip.readUInt16BE(2) : 40 + ip.readUInt16BE(4);
    expect(ip.length).toBe(length);
    if (isOld) expect(sumOf(ip.subarray(0, 20))).toBe(0xffff);
    const tcp = ip.subarray(header);
    const addresses = isOld ? ip.subarray(12, 20) : ip.subarray(8, 40);
    expect(
      sumOf(Buffer.concat([addresses, Buffer.from([0, 0, tcp.length >> 8, tcp.length & 255, 0, 6]), tcp])),
    ).toBe(0xffff);
    const [from, to] = [tcp.readUInt16BE(0), tcp.readUInt16BE(2)];
    const data = tcp.subarray(20);
    expect(tcp.readUInt32BE(4)).toBe(next[from] ?? 0);
    if (tcp[13]! & 16) expect(tcp.readUInt32BE(8)).toBe(next[to]);
    next[from] = (next[from] ?? 0) + data.length + (tcp[13]! & 3 ? 1 : 0);
    streams[from] = [...(streams[from] ?? []), data];
  }
  return Object.fromEntries(Object.entries(streams).map(([port, parts]) => [port, concat(parts)]));
}

function sumOf(bytes: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 2) sum += (bytes[i]! << 8) | (bytes[i + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return sum;
}

test('frames carry both streams whole, in IPv4 and IPv6', () => {
  const chunk = fc.record({
    direction: fc.constantFrom('sent' as const, 'received' as const),
    bytes: fc.uint8Array({ maxLength: 4000 }),
    at: fc.constant(1_700_000_000_123.456),
  });
  fc.assert(
    fc.property(
      fc.array(chunk, { maxLength: 8 }),
      fc.constantFrom(
        ['192.0.2.1', '192.0.2.7'],
        ['2001:db8::1', 'fe80::2%eth0'],
        ['::ffff:192.0.2.1', '192.0.2.7'],
      ),
      (chunks, [remote, local]) => {
        const streams = reassembled(tcpFrames(recordingOf(chunks, remote, local)));
        const of = (direction: Chunk['direction']) =>
          concat(chunks.filter((one) => one.direction === direction).map(({ bytes }) => bytes));
        expect(Buffer.from(streams[40_000]!)).toEqual(Buffer.from(of('sent')));
        expect(Buffer.from(streams[443]!)).toEqual(Buffer.from(of('received')));
      },
    ),
    { numRuns: 40 },
  );
});

test.each([
  ['127.0.0.1', '7f000001'],
  ['::', '00000000000000000000000000000000'],
  ['2001:db8::a:1', '20010db80000000000000000000a0001'],
  ['64:ff9b::192.0.2.33', '0064ff9b0000000000000000c0000221'],
  ['::ffff:10.0.0.1', '0a000001'],
  ['fe80::1%eth0', 'fe800000000000000000000000000001'],
  ['', null],
  ['localhost', null],
  ['1.2.3.256', null],
  ['1:2:3', null],
])('the bytes of %j', (text, hex) => {
  const bytes = addressBytes(text);
  expect(bytes && Buffer.from(bytes).toString('hex')).toBe(hex);
});

test('a probe that is recorded gives a capture and its keys', async () => {
  const port = await httpsServer({ key: server.keyPem, cert: server.pem });
  const recorder = new Recorder();
  const recorded = recorder.wrap(probe);
  const target = { host: '127.0.0.1', port, serverName: null, path: '/' };
  for (const version of [0x0303, 0x0304])
    expect(await recorded(target, { http: true, versions: [version] })).toMatchObject({
      end: { is: 'completed' },
    });
  const { recordings } = recorder;
  expect(recordings.map(({ remote }) => remote)).toEqual(Array(2).fill({ address: '127.0.0.1', port }));
  const keys = writeKeyLog(recordings);
  expect(keys.split('\n').map((line) => line.replace(/ [0-9a-f]{64} [0-9a-f]{64,96}$/, ''))).toEqual([
    'CLIENT_RANDOM',
    'CLIENT_HANDSHAKE_TRAFFIC_SECRET',
    'SERVER_HANDSHAKE_TRAFFIC_SECRET',
    'CLIENT_TRAFFIC_SECRET_0',
    'SERVER_TRAFFIC_SECRET_0',
    '',
  ]);
  expect(Buffer.from(writeCapture(recordings)).includes('CLIENT_RANDOM')).toBe(false);
  const whole = Buffer.from(writeCapture(recordings, { withSecrets: true }));
  expect(whole.includes(keys)).toBe(true);
  // Blocks follow each other without a gap, each with its length at both ends.
  let [at, blocks] = [0, 0];
  for (; at < whole.length; blocks++) {
    const length = whole.readUInt32LE(at + 4);
    expect(whole.readUInt32LE(at + length - 4)).toBe(length);
    at += length;
  }
  expect(at).toBe(whole.length);
  expect(blocks).toBe(3 + recordings.flatMap(tcpFrames).length);
});
