import { Malformed, toHex } from '../base/bytes.ts';
import type { Locus } from '../base/locus.ts';
import { decodeAlert } from '../wire/tls/alert.ts';
import { decodeCertificate } from '../wire/tls/handshake/certificate.ts';
import { decodeCertificateRequest } from '../wire/tls/handshake/certificate-request.ts';
import { decodeClientHello } from '../wire/tls/handshake/client-hello.ts';
import { decodeServerHello } from '../wire/tls/handshake/server-hello.ts';
import { HANDSHAKE, handshakeType } from '../wire/tls/registry/handshake-type.ts';
import { TLS12, TLS13 } from '../wire/tls/registry/version.ts';
import { parseCertificate } from '../wire/x509/certificate.ts';
import { printName } from '../wire/x509/name.ts';
import type { ReadContext } from './reader.ts';
import { addAlert, type Traced } from './traced-handshake.ts';

export type Direction = 'sent' | 'received';

/** Puts handshake messages that a trace holds as bytes into what it tells of the connection. Bad ones are noted. */
export class TracedMessages {
  readonly #traced: Traced;
  readonly #context: ReadContext;
  #clientFinished = false;
  #serverFinished = false;

  constructor(traced: Traced, context: ReadContext) {
    this.#traced = traced;
    this.#context = context;
  }

  /** With its four bytes of header. */
  message(bytes: Uint8Array, direction: Direction, at: Locus): void {
    const type = bytes[0] ?? HANDSHAKE.helloRequest;
    try {
      this.#read(type, bytes.subarray(4), direction, at);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      const message = `a ${handshakeType.name(type)} that cannot be read: ${error.message}`;
      this.#context.note({ at, message });
    }
  }

  alert(bytes: Uint8Array, direction: Direction, at: Locus): void {
    try {
      addAlert(this.#traced, { from: direction === 'sent' ? 'client' : 'server', ...decodeAlert(bytes) });
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      this.#context.note({ at, message: `an alert that cannot be read: ${error.message}` });
    }
  }

  #read(type: number, body: Uint8Array, direction: Direction, at: Locus): void {
    const traced = this.#traced;
    if (direction === 'sent') this.#sent(type, body);
    else this.#received(type, body, at);
    if (this.#clientFinished && this.#serverFinished) traced.completed = true;
  }

  #sent(type: number, body: Uint8Array): void {
    const traced = this.#traced;
    if (type === HANDSHAKE.clientHello) {
      const { serverName } = decodeClientHello(body);
      if (serverName !== null) traced.serverName = serverName;
    } else if (type === HANDSHAKE.certificate) this.#certificate(body);
    else if (type === HANDSHAKE.certificateVerify) traced.proved = true;
    else if (type === HANDSHAKE.finished) this.#clientFinished = true;
  }

  #received(type: number, body: Uint8Array, at: Locus): void {
    const traced = this.#traced;
    if (type === HANDSHAKE.serverHello) traced.version = decodeServerHello(body).version;
    else if (type === HANDSHAKE.certificateRequest) {
      traced.request = decodeCertificateRequest(body, traced.version ?? TLS12);
      traced.asked = true;
      traced.at = at;
      if (this.#serverFinished) traced.late = this.#isNew ? 'post-handshake' : 'renegotiation';
    } else if (type === HANDSHAKE.serverHelloDone) traced.asked ??= false;
    else if (type === HANDSHAKE.finished) {
      this.#serverFinished = true;
      // Of an abbreviated handshake nothing follows; of TLS 1.3 everything came before.
      if (this.#isNew) traced.asked ??= false;
    }
  }

  get #isNew(): boolean {
    return (this.#traced.version ?? 0) >= TLS13;
  }

  #certificate(body: Uint8Array): void {
    const traced = this.#traced;
    const { entries } = decodeCertificate(body, traced.version ?? TLS12);
    const [leaf] = entries;
    traced.sent = leaf ? 'certificate' : 'none';
    if (!leaf) return;
    const { digest } = this.#context;
    const { subject, issuer } = parseCertificate(leaf.der);
    traced.chainLength = entries.length;
    traced.leaf = {
      thumbprint: toHex(digest.digest('sha1', leaf.der)),
      subject: printName(subject),
      issuer: printName(issuer),
    };
  }
}
