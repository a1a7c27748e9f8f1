import crypto from 'node:crypto';
import { concat } from '../../src/base/bytes.ts';
import type { KeyShare } from '../../src/base/ports.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { encodeCertificate } from '../../src/wire/tls/handshake/certificate.ts';
import { encodeCertificateVerify, signedContent } from '../../src/wire/tls/handshake/certificate-verify.ts';
import { type ClientHello, decodeClientHello } from '../../src/wire/tls/handshake/client-hello.ts';
import { encodeEncryptedExtensions } from '../../src/wire/tls/handshake/encrypted-extensions.ts';
import type { Extension } from '../../src/wire/tls/handshake/extension.ts';
import {
  encodeHandshake,
  HandshakeAssembler,
  type HandshakeMessage,
} from '../../src/wire/tls/handshake/message.ts';
import { encodeServerHello, RETRY_RANDOM } from '../../src/wire/tls/handshake/server-hello.ts';
import { CONTENT } from '../../src/wire/tls/registry/content-type.ts';
import { HANDSHAKE } from '../../src/wire/tls/registry/handshake-type.ts';
import { GROUP } from '../../src/wire/tls/registry/named-group.ts';
import type { Hashing } from '../../src/wire/tls/session/hkdf.ts';
import {
  applicationSecrets,
  finishedMac,
  handshakeSecrets,
  nextSecret,
  type TrafficSecrets,
} from '../../src/wire/tls/session/key-schedule.ts';
import { tls13Protection } from '../../src/wire/tls/session/protection.ts';
import { RecordLayer } from '../../src/wire/tls/session/record-layer.ts';
import { type Suite, suiteOf } from '../../src/wire/tls/session/suite.ts';
import { Transcript } from '../../src/wire/tls/session/transcript.ts';
import type { Issued } from './pki.ts';

/** What the server does; it misbehaves only where told to. */
export interface Script {
  readonly identity: Issued;
  /** Sent in place of the certificate. */
  readonly certificateDer?: Uint8Array;
  readonly suite?: number;
  readonly group?: number;
  /** Asks for a second ClientHello with this cookie. */
  readonly cookie?: Uint8Array;
  /** Body of a CertificateRequest in the handshake. */
  readonly request?: Uint8Array;
  readonly breakSignature?: boolean;
  readonly breakFinished?: boolean;
  /** Version to claim in supported_versions. */
  readonly version?: number;
  /** Bytes put behind ServerHello in its record. */
  readonly afterHello?: Uint8Array;
}

/**
 * A TLS 1.3 server that follows a script, without a socket. It shares the record layer and the key schedule with the
 * client under test: their truth is proven by RFC 8448's vectors and by real servers, not here.
 */
export class ScriptedServer {
  readonly layer = new RecordLayer(0x0303);
  hello: ClientHello | null = null;
  hellos = 0;
  /** Messages of the client after its hello. */
  readonly messages: HandshakeMessage[] = [];
  /** Whether the client's last Finished fits. */
  finishedFits: boolean | null = null;
  readonly data: Uint8Array[] = [];
  /** Alerts of the client, level and code. */
  readonly alerts: Uint8Array[] = [];
  traffic: TrafficSecrets | null = null;
  transcript = new Transcript(nodeCrypto);
  readonly #script: Script;
  readonly #suite: Suite;
  readonly hashing: Hashing;
  readonly #assembler = new HandshakeAssembler();
  #clientSecret: Uint8Array | null = null;

  constructor(script: Script) {
    this.#script = script;
    this.#suite = suiteOf(script.suite ?? 0x1301)!;
    this.hashing = { crypto: nodeCrypto, hash: this.#suite.hash };
  }

  /** Takes the client's bytes, gives what the server sends. */
  async receive(bytes: Uint8Array): Promise<Uint8Array> {
    this.layer.push(bytes);
    for (let record = this.layer.nextRecord(); record; record = this.layer.nextRecord()) {
      if (record.type === CONTENT.changeCipherSpec) continue;
      // A client that refuses our hello has no keys yet.
      if (record.type === CONTENT.alert) {
        this.alerts.push(record.fragment);
        continue;
      }
      const { type, fragment } = await this.layer.open(record);
      if (type === CONTENT.alert) this.alerts.push(fragment);
      else if (type === CONTENT.applicationData) this.data.push(fragment);
      else await this.#handshake(fragment);
    }
    return this.layer.take();
  }

  /** Sends a message that belongs to no transcript: a ticket, a KeyUpdate. */
  async sendAfter(type: number, body: Uint8Array): Promise<Uint8Array> {
    await this.layer.send(CONTENT.handshake, encodeHandshake(type, body));
    return this.layer.take();
  }

  async updateKeys(): Promise<void> {
    const server = await nextSecret(this.hashing, this.traffic!.server);
    this.traffic = { ...this.traffic!, server };
    this.layer.writing = await tls13Protection(this.hashing, this.#suite, server);
  }

  /** Asks for a certificate after the handshake. */
  async requestAfter(body: Uint8Array): Promise<Uint8Array> {
    const message = encodeHandshake(HANDSHAKE.certificateRequest, body);
    this.transcript = this.transcript.with(message);
    this.messages.length = 0;
    this.finishedFits = null;
    await this.layer.send(CONTENT.handshake, message);
    return this.layer.take();
  }

  async #handshake(fragment: Uint8Array): Promise<void> {
    this.#assembler.push(fragment);
    for (let message = this.#assembler.next(); message; message = this.#assembler.next()) {
      if (message.type === HANDSHAKE.clientHello) await this.#answerHello(message);
      else await this.#clientMessage(message);
    }
  }

  async #clientMessage(message: HandshakeMessage): Promise<void> {
    this.messages.push(message);
    if (message.type === HANDSHAKE.keyUpdate) {
      const client = await nextSecret(this.hashing, this.traffic!.client);
      this.traffic = { ...this.traffic!, client };
      this.layer.reading = await tls13Protection(this.hashing, this.#suite, client);
      return;
    }
    if (message.type === HANDSHAKE.finished) {
      const hash = this.transcript.hash(this.#suite.hash);
      const expected = await finishedMac(this.hashing, this.#clientSecret!, hash);
      this.finishedFits = Buffer.compare(expected, message.body) === 0;
      // After the handshake the keys stay; a Finished of post-handshake authentication changes nothing.
      if (this.#clientSecret !== this.traffic!.client)
        this.layer.reading = await tls13Protection(this.hashing, this.#suite, this.traffic!.client);
      this.#clientSecret = this.traffic!.client;
    }
    this.transcript.add(message.bytes);
  }

  async #answerHello(message: HandshakeMessage): Promise<void> {
    this.hello = decodeClientHello(message.body);
    this.hellos++;
    this.transcript.add(message.bytes);
    const { group = 29, cookie } = this.#script;
    const offered = this.hello.keyShares.find((one) => one.group === group);
    const wantsRetry = this.hellos === 1 && (!offered || cookie);
    if (wantsRetry) return this.#retry(offered ? null : group);
    const share = await nodeCrypto.keyShare(GROUP.get(group)!);
    await this.#flight(share, offered!.key, group);
  }

  async #retry(group: number | null): Promise<void> {
    const { cookie } = this.#script;
    this.transcript.replaceByHash(this.#suite.hash);
    const extensions = [
      { type: 43, data: Uint8Array.of(3, 4) },
      ...(group === null ? [] : [{ type: 51, data: Uint8Array.of(group >> 8, group) }]),
      ...(cookie ? [{ type: 44, data: concat([Uint8Array.of(0, cookie.length), cookie]) }] : []),
    ];
    await this.#send(HANDSHAKE.serverHello, this.#helloBody(RETRY_RANDOM, extensions));
  }

  #helloBody(random: Uint8Array, extensions: Extension[]): Uint8Array {
    return encodeServerHello({
      legacyVersion: 0x0303,
      random,
      sessionId: this.hello!.sessionId,
      cipherSuite: this.#suite.code,
      compressionMethod: 0,
      extensions,
    });
  }

  async #flight(share: KeyShare, peer: Uint8Array, group: number): Promise<void> {
    const { version = 0x0304, afterHello, request, breakFinished } = this.#script;
    const key = share.publicKey;
    const extensions = [
      { type: 43, data: Uint8Array.of(version >> 8, version) },
      { type: 51, data: concat([Uint8Array.of(group >> 8, group, key.length >> 8, key.length), key]) },
    ];
    const hello = encodeHandshake(HANDSHAKE.serverHello, this.#helloBody(nodeCrypto.random(32), extensions));
    this.transcript.add(hello);
    await this.layer.send(CONTENT.handshake, concat([hello, afterHello ?? new Uint8Array(0)]));
    const shared = await share.agree(peer);
    const secrets = await handshakeSecrets(this.hashing, shared, this.transcript.hash(this.#suite.hash));
    this.layer.writing = await tls13Protection(this.hashing, this.#suite, secrets.server);
    this.layer.reading = await tls13Protection(this.hashing, this.#suite, secrets.client);
    await this.#send(HANDSHAKE.encryptedExtensions, encodeEncryptedExtensions([]));
    if (request) await this.#send(HANDSHAKE.certificateRequest, request);
    await this.#prove();
    const mac = await finishedMac(this.hashing, secrets.server, this.transcript.hash(this.#suite.hash));
    if (breakFinished) mac[0]! ^= 1;
    await this.#send(HANDSHAKE.finished, mac);
    this.#clientSecret = secrets.client;
    const finishedHash = this.transcript.hash(this.#suite.hash);
    this.traffic = await applicationSecrets(this.hashing, secrets.master, finishedHash);
    this.layer.writing = await tls13Protection(this.hashing, this.#suite, this.traffic.server);
  }

  async #prove(): Promise<void> {
    const { identity, certificateDer, breakSignature } = this.#script;
    const entries = [{ der: certificateDer ?? identity.der, extensions: [] }];
    await this.#send(
      HANDSHAKE.certificate,
      encodeCertificate({ context: new Uint8Array(0), entries }, 0x0304),
    );
    const content = signedContent('server', this.transcript.hash(this.#suite.hash));
    if (breakSignature) content[70]! ^= 1;
    const signature = crypto.sign('sha256', content, identity.keys.privateKey);
    await this.#send(HANDSHAKE.certificateVerify, encodeCertificateVerify({ scheme: 0x0403, signature }));
  }

  async #send(type: number, body: Uint8Array): Promise<void> {
    const message = encodeHandshake(type, body);
    this.transcript.add(message);
    await this.layer.send(CONTENT.handshake, message);
  }
}
