import { describe, expect, test } from 'vitest';
import { concat, Writer } from '../../src/base/bytes.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { nodeDecipher } from '../../src/platform/decipher.ts';
import { Budget } from '../../src/wire/capture/budget.ts';
import { Datagram } from '../../src/wire/capture/datagram.ts';
import { Flow } from '../../src/wire/capture/flow.ts';
import { Fragments } from '../../src/wire/capture/fragments.ts';
import { encodeCertificateRequest } from '../../src/wire/tls/handshake/certificate-request.ts';
import { encodeServerHello } from '../../src/wire/tls/handshake/server-hello.ts';
import { Conversation, listen } from '../../src/wire/tls/passive/conversation.ts';
import { KeyLog } from '../../src/wire/tls/passive/key-log.ts';
import { encodeRecord } from '../../src/wire/tls/record.ts';
import { parseName } from '../../src/wire/x509/name.ts';
import { issue } from '../support/pki.ts';
import { inShort, readCapture } from './claims.ts';
import { type Captured, framesOf, IPV4, ip, pcap, segmentsOf, udp } from './packets.ts';
import { speak } from './spoken.ts';

// A capture may be of any size and malice; what is held of it may not.

const { said } = await speak({ version: 'TLSv1.2' });

test('a hole that is never filled is passed when enough waits behind it', () => {
  const passed: (number | string)[] = [];
  const sink = {
    data: (_: Uint8Array, from: number, to: number) => void passed.push(to - from),
    gap: (length: number) => void passed.push(`gap ${length}`),
  };
  const budget = new Budget(1 << 30);
  const flow = new Flow(sink, { time: 0, place: 0, placeEnd: 0 }, budget);
  flow.start(999);
  const piece = new Uint8Array(1000);
  let most = 0;
  for (let i = 1; i <= 3000; i++) {
    flow.take(1000 + 1000 * i, piece, 0, 1000, 1000);
    most = Math.max(most, budget.held);
  }
  flow.end();
  expect(passed.filter((one) => typeof one === 'string')).toEqual(['gap 1000']);
  expect(passed.filter((one) => one === 1000)).toHaveLength(3000);
  expect(most).toBeLessThan(1.1 * 2 ** 20);
  expect(budget.held).toBe(0);
});

test('many flows together hold no more than the budget', () => {
  const budget = new Budget(100_000);
  const sink = { data() {}, gap() {} };
  const flows = Array.from({ length: 100 }, () => new Flow(sink, { time: 0, place: 0, placeEnd: 0 }, budget));
  let most = 0;
  for (const flow of flows) {
    flow.start(0);
    for (let i = 1; i < 20; i++) flow.take(1 + 1000 * i, new Uint8Array(1000), 0, 1000, 1000);
    most = Math.max(most, budget.held);
  }
  expect(most).toBeLessThanOrEqual(102_000);
});

test('fragments whose rest never comes give way', () => {
  const fragments = new Fragments();
  const first = (id: number): boolean => {
    const datagram = Object.assign(new Datagram(), { bytes: new Uint8Array(8), from: 0, to: 8, wholeTo: 8 });
    return fragments.complete(datagram, id, 0, false);
  };
  for (let id = 0; id < 1000; id++) expect(first(id)).toBe(false);
  const last = (id: number): boolean => {
    const datagram = Object.assign(new Datagram(), { bytes: new Uint8Array(8), from: 0, to: 8, wholeTo: 8 });
    return fragments.complete(datagram, id, 8, true);
  };
  expect([last(0), last(999)]).toEqual([false, true]);
});

test('connections that never end are dropped, and what they showed is told', () => {
  const whole = framesOf(segmentsOf(said, { withoutFin: true }));
  const many: Captured[] = [];
  for (let i = 0; i < 21_000; i++)
    many.push(...(i % 100 === 0 ? port(whole, 10_000 + i) : port(whole.slice(0, 4), 10_000 + i)));
  const [claim] = readCapture(pcap(many)).claims;
  expect(claim).toMatchObject({ says: 'certificate-request', count: 210 });

  /** The same packets from another port. */
  function port(packets: readonly Captured[], number: number): Captured[] {
    return packets.map((packet, i) => {
      const bytes = packet.bytes.slice();
      const isSent = bytes[26 + 3] === 7;
      const at = 34 + (isSent ? 0 : 2);
      bytes.set([number >> 8, number & 255], at);
      return { ...packet, bytes, time: packet.time + i };
    });
  }
});

test('servers of more kinds than are kept are counted', () => {
  const names = Array.from({ length: 2100 }, (_, i) => `host-${String(i).padStart(4, '0')}.example.com`);
  const packets = names.flatMap((name, i) => {
    const hello = said[0]!.bytes.slice();
    const at = Buffer.from(hello).indexOf('www.example.com');
    // A name of the same length keeps all lengths right.
    hello.set(Buffer.from(name.slice(0, 15)), at);
    const turns = [{ side: 0 as const, bytes: hello }, ...said.slice(1)];
    return framesOf(segmentsOf(turns), { ...IPV4, ports: [20_000 + i, 443] });
  });
  const { claims, notes } = readCapture(pcap(packets));
  expect(claims.filter(({ says }) => says === 'certificate-request')).toHaveLength(2000);
  expect(notes.map(({ message }) => message)).toContainEqual(
    expect.stringMatching(/^100 handshakes were left out/),
  );
});

test('DTLS is recognised and noted, fragments and copies included', () => {
  const request = encodeCertificateRequest({
    version: 0x0303,
    context: new Uint8Array(0),
    certificateTypes: [64],
    signatureAlgorithms: [0x0403],
    authorities: [parseName(issue({ subject: 'Some CA' }).subject)],
    authoritiesPresent: true,
    extensions: [],
    authoritiesLength: 0,
  });
  const hello = encodeServerHello({
    legacyVersion: 0xfefd,
    random: new Uint8Array(32),
    sessionId: new Uint8Array(0),
    cipherSuite: 0xc02b,
    compressionMethod: 0,
    extensions: [],
  });
  const half = request.length >> 1;
  const datagrams = [
    part(2, 0, hello, 0, hello.length),
    part(13, 1, request, 0, half),
    part(13, 1, request, 0, half),
    part(13, 1, request, half, request.length),
  ];
  const packets = datagrams.map((bytes, i) => ({ time: i, bytes: ip(udp(bytes, 443, 40_000), 1, IPV4, 17) }));
  const { claims, notes } = readCapture(pcap(packets, { link: 101 }));
  expect(claims).toEqual([]);
  expect(notes.map(({ message }) => message)).toContain(
    '198.51.100.10 port 443 speaks DTLS 1.2, and asks for a certificate: not used, http.sys does not speak it',
  );

  function part(type: number, sequence: number, body: Uint8Array, from: number, to: number): Uint8Array {
    const message = new Writer()
      .u8(type)
      .u24(body.length)
      .u16(sequence)
      .u24(from)
      .u24(to - from);
    const fragment = concat([message.done(), body.slice(from, to)]);
    return new Writer()
      .u8(22)
      .u16(0xfefd)
      .u16(0)
      .raw(new Uint8Array(6))
      .u16(fragment.length)
      .raw(fragment)
      .done();
  }
});

test('tunnels in tunnels come to an end', () => {
  let bytes = ip(new Uint8Array(8), 0, IPV4, 4);
  for (let i = 0; i < 2000; i++) bytes = ip(bytes, 0, IPV4, 4);
  expect(inShort(readCapture(pcap([{ time: 0, bytes }], { link: 101 })))).toEqual([]);
});

describe('of many conversations that wait all at once, some are let go', () => {
  const hello = (() => {
    const body = encodeServerHello({
      legacyVersion: 0x0303,
      random: new Uint8Array(32).fill(7),
      sessionId: new Uint8Array(0),
      cipherSuite: 0x1301,
      compressionMethod: 0,
      extensions: [{ type: 43, data: Uint8Array.of(3, 4) }],
    });
    return encodeRecord(22, 0x0303, new Writer().u8(2).u24(body.length).raw(body).done());
  })();
  const sealed = encodeRecord(23, 0x0303, new Uint8Array(16_000));
  const empty = encodeRecord(23, 0x0303, new Uint8Array(0));
  const keyLog = new KeyLog();
  keyLog.add(`CLIENT_RANDOM ${'ab'.repeat(32)} ${'cd'.repeat(48)}`);
  const listening = () =>
    listen({ time: 0, place: 0, placeEnd: 0 }, { digest: nodeCrypto, decipher: nodeDecipher, keyLog });

  // A mirrored port that shows one direction alone: the servers' records wait for hellos that never come.
  test.each([
    ['records', sealed, 12],
    ['empty records', empty, 2000],
  ])('%s that wait for the other side', (_, record, count) => {
    const shared = listening();
    const all = Array.from({ length: 400 }, () => new Conversation(shared));
    let most = 0;
    for (const one of all) {
      one.first.data(hello, 0, hello.length);
      for (let i = 0; i < count; i++) one.first.data(record, 0, record.length);
      most = Math.max(most, shared.records.held);
    }
    expect(most).toBeGreaterThan(shared.records.limit / 2);
    expect(most).toBeLessThan(shared.records.limit + 2 ** 18);
    expect(all.at(-1)!.seen()).toMatchObject({ completed: null });
    for (const one of all) one.reset();
    expect(shared.records.held).toBe(0);
  });

  test('messages of which the rest does not come', () => {
    const shared = listening();
    // A client's Certificate of 100 KB is announced by each of 1,000, and begun.
    const begun = encodeRecord(22, 0x0303, new Writer().u8(11).u24(100_000).raw(new Uint8Array(50)).done());
    const clientHello = said[0]!.bytes;
    const all = Array.from({ length: 1000 }, () => new Conversation(shared));
    for (const one of all) {
      one.first.data(clientHello, 0, clientHello.length);
      one.first.data(begun, 0, begun.length);
    }
    const lossy = all.filter((one) => one.seen()?.lossy).length;
    expect(lossy).toBeGreaterThan(600);
    expect(lossy).toBeLessThan(800);
    for (const one of all) one.reset();
    const again = new Conversation(shared);
    again.first.data(clientHello, 0, clientHello.length);
    again.first.data(begun, 0, begun.length);
    expect(again.seen()?.lossy).toBe(false);
  });
});
