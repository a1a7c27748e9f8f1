import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Duplex } from 'node:stream';
import tls from 'node:tls';

// The input of the capture benchmark: two real handshakes with a request for a certificate (TLS 1.2, and 1.3 beside
// it), recorded from Node's own TLS in memory, and written as the packets of as many connections as are wanted.

/** A certificate authority that is its own server, and names that stand in the list of issuers. */
function identity(folder, count) {
  const make = (name) => {
    const [key, cert] = [path.join(folder, `${name}.key`), path.join(folder, `${name}.pem`)];
    const made = spawnSync('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30'],
      ...['-subj', `/C=DE/O=Example/CN=${name}`, '-keyout', key, '-out', cert],
    ]);
    if (made.status !== 0) throw new Error(`openssl: ${made.stderr}`);
    return { key: readFileSync(key), cert: readFileSync(cert) };
  };
  return Array.from({ length: count }, (_, i) => make(`Issuing CA ${i + 1}`));
}

/** What each side sent, in the order in which it was sent. */
async function record(version, authorities) {
  const sent = [];
  const ends = [0, 1].map(
    (side) =>
      new Duplex({
        read() {},
        write(chunk, _, done) {
          sent.push({ side, bytes: Buffer.from(chunk) });
          setImmediate(() => ends[1 - side].push(chunk));
          done();
        },
      }),
  );
  const [own] = authorities;
  const common = { minVersion: version, maxVersion: version };
  const server = new tls.TLSSocket(ends[1], {
    ...common,
    ...own,
    isServer: true,
    requestCert: true,
    rejectUnauthorized: false,
    ca: authorities.map(({ cert }) => cert),
  });
  const client = tls.connect({
    ...common,
    ...own,
    socket: ends[0],
    servername: 'www.example.org',
    rejectUnauthorized: false,
  });
  await new Promise((resolve, reject) => {
    client.on('error', reject);
    server.on('error', reject);
    server.on('data', () => server.write(Buffer.alloc(1200, 'a')));
    client.on('data', resolve);
    client.on('secureConnect', () => client.write('GET / HTTP/1.1\r\nHost: www.example.org\r\n\r\n'));
  });
  client.destroy();
  server.destroy();
  return sent;
}

/** Writes a capture of at least `size` bytes; answers how many connections it holds. */
export async function writeCapture(file, size) {
  const folder = mkdtempSync(path.join(tmpdir(), 'handclasp-bench-'));
  const authorities = identity(folder, 21);
  rmSync(folder, { recursive: true });
  const conversations = [
    conversationOf(await record('TLSv1.2', authorities)),
    conversationOf(await record('TLSv1.3', authorities)),
  ];
  const out = openSync(file, 'w');
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(262_144, 16);
  header.writeUInt32LE(1, 20);
  writeSync(out, header);
  let connections = 0;
  for (let written = 24; written < size; connections++) {
    const packets = conversations[connections % 2];
    stamp(packets, connections);
    written += writeSync(out, packets.bytes);
  }
  closeSync(out);
  return connections;
}

const MSS = 1448;

/** The packets of one connection, with the places at which the next one differs. */
function conversationOf(sent) {
  const packets = [];
  const next = [1000, 5000];
  const add = (side, flags, data = Buffer.alloc(0)) => {
    packets.push({ side, bytes: packet(side, flags, next[side], next[1 - side], data) });
    next[side] += data.length + (flags & 3 ? 1 : 0);
  };
  add(0, 0x02);
  add(1, 0x12);
  add(0, 0x10);
  for (const { side, bytes } of sent) {
    for (let at = 0; at < bytes.length; at += MSS) add(side, 0x18, bytes.subarray(at, at + MSS));
    add(1 - side, 0x10);
  }
  add(0, 0x11);
  add(1, 0x11);
  add(0, 0x10);
  let at = 0;
  const places = packets.map(({ side, bytes }) => {
    const place = { side, at };
    at += bytes.length;
    return place;
  });
  return { bytes: Buffer.concat(packets.map(({ bytes }) => bytes)), places };
}

function packet(side, flags, sequence, acknowledged, data) {
  const head = Buffer.alloc(16 + 14 + 20 + 20);
  const length = 54 + data.length;
  head.writeUInt32LE(length, 8);
  head.writeUInt32LE(length, 12);
  head.writeUInt16BE(0x0800, 28);
  head[30] = 0x45;
  head.writeUInt16BE(40 + data.length, 32);
  head[38] = 64;
  head[39] = 6;
  const client = [10, 0, 0, 0];
  const server = [192, 0, 2, 10];
  head.set(side === 0 ? client : server, 42);
  head.set(side === 0 ? server : client, 46);
  head.writeUInt16BE(443, side === 0 ? 52 : 50);
  head.writeUInt32BE(sequence, 54);
  head.writeUInt32BE(flags === 2 ? 0 : acknowledged, 58);
  head[62] = 0x50;
  head[63] = flags;
  head.writeUInt16BE(65_535, 64);
  return Buffer.concat([head, data]);
}

/** Gives all packets of the connection its own client address, port and time. */
function stamp({ bytes, places }, number) {
  const micros = number * 400;
  for (const [i, { side, at }] of places.entries()) {
    bytes.writeUInt32LE(1_700_000_000 + Math.floor((micros + i * 20) / 1e6), at);
    bytes.writeUInt32LE((micros + i * 20) % 1e6, at + 4);
    const address = at + (side === 0 ? 42 : 46);
    bytes.writeUInt16BE(1 + (number >> 14), address + 2);
    bytes.writeUInt16BE(20_000 + (number & 0x3fff), at + (side === 0 ? 50 : 52));
  }
}
