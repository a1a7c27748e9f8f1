import { describe, expect, test } from 'vitest';
import { Malformed, toHex } from '../../src/base/bytes.ts';
import { decodeCertificateRequest } from '../../src/wire/tls/handshake/certificate-request.ts';
import { decodeClientHello } from '../../src/wire/tls/handshake/client-hello.ts';
import { HandshakeAssembler, type HandshakeMessage } from '../../src/wire/tls/handshake/message.ts';
import { decodeServerHello } from '../../src/wire/tls/handshake/server-hello.ts';
import { RecordReader } from '../../src/wire/tls/record.ts';
import {
  cipherSuite,
  clientCertificateType,
  signatureScheme,
  version,
} from '../../src/wire/tls/registry/index.ts';
import { type Stream, tcpStreams } from './captured.ts';
import { filesWithTruth, hasShared, sharedBytes, sharedJson } from './corpus.ts';

/** Captures that nobody here made, read by our decoders and by TShark (the truth beside each). */

const FOLDERS = ['corpus/pcap', 'corpus/pcap-generated', 'corpus/pcap-go-recorded'];

interface TrueRequest {
  from: string;
  certificate_types: string[];
  signature_algorithms: string[];
  context: string | null;
  distinguished_names_length: number;
  distinguished_names_count: number;
  distinguished_names: { der_rebuilt: string | null }[];
  der_rebuild_matches_length: boolean;
  dnames_truncated_by_tshark: boolean;
}

interface TrueStream {
  transport: string;
  protocols: string[];
  client: string;
  server: string;
  sni: string | null;
  negotiated_version: string | null;
  cipher_suite: string | null;
  certificate_requests: TrueRequest[];
}

/** Handshake messages in the clear, up to the first change of keys or what is no TLS. */
function clearMessages({ bytes }: Stream): HandshakeMessage[] {
  const records = new RecordReader();
  const assembler = new HandshakeAssembler();
  const messages: HandshakeMessage[] = [];
  records.push(bytes);
  try {
    for (let record = records.next(); record?.type === 22; record = records.next()) {
      assembler.push(record.fragment);
      for (let next = assembler.next(); next; next = assembler.next()) messages.push(next);
    }
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
  }
  return messages;
}

const codeIn = (text: string): number => Number(/\((0x[0-9a-f]+|\d+)\)$/.exec(text)?.[1]);
const bare = (text: string): string => text.replace(/ \(.*/, '');

const captures = FOLDERS.flatMap((folder) => filesWithTruth(folder).map((name) => `${folder}/${name}`));
const counted = { hellos: 0, servers: 0, requests: 0, names: 0 };

describe.skipIf(!hasShared)(hasShared ? 'captures' : 'captures (skipped: ../shared is not here)', () => {
  test.each(captures.map((file) => [file]))('%s', (file) => {
    const truth = sharedJson<{ streams: TrueStream[] }>(`${file}.truth.json`);
    const streams = tcpStreams(sharedBytes(file));
    for (const one of truth.streams.filter(
      ({ transport, protocols }) => transport === 'tcp' && protocols.includes('TLS'),
    )) {
      compareHello(
        one,
        streams.find(({ from, to }) => from === one.client && to === one.server),
      );
      compareServer(
        one,
        streams.find(({ from, to }) => from === one.server && to === one.client),
      );
    }
  });

  test('there were enough of them to mean something', () => {
    expect(counted.hellos).toBeGreaterThan(50);
    expect(counted.servers).toBeGreaterThan(50);
    expect(counted.requests).toBeGreaterThan(15);
    expect(counted.names).toBeGreaterThan(400);
  });
});

function compareHello(truth: TrueStream, stream: Stream | undefined): void {
  const message = stream && clearMessages(stream)[0];
  if (message?.type !== 1) return;
  counted.hellos++;
  expect(decodeClientHello(message.body).serverName).toBe(truth.sni);
}

function compareServer(truth: TrueStream, stream: Stream | undefined): void {
  const messages = stream ? clearMessages(stream) : [];
  const hellos = messages.filter((one) => one.type === 2).map((one) => decodeServerHello(one.body));
  const hello = hellos.at(-1);
  if (!hello || !truth.cipher_suite || !truth.negotiated_version) return;
  counted.servers++;
  // TShark says no draft numbers.
  expect(version.name(hello.version).replace(/ draft.*/, '')).toBe(bare(truth.negotiated_version));
  expect([hello.cipherSuite, cipherSuite.name(hello.cipherSuite)]).toEqual([
    codeIn(truth.cipher_suite),
    bare(truth.cipher_suite),
  ]);
  const [request] = messages.filter((one) => one.type === 13);
  if (request) compareRequest(truth.certificate_requests[0]!, request.body, hello.version);
}

function compareRequest(truth: TrueRequest, body: Uint8Array, under: number): void {
  const request = decodeCertificateRequest(body, under);
  counted.requests++;
  counted.names += request.authorities.length;
  expect(request.authoritiesLength).toBe(truth.distinguished_names_length);
  expect(request.certificateTypes).toEqual(truth.certificate_types.map(codeIn));
  expect(request.signatureAlgorithms ?? []).toEqual(truth.signature_algorithms.map(codeIn));
  for (const text of truth.signature_algorithms) {
    const name = signatureScheme.name(codeIn(text));
    if (!/unknown/i.test(text)) expect([text, name]).toEqual([text, expect.stringMatching(/^[a-z]/)]);
  }
  expect((request.certificateTypes ?? []).map(clientCertificateType.name)).not.toContain(undefined);
  if (truth.dnames_truncated_by_tshark || !truth.der_rebuild_matches_length) return;
  expect(request.authorities.map((name) => toHex(name.der))).toEqual(
    truth.distinguished_names.map((name) => name.der_rebuilt),
  );
}
