import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { toHex } from '../../src/base/bytes.ts';
import { observe } from '../../src/evidence/capture/observe.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { nodeDecipher } from '../../src/platform/decipher.ts';
import type { Ends } from '../../src/wire/capture/ends.ts';
import type { SeenDtls } from '../../src/wire/tls/passive/dtls.ts';
import { KeyLog } from '../../src/wire/tls/passive/key-log.ts';
import type { SeenConversation, SeenRequest } from '../../src/wire/tls/passive/seen.ts';
import {
  cipherSuite,
  clientCertificateType,
  signatureScheme,
  version,
} from '../../src/wire/tls/registry/index.ts';
import type { Name } from '../../src/wire/x509/name.ts';
import { filesWithTruth, hasShared, sharedBytes, sharedJson } from './corpus.ts';

// Captures that nobody here made, read packet by packet by us and by TShark (the truth beside each): every stream.

interface TrueRequest {
  readonly from: string;
  readonly certificate_types: readonly string[];
  readonly signature_algorithms: readonly string[];
  readonly context: string | null;
  readonly distinguished_names_length: number | null;
  readonly distinguished_names: readonly { text: string; der_rebuilt: string | null }[];
  readonly der_rebuild_matches_length: boolean;
  readonly dnames_truncated_by_tshark: boolean;
}

interface TrueStream {
  readonly transport: string;
  readonly protocols: readonly string[];
  readonly client: string | null;
  readonly server: string | null;
  readonly sni: string | null;
  readonly negotiated_version: string | null;
  readonly cipher_suite: string | null;
  readonly certificate_requests: readonly TrueRequest[];
  readonly client_certificate: string | null;
  readonly malformed: readonly number[];
  readonly certificates: readonly { from: string; chain: readonly { sha1: string }[] }[];
  readonly alerts: readonly { from: string; level: string; description: string; encrypted: boolean }[];
}

interface Truth {
  readonly file_type: string;
  readonly streams: readonly TrueStream[];
  readonly server_configured_ca_list?: { readonly subjects_rfc2253: readonly string[] };
}

/** A conversation as we saw it, TLS or DTLS. */
interface Ours {
  readonly client: string;
  readonly server: string;
  readonly serverName: string | null;
  readonly version: number | undefined;
  readonly suite: number | undefined;
  readonly requests: readonly SeenRequest[];
  readonly sent: string | null;
  /** Thumbprints of the server's own certificate, one a handshake. */
  readonly serverCertificates: readonly string[];
  readonly alerts: readonly { code: number }[];
}

const FOLDERS = ['corpus/pcap', 'corpus/pcap-generated', 'corpus/pcap-go-recorded'];
const captures = FOLDERS.flatMap((folder) => filesWithTruth(folder).map((name) => `${folder}/${name}`));

/** Streams that we do not follow, each with why. */
const notFollowed: Readonly<Record<string, string>> = {
  'ndpi-doq.pcapng': 'QUIC: TLS without records of its own',
  'ndpi-openvpn_nohmac_tcp.pcapng': 'TLS in pieces inside the packets of OpenVPN',
  'wiki-OpenVPN_TCP_tls-auth.pcapng': 'TLS in pieces inside the packets of OpenVPN',
  'wiki-jxta-sample.pcap': 'TLS inside the messages of JXTA',
  'wiki-wpa-eap-tls.pcap.gz': 'TLS inside EAP over Wi-Fi',
};
/** Files that are no pcap or pcapng: told from them, and what to do is said (evidence/unknown-input.ts). */
const otherFormats: readonly string[] = ['snoop', 'netmon2'];
/** Where TShark and we differ, and why we keep to ours. */
const differing: Readonly<Record<string, string>> = {
  'ndpi-geforcenow.pcapng': 'TShark counts the retransmission of a flight of DTLS as another request',
  'suricata-tls_DER-incomplete-content.pcap':
    'TShark does not show the alert 15 03 03 00 02 02 2a of packet 8',
  'tls13-post-handshake-auth-6ca-certsent.pcapng': "TShark leaves out the client's close_notify",
};

const counted = {
  files: 0,
  streams: 0,
  withoutHello: 0,
  notFollowed: 0,
  compared: 0,
  versions: 0,
  requests: 0,
  names: 0,
  namesByDer: 0,
  namesByText: 0,
  alerts: 0,
  answers: 0,
  serverCertificates: 0,
};

describe.skipIf(!hasShared)(hasShared ? 'captures' : 'captures (skipped: ../shared is not here)', () => {
  test.each(captures.map((file) => [file]))('%s', (file) => {
    const truth = sharedJson<Truth>(`${file}.truth.json`);
    const name = file.replace(/.*\//, '');
    const ours = read(file);
    counted.files++;
    if (otherFormats.includes(truth.file_type)) {
      expect(ours).toBeNull();
      return;
    }
    for (const one of truth.streams) {
      counted.streams++;
      // Begun before the capture: TShark knows application data of TLS by its port; there is nothing to compare.
      if (!one.negotiated_version && !one.client) counted.withoutHello++;
      else if (name in notFollowed) counted.notFollowed++;
      else compare(one, mine(ours!, one), name, truth);
    }
  });

  test('there were enough of them to mean something', () => {
    console.log(JSON.stringify(counted));
    expect(counted.compared).toBeGreaterThan(110);
    expect(counted.requests).toBeGreaterThan(45);
    expect(counted.names).toBeGreaterThan(500);
    expect(counted.serverCertificates).toBeGreaterThan(80);
    expect(counted.namesByDer + counted.namesByText).toBeGreaterThan(500);
  });
});

/** Everything that we see in a capture, with its key log; null when it is none that we read. */
function read(file: string): Ours[] | null {
  const given = sharedBytes(file);
  const bytes = file.endsWith('.gz') ? gunzipSync(given) : given;
  const keyLog = new KeyLog();
  keyLog.add(keysOf(file));
  const all: Ours[] = [];
  const open = observe(
    bytes,
    {
      tls: (seen, ends) => void all.push(fromTls(seen, ends)),
      dtls: (seen, ends) => void all.push(fromDtls(seen, ends)),
      note() {},
    },
    { keyLog, opening: { digest: nodeCrypto, decipher: nodeDecipher } },
  );
  for (let at = 0; at < bytes.length; at += 4096) open?.push(new Uint8Array(bytes.subarray(at, at + 4096)));
  open?.end();
  return open && all;
}

function keysOf(file: string): string {
  try {
    return sharedBytes(`${file}.keylog`).toString();
  } catch {
    return '';
  }
}

const endpoints = (ends: Ends, client: 0 | 1) => {
  const [a, b] = ([0, 1] as const).map((side) => `${ends.address(side)}:${ends.port(side)}`);
  return client === 0 ? { client: a!, server: b! } : { client: b!, server: a! };
};

function fromTls(seen: SeenConversation, ends: Ends): Ours {
  const [first] = seen.handshakes;
  const chain = seen.handshakes.findLast((one) => one.clientCertificate)?.clientCertificate;
  return {
    ...endpoints(ends, seen.clientSide),
    serverName: first?.serverName ?? null,
    version: first?.version,
    suite: first?.cipherSuite,
    requests: seen.handshakes.flatMap(({ requests }) => requests),
    serverCertificates: seen.handshakes.flatMap(({ serverCertificate }) =>
      serverCertificate ? [toHex(nodeCrypto.digest('sha1', serverCertificate))] : [],
    ),
    sent: chain ? (chain.length > 0 ? 'sent' : 'empty') : null,
    alerts: seen.alerts,
  };
}

const fromDtls = (seen: SeenDtls, ends: Ends): Ours => ({
  ...endpoints(ends, seen.clientSide),
  serverName: seen.serverName ?? null,
  version: seen.version,
  suite: undefined,
  requests: seen.requests,
  sent: null,
  serverCertificates: [],
  alerts: [],
});

/** Ours of the same stream: by both ends, or by the ports alone, since TShark tells the outer addresses of a tunnel. */
function mine(ours: readonly Ours[], { client, server, sni }: TrueStream): Ours | undefined {
  const port = (text: string | null): string => text?.replace(/.*:/, '') ?? '';
  return (
    ours.find((one) => one.client === client && one.server === server) ??
    ours.find((one) => port(one.client) === port(client) && port(one.server) === port(server)) ??
    ours.find((one) => one.client === server && one.server === client) ??
    ours.find((one) => one.serverName !== null && one.serverName === sni)
  );
}

const codeIn = (text: string): number => Number(/\((0x[0-9a-f]+|\d+)\)$/.exec(text)?.[1]);
const bare = (text: string): string => text.replace(/ \(.*/, '');

function compare(truth: TrueStream, ours: Ours | undefined, name: string, file: Truth): void {
  const where = `${truth.client} to ${truth.server}`;
  // Nothing of a handshake was captured that could be told from other data.
  if (!ours && !truth.negotiated_version && truth.sni === null) {
    counted.withoutHello++;
    return;
  }
  expect(ours, where).toBeDefined();
  counted.compared++;
  expect(ours!.serverName, where).toBe(truth.sni);
  if (truth.negotiated_version) {
    counted.versions++;
    expect(ours!.version, where).toBe(codeIn(truth.negotiated_version));
    const known = version.name(ours!.version!).replace(/ draft.*| \(Facebook\)/g, '');
    if (!/^(?:Unknown|DTLS)/.test(truth.negotiated_version))
      expect(known).toBe(bare(truth.negotiated_version));
  }
  if (truth.cipher_suite && ours!.suite !== undefined) {
    expect(ours!.suite, where).toBe(codeIn(truth.cipher_suite));
    expect(cipherSuite.name(ours!.suite)).toBe(bare(truth.cipher_suite));
  }
  if (!(name in differing)) expect(ours!.requests, where).toHaveLength(truth.certificate_requests.length);
  for (const [i, request] of ours!.requests.entries())
    compareRequest(truth.certificate_requests[i]!, request, file);
  if (truth.transport !== 'tcp') return;
  expect(ours!.sent, where).toBe(truth.client_certificate);
  counted.answers++;
  const shown = truth.certificates.filter(({ from }) => from === truth.server);
  // Where TShark could not read the chain it shows other bytes than were sent.
  if (ours!.server === truth.server && truth.malformed.length === 0) {
    expect(ours!.serverCertificates, where).toEqual(shown.map(({ chain: [own] }) => own!.sha1));
    counted.serverCertificates += shown.length;
  }
  if (name in differing) return;
  const readable = truth.alerts.filter(({ encrypted }) => !encrypted);
  expect(ours!.alerts.map(({ code }) => code).sort(), where).toEqual(
    readable.map(({ description }) => codeIn(description)).sort(),
  );
  counted.alerts += readable.length;
}

function compareRequest(truth: TrueRequest, { request }: SeenRequest, file: Truth): void {
  counted.requests++;
  counted.names += request.authorities.length;
  expect(request.authoritiesLength).toBe(truth.distinguished_names_length ?? 0);
  expect(request.certificateTypes ?? []).toEqual(truth.certificate_types.map(codeIn));
  expect((request.certificateTypes ?? []).map(clientCertificateType.name)).not.toContain(undefined);
  expect(request.signatureAlgorithms ?? []).toEqual(truth.signature_algorithms.map(codeIn));
  for (const text of truth.signature_algorithms)
    if (!/unknown/i.test(text)) expect(signatureScheme.name(codeIn(text))).toMatch(/^[a-z]/);
  expect(toHex(request.context)).toBe((truth.context ?? '').replaceAll(':', ''));
  if (truth.dnames_truncated_by_tshark) {
    // It lists no more than 100: these by their DER, all by what the server was configured with.
    const listed = truth.distinguished_names.map((one) => one.der_rebuilt);
    expect(request.authorities.slice(0, listed.length).map((one) => toHex(one.der))).toEqual(listed);
    const configured = file.server_configured_ca_list!.subjects_rfc2253;
    expect(request.authorities.map(rfc2253)).toEqual(configured);
    counted.namesByDer += listed.length;
    counted.namesByText += configured.length - listed.length;
    return;
  }
  expect(request.authorities).toHaveLength(truth.distinguished_names.length);
  if (!truth.der_rebuild_matches_length) return;
  counted.namesByDer += request.authorities.length;
  expect(request.authorities.map((one) => toHex(one.der))).toEqual(
    truth.distinguished_names.map((one) => one.der_rebuilt),
  );
}

const TYPES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.17': 'postalCode',
  '2.5.4.97': 'organizationIdentifier',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
};

/** RFC 2253 in UTF-8. */
function rfc2253({ rdns }: Name): string {
  const escaped = (value: string): string => value.replace(/[,+"\\<>;]/g, '\\$&');
  return rdns
    .toReversed()
    .map((rdn) => rdn.map(({ type, value }) => `${TYPES[type] ?? type}=${escaped(value)}`).join('+'))
    .join(',');
}
