import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Malformed } from '../../src/base/bytes.ts';
import { decodeAlert, encodeAlert } from '../../src/wire/tls/alert.ts';
import { decodeCertificate, encodeCertificate } from '../../src/wire/tls/handshake/certificate.ts';
import {
  type CertificateRequest,
  decodeCertificateRequest,
  encodeCertificateRequest,
} from '../../src/wire/tls/handshake/certificate-request.ts';
import {
  decodeCertificateVerify,
  encodeCertificateVerify,
} from '../../src/wire/tls/handshake/certificate-verify.ts';
import {
  codesExtension,
  decodeClientHello,
  encodeClientHello,
  keySharesExtension,
  serverNameExtension,
  versionsExtension,
} from '../../src/wire/tls/handshake/client-hello.ts';
import {
  decodeEncryptedExtensions,
  encodeEncryptedExtensions,
} from '../../src/wire/tls/handshake/encrypted-extensions.ts';
import { decodeKeyUpdate, encodeKeyUpdate } from '../../src/wire/tls/handshake/key-update.ts';
import { decodeNewSessionTicket } from '../../src/wire/tls/handshake/new-session-ticket.ts';
import {
  decodeServerHello,
  encodeServerHello,
  RETRY_RANDOM,
} from '../../src/wire/tls/handshake/server-hello.ts';
import {
  decodeDheParams,
  decodeEcdheParams,
  encodeServerEcdhParams,
} from '../../src/wire/tls/handshake/server-key-exchange.ts';
import { parseName } from '../../src/wire/x509/name.ts';
import { nameDer } from '../support/pki.ts';

const random = new Uint8Array(32).fill(5);
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const key = new Uint8Array(32).fill(6);
const verify = encodeCertificateVerify({ scheme: 0x0403, signature: bytes(1, 2, 3) });
const names = ['Issuing CA', 'Other CA'].map((cn) => parseName(nameDer(cn)));
const request12: CertificateRequest = {
  version: 0x0303,
  context: bytes(),
  certificateTypes: [1, 2, 64],
  signatureAlgorithms: [0x0401, 0x0804, 0xfe99],
  authorities: names,
  authoritiesPresent: true,
  extensions: [],
  authoritiesLength: names.reduce((sum, name) => sum + 2 + name.der.length, 0),
};

const clientHello = encodeClientHello({
  version: 0x0303,
  random,
  sessionId: bytes(1, 2),
  cipherSuites: [0x1301, 0xfe99],
  compressionMethods: [0],
  extensions: [
    serverNameExtension('a.example'),
    versionsExtension([0x0304, 0x0303]),
    codesExtension(10, [29, 23]),
    codesExtension(13, [0x0403]),
    keySharesExtension([{ group: 29, key }]),
    { type: 16, data: bytes(0, 3, 2, 0x68, 0x32) },
    { type: 49, data: bytes() },
  ],
});

/** Each decoder with bytes that it reads. */
const samples: Record<string, { body: Uint8Array; decode: (body: Uint8Array) => unknown }> = {
  ClientHello: { body: clientHello, decode: decodeClientHello },
  ServerHello: {
    body: encodeServerHello({
      legacyVersion: 0x0303,
      random,
      sessionId: bytes(1),
      cipherSuite: 0x1301,
      compressionMethod: 0,
      extensions: [
        { type: 43, data: bytes(3, 4) },
        { type: 51, data: bytes(0, 29, 0, 2, 7, 8) },
      ],
    }),
    decode: decodeServerHello,
  },
  HelloRetryRequest: {
    body: encodeServerHello({
      legacyVersion: 0x0303,
      random: RETRY_RANDOM,
      sessionId: bytes(),
      cipherSuite: 0x1301,
      compressionMethod: 0,
      extensions: [
        { type: 43, data: bytes(3, 4) },
        { type: 51, data: bytes(0, 24) },
        { type: 44, data: bytes(0, 1, 9) },
      ],
    }),
    decode: decodeServerHello,
  },
  EncryptedExtensions: {
    body: encodeEncryptedExtensions([{ type: 10, data: bytes(0, 2, 0, 29) }]),
    decode: decodeEncryptedExtensions,
  },
  'Certificate of TLS 1.2': {
    body: encodeCertificate({ context: bytes(), entries: [{ der: key, extensions: [] }] }, 0x0303),
    decode: (body) => decodeCertificate(body, 0x0303),
  },
  'Certificate of TLS 1.3': {
    body: encodeCertificate(
      { context: bytes(1), entries: [{ der: key, extensions: [{ type: 5, data: bytes(1) }] }] },
      0x0304,
    ),
    decode: (body) => decodeCertificate(body, 0x0304),
  },
  'CertificateRequest of TLS 1.2': {
    body: encodeCertificateRequest(request12),
    decode: (body) => decodeCertificateRequest(body, 0x0303),
  },
  'CertificateRequest of TLS 1.3': {
    body: encodeCertificateRequest({ ...request12, version: 0x0304 }),
    decode: (body) => decodeCertificateRequest(body, 0x0304),
  },
  CertificateVerify: { body: verify, decode: (body) => decodeCertificateVerify(body, 0x0303) },
  'CertificateVerify before TLS 1.2': {
    body: verify.subarray(2),
    decode: (body) => decodeCertificateVerify(body, 0x0302),
  },
  ServerKeyExchange: {
    body: Buffer.concat([encodeServerEcdhParams(29, key), verify]),
    decode: (body) => decodeEcdheParams(body, 0x0303),
  },
  'ServerKeyExchange of DHE': {
    body: Buffer.concat([bytes(0, 2, 8, 9, 0, 1, 2, 0, 2, 1, 1), verify]),
    decode: (body) => decodeDheParams(body, 0x0303),
  },
  'NewSessionTicket of TLS 1.2': {
    body: bytes(0, 0, 1, 0, 0, 2, 8, 9),
    decode: (body) => decodeNewSessionTicket(body, 0x0303),
  },
  'NewSessionTicket of TLS 1.3': {
    body: bytes(0, 0, 1, 0, 1, 2, 3, 4, 1, 7, 0, 2, 8, 9, 0, 0),
    decode: (body) => decodeNewSessionTicket(body, 0x0304),
  },
  KeyUpdate: { body: encodeKeyUpdate(true), decode: decodeKeyUpdate },
  alert: { body: encodeAlert({ level: 'fatal', code: 116 }), decode: decodeAlert },
};

describe.each(Object.entries(samples))('%s', (_, { body, decode }) => {
  test('is read', () => {
    expect(() => decode(body)).not.toThrow();
  });

  test('cut anywhere it is Malformed, or means something on its own', () => {
    for (let length = 0; length < body.length; length++)
      onlyMalformed(() => decode(body.subarray(0, length)));
    expect(() => decode(body.subarray(0, body.length - 1))).toThrow(Malformed);
  });

  test('leftovers are refused', () => {
    expect(() => decode(Buffer.concat([body, bytes(0)]))).toThrow(Malformed);
  });

  test('any bytes in it throw nothing but Malformed', () => {
    const place = fc.nat(Math.max(0, body.length - 1));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), place, fc.nat(255), (noise, at, value) => {
        onlyMalformed(() => decode(noise));
        onlyMalformed(() => decode(Uint8Array.from(body, (byte, i) => (i === at ? value : byte))));
      }),
    );
  });
});

function onlyMalformed(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(Malformed);
  }
}

test('a ClientHello says what its extensions say', () => {
  expect(decodeClientHello(clientHello)).toMatchObject({
    serverName: 'a.example',
    supportedVersions: [0x0304, 0x0303],
    groups: [29, 23],
    signatureAlgorithms: [0x0403],
    keyShares: [{ group: 29, key }],
    protocols: ['h2'],
    postHandshakeAuth: true,
    extendedMasterSecret: false,
    cipherSuites: [0x1301, 0xfe99],
  });
  expect(encodeClientHello(decodeClientHello(clientHello))).toEqual(clientHello);
});

test('a HelloRetryRequest is told from a ServerHello', () => {
  const retry = decodeServerHello(samples.HelloRetryRequest!.body);
  expect(retry).toMatchObject({
    isRetry: true,
    retryGroup: 24,
    cookie: bytes(9),
    keyShare: null,
    version: 0x0304,
  });
  const hello = decodeServerHello(samples.ServerHello!.body);
  expect(hello).toMatchObject({
    isRetry: false,
    retryGroup: null,
    keyShare: { group: 29, key: bytes(7, 8) },
  });
});

test('an extension that comes twice is refused', () => {
  const twice = encodeEncryptedExtensions([
    { type: 10, data: bytes() },
    { type: 10, data: bytes() },
  ]);
  expect(() => decodeEncryptedExtensions(twice)).toThrow('extension supported_groups twice');
});
