import { Malformed, Reader } from '../../../base/bytes.ts';
import { decodeCertificate } from '../handshake/certificate.ts';
import { decodeCertificateRequest } from '../handshake/certificate-request.ts';
import { decodeCertificateVerify } from '../handshake/certificate-verify.ts';
import { decodeClientHello } from '../handshake/client-hello.ts';
import { decodeEncryptedExtensions } from '../handshake/encrypted-extensions.ts';
import { decodeKeyUpdate } from '../handshake/key-update.ts';
import { HandshakeAssembler, type HandshakeMessage } from '../handshake/message.ts';
import { decodeNewSessionTicket } from '../handshake/new-session-ticket.ts';
import { decodeServerHello } from '../handshake/server-hello.ts';
import { decodeDheParams, decodeEcdheParams } from '../handshake/server-key-exchange.ts';
import { HANDSHAKE, handshakeType } from '../registry/handshake-type.ts';
import { TLS12, TLS13 } from '../registry/version.ts';
import { suiteOf } from '../session/suite.ts';
import type { Field } from './field.ts';
import { readFields } from './read-fields.ts';

interface Titled {
  readonly title: string;
  readonly bytes: Uint8Array;
  readonly fields: readonly Field[];
}

/** Both directions' handshake messages; what the hello settled decides how later ones are read. */
export class HandshakeView {
  readonly #assemblers = { sent: new HandshakeAssembler(), received: new HandshakeAssembler() };
  #version = TLS12;
  #cipherSuite = 0;

  *read(direction: 'sent' | 'received', bytes: Uint8Array): Generator<Titled> {
    const assembler = this.#assemblers[direction];
    assembler.push(bytes);
    try {
      for (let next = assembler.next(); next; next = assembler.next()) yield this.#message(next);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      yield { title: error.message, bytes, fields: [] };
    }
  }

  #message(message: HandshakeMessage): Titled {
    const { type, bytes } = message;
    this.#learn(message);
    const fields = readFields(bytes, () => {
      const reader = new Reader(bytes);
      reader.u8('msg_type');
      reader.u24('message length');
      this.#decode(type, reader.rest());
    });
    return { title: handshakeType.name(type), bytes, fields };
  }

  #learn({ type, body }: HandshakeMessage): void {
    if (type !== HANDSHAKE.serverHello) return;
    try {
      const hello = decodeServerHello(body);
      this.#version = hello.version;
      this.#cipherSuite = hello.cipherSuite;
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
    }
  }

  #decode(type: number, body: Uint8Array): unknown {
    const version = this.#version;
    switch (type) {
      case HANDSHAKE.clientHello:
        return decodeClientHello(body);
      case HANDSHAKE.serverHello:
        return decodeServerHello(body);
      case HANDSHAKE.encryptedExtensions:
        return decodeEncryptedExtensions(body);
      case HANDSHAKE.certificate:
        return decodeCertificate(body, version);
      case HANDSHAKE.certificateRequest:
        return decodeCertificateRequest(body, version);
      case HANDSHAKE.certificateVerify:
        return decodeCertificateVerify(body, version);
      case HANDSHAKE.serverKeyExchange:
        return suiteOf(this.#cipherSuite)?.keyExchange === 'dhe'
          ? decodeDheParams(body, version)
          : decodeEcdheParams(body, version);
      case HANDSHAKE.newSessionTicket:
        return decodeNewSessionTicket(body, version);
      case HANDSHAKE.keyUpdate:
        return decodeKeyUpdate(body);
      case HANDSHAKE.clientKeyExchange:
        return this.#readClientExchange(new Reader(body));
      case HANDSHAKE.finished:
        return new Reader(body).take(body.length, 'verify_data');
      default:
        return null;
    }
  }

  /** We write it and never read it. */
  #readClientExchange(reader: Reader): void {
    const exchange = suiteOf(this.#cipherSuite)?.keyExchange;
    if (exchange === 'ecdhe') reader.block8('ecdh_Yc', (point) => point.rest());
    else if (exchange === 'dhe') reader.block16('dh_Yc', (key) => key.rest());
    else if (this.#version < TLS13) reader.block16('EncryptedPreMasterSecret', (secret) => secret.rest());
  }
}
