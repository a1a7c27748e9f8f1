import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Malformed } from '../../src/base/bytes.ts';
import { latin1Text } from '../../src/base/text.ts';
import { openCapture } from '../../src/wire/capture/capture-file.ts';
import { Connections } from '../../src/wire/capture/connections.ts';
import { Internet } from '../../src/wire/capture/ip.ts';
import { readLink } from '../../src/wire/capture/link.ts';
import { decodeClientHello } from '../../src/wire/tls/handshake/client-hello.ts';
import { HandshakeAssembler } from '../../src/wire/tls/handshake/message.ts';
import { decodeServerHello } from '../../src/wire/tls/handshake/server-hello.ts';
import { readClientHelloFacts, readServerHelloFacts } from '../../src/wire/tls/passive/hello-facts.ts';
import { Interned } from '../../src/wire/tls/passive/interned.ts';
import { RecordReader } from '../../src/wire/tls/record.ts';
import { CONTENT } from '../../src/wire/tls/registry/content-type.ts';
import { HANDSHAKE } from '../../src/wire/tls/registry/handshake-type.ts';
import { filesWithTruth, hasShared, sharedBytes } from './corpus.ts';

// The decoders of our own client, and the ones that only listen, on the hellos of captures that nobody here made.

const FOLDERS = ['corpus/pcap', 'corpus/pcap-generated', 'corpus/pcap-go-recorded'];
const captures = FOLDERS.flatMap((folder) => filesWithTruth(folder).map((name) => `${folder}/${name}`));
const names = new Interned(latin1Text);
const counted = { clients: 0, servers: 0 };

describe.skipIf(!hasShared)(hasShared ? 'hellos' : 'hellos (skipped: ../shared is not here)', () => {
  test.each(captures.map((file) => [file]))('%s', (file) => {
    const given = sharedBytes(file);
    for (const said of sides(file.endsWith('.gz') ? gunzipSync(given) : given)) compare(said);
  });

  test('there were enough of them to mean something', () => {
    expect(counted.clients).toBeGreaterThan(75);
    expect(counted.servers).toBeGreaterThan(75);
  });
});

/** What each side of each connection said, up to where something is missing. */
function sides(capture: Uint8Array): Uint8Array[] {
  const moment = { time: null, place: 0, placeEnd: 0 };
  const all: Buffer[][] = [];
  const connections = new Connections(moment, () => {
    let both: [Buffer[], Buffer[]] = [[], []];
    let isCut = [false, false];
    return {
      begin() {
        both = [[], []];
        isCut = [false, false];
        all.push(...both);
      },
      side: (side) => ({
        data(bytes, from, to) {
          if (!isCut[side]) both[side].push(Buffer.from(bytes.slice(from, to)));
        },
        gap() {
          isCut[side] = true;
        },
      }),
      interested: true,
      end() {},
    };
  });
  const internet = new Internet({ tcp: (datagram) => connections.segment(datagram), udp() {} });
  const sink = { packet: readLink.bind(null, internet), secrets() {}, note() {} };
  const open = openCapture(capture, sink, () => connections.end());
  open?.push(capture);
  open?.end();
  return all.map((parts) => new Uint8Array(Buffer.concat(parts)));
}

/** The first message of a side, where it is a hello. */
function compare(said: Uint8Array): void {
  const hello = firstMessage(said);
  if (hello?.type === HANDSHAKE.clientHello) {
    counted.clients++;
    const { serverName, random } = decodeClientHello(hello.body);
    expect(readClientHelloFacts(hello.body, 0, hello.body.length, names)).toEqual({ serverName, random });
  } else if (hello?.type === HANDSHAKE.serverHello) {
    counted.servers++;
    const { version, cipherSuite, isRetry, random, sessionId } = decodeServerHello(hello.body);
    const facts = readServerHelloFacts(hello.body, 0, hello.body.length);
    expect(facts).toMatchObject({ version, cipherSuite, isRetry, random, sessionId });
  }
}

function firstMessage(said: Uint8Array) {
  const records = new RecordReader();
  const messages = new HandshakeAssembler();
  records.push(said);
  try {
    for (let record = records.next(); record?.type === CONTENT.handshake; record = records.next()) {
      messages.push(record.fragment);
      const message = messages.next();
      if (message) return message;
    }
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
  }
  return null;
}
