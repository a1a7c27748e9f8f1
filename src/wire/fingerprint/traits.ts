import { Malformed } from '../../base/bytes.ts';
import type { CertificateRequest } from '../tls/handshake/certificate-request.ts';
import { HandshakeAssembler, type HandshakeMessage } from '../tls/handshake/message.ts';
import { decodeServerHello, type ServerHello } from '../tls/handshake/server-hello.ts';
import { RecordReader, type TlsRecord } from '../tls/record.ts';
import { CONTENT } from '../tls/registry/content-type.ts';
import { HANDSHAKE } from '../tls/registry/handshake-type.ts';
import { TLS13 } from '../tls/registry/version.ts';

/** What of a handshake differs from one implementation to the next, as far as it is seen without keys. */
export interface Traits {
  readonly version: number;
  /** Extension types of the ServerHello in the server's order. */
  readonly helloExtensions: readonly number[];
  readonly sessionIdLength: number;
  /** Types of the handshake messages in each record before protection starts: [[2, 11], [12, 14]]. */
  readonly records: readonly (readonly number[])[];
  /** Lengths of the first protected records, content type and tag included. */
  readonly protectedLengths: readonly number[];
  /** TLS 1.3: a change_cipher_spec for middleboxes came (RFC 8446 appendix D.4). */
  readonly changesCipherSpec: boolean;
  /** From the session: the request as it was read, whenever it came. */
  readonly request: Pick<
    CertificateRequest,
    'certificateTypes' | 'signatureAlgorithms' | 'extensions'
  > | null;
}

/** Protected records that say something of how the first flight is cut. */
const MOST_PROTECTED = 8;

/** Reads what a server sent, from its first byte on. Null without a whole ServerHello. Never throws. */
export function traitsOf(received: Uint8Array, request: Traits['request']): Traits | null {
  const seen = readPlainly(received);
  const hello = seen.hello;
  if (!hello) return null;
  return {
    version: hello.version,
    helloExtensions: hello.extensions.map(({ type }) => type),
    sessionIdLength: hello.sessionId.length,
    records: seen.records,
    protectedLengths: seen.protectedLengths,
    changesCipherSpec: seen.changesCipherSpec,
    request,
  };
}

interface Seen {
  hello: ServerHello | null;
  records: number[][];
  protectedLengths: number[];
  changesCipherSpec: boolean;
}

function readPlainly(received: Uint8Array): Seen {
  const seen: Seen = {
    hello: null,
    records: [],
    protectedLengths: [],
    changesCipherSpec: false,
  };
  const reader = new RecordReader();
  reader.push(received);
  const assembler = new HandshakeAssembler();
  try {
    for (let record = reader.next(); record; record = reader.next()) takeRecord(record, assembler, seen);
  } catch (error) {
    // What came before a broken record stays true.
    if (!(error instanceof Malformed)) throw error;
  }
  return seen;
}

function takeRecord(record: TlsRecord, assembler: HandshakeAssembler, seen: Seen): void {
  if (record.type === CONTENT.changeCipherSpec) {
    seen.changesCipherSpec = true;
    return;
  }
  const isAgreed = seen.hello?.version === TLS13 && !seen.hello.isRetry;
  // After a HelloRetryRequest the change_cipher_spec protects nothing yet.
  if (isAgreed || (seen.changesCipherSpec && !seen.hello?.isRetry)) {
    if (seen.protectedLengths.length < MOST_PROTECTED) seen.protectedLengths.push(record.fragment.length);
    return;
  }
  if (record.type !== CONTENT.handshake) return;
  assembler.push(record.fragment);
  const types: number[] = [];
  for (let message = assembler.next(); message; message = assembler.next()) {
    types.push(message.type);
    takeMessage(message, seen);
  }
  seen.records.push(types);
}

function takeMessage({ type, body }: HandshakeMessage, seen: Seen): void {
  if (type === HANDSHAKE.serverHello) seen.hello = decodeServerHello(body);
}
