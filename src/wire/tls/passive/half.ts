import { concat, Malformed } from '../../../base/bytes.ts';
import type { FlowSink } from '../../capture/flow.ts';
import { decodeAlert } from '../alert.ts';
import { CONTENT } from '../registry/content-type.ts';
import { HANDSHAKE } from '../registry/handshake-type.ts';
import type { Conversation } from './conversation.ts';
import { findStart, tailOf } from './find-hello.ts';
import { HalfKeys, type Sealed } from './half-keys.ts';
import { HalfMessages } from './half-messages.ts';
import { type RecordTaker, RecordWalk } from './record-walk.ts';
import type { Role } from './seen.ts';
import { isInTds, TDS_HEADER, TdsPackets } from './tds.ts';
import { readV2Hello } from './v2-hello.ts';

/** Bytes in which TLS may begin: what a mail or directory session says before, many times over. */
const SEARCHED = 1 << 16;
/** Bytes of records that wait for what the other side has yet to say. */
const MOST_WAITING = 1 << 18;
/** What a record costs beside its bytes: empty ones are held, too. */
const RECORD = 128;
/** What SSL 3.0 says instead of an empty Certificate (RFC 6101 5.4.2). */
const NO_CERTIFICATE = 41;

/**
 * One direction of a conversation: finds where TLS begins in it, and follows it into the encryption where keys are
 * known.
 */
export class Half implements FlowSink, RecordTaker {
  role: Role | null = null;
  /** It spoke for long, and never TLS. */
  isForeign = false;
  /** Something is missing. */
  lossy = false;
  changedCipher = false;
  hiddenAlerts = 0;
  hidRenegotiation = false;
  readonly messages: HalfMessages;
  readonly #conversation: Conversation;
  readonly #keys: HalfKeys;
  readonly #records = new RecordWalk(this);
  /** TLS has begun. */
  #isTls = false;
  /** TLS stands inside packets of SQL Server. */
  #tds: TdsPackets | null = null;
  #searched = 0;
  #carried: Uint8Array | null = null;
  #encrypted = false;
  /** Encrypted handshake records since the last change of keys: the first is Finished. */
  #hidden = 0;
  #waiting: Sealed[] = [];
  #waitingBytes = 0;
  /** Of the record in hand. */
  #partBytes = 0;

  constructor(conversation: Conversation) {
    this.#conversation = conversation;
    this.#keys = new HalfKeys(conversation);
    this.messages = new HalfMessages(conversation, this, this.#keys);
  }

  /** Ready for another connection. */
  reset(): void {
    this.role = null;
    this.isForeign = false;
    this.lossy = false;
    this.changedCipher = false;
    this.hiddenAlerts = 0;
    this.hidRenegotiation = false;
    this.messages.reset();
    this.#keys.reset();
    this.#records.reset();
    this.#isTls = false;
    this.#tds = null;
    this.#searched = 0;
    this.#carried = null;
    this.#encrypted = false;
    this.#hidden = 0;
    if (this.#waiting.length > 0) this.#waiting = [];
    this.#countWaiting(-this.#waitingBytes);
    this.#countPart(0);
  }

  /** Whether something of it could be decrypted. */
  get opens(): boolean {
    return this.#keys.opened > 0;
  }

  data(bytes: Uint8Array, from: number, to: number): void {
    if (this.#tds) this.#unpack(bytes, from, to);
    else if (this.#isTls) this.#records.push(bytes, from, to);
    else if (!this.isForeign) this.#search(bytes, from, to);
  }

  gap(length: number): void {
    this.lossy = true;
    this.#carried = null;
    if (this.#tds) this.#tds.gap(length);
    if (this.#isTls) this.#records.gap(length);
  }

  // Where TLS begins.

  #search(bytes: Uint8Array, from: number, to: number): void {
    if (this.#carried) {
      const joined = concat([this.#carried, bytes.subarray(from, to)]);
      this.#carried = null;
      this.#search(joined, 0, joined.length);
      return;
    }
    const old = this.#searched === 0 ? readV2Hello(bytes, from, to) : null;
    this.#searched += to - from;
    const start = old ? ({ at: from + old.length, is: 'client' } as const) : findStart(bytes, from, to);
    if (!start) {
      const tail = tailOf(bytes, from, to);
      if (tail < to) this.#carried = bytes.slice(tail, to);
      this.isForeign = this.#searched > SEARCHED;
      return;
    }
    this.#begin(start.is);
    if (old) this.#conversation.clientHello(this, { serverName: null, random: old.random });
    if (isInTds(bytes, from, start.at)) {
      this.#tds = new TdsPackets();
      this.#unpack(bytes, start.at - TDS_HEADER, to);
    } else this.#records.push(bytes, start.at, to);
  }

  #unpack(bytes: Uint8Array, from: number, to: number): void {
    this.#tds?.push(bytes, from, to, (part, at, end) => {
      if (this.#isTls) this.#records.push(part, at, end);
    });
    if (this.#tds?.isDone) this.#tds = null;
  }

  #begin(is: Role | 'alert'): void {
    this.#records.reset();
    this.#isTls = true;
    // An alert tells no role: the other side's hello does.
    if (is !== 'alert') this.#conversation.began(this, is);
  }

  // Records.

  begin(type: number, length: number): 'skip' | 'pieces' | 'whole' {
    const wanted = this.#wantedOf(type);
    if (wanted !== 'whole') return wanted;
    if (this.#conversation.listening.records.isExceeded) {
      this.lost();
      return 'skip';
    }
    this.#countPart(length);
    return 'whole';
  }

  #wantedOf(type: number): 'skip' | 'pieces' | 'whole' {
    if (this.#waiting.length > 0) return 'whole';
    if (type === CONTENT.handshake && this.#isClear(type)) return 'pieces';
    if (type === CONTENT.changeCipherSpec || type === CONTENT.alert || type === CONTENT.handshake)
      return 'whole';
    return this.#keys.pass(this.role) ? 'skip' : 'whole';
  }

  piece(bytes: Uint8Array, from: number, to: number): void {
    this.messages.push(bytes, from, to, false);
  }

  whole(type: number, version: number, fragment: Uint8Array): void {
    this.#countPart(0);
    const record = { type, version, fragment };
    if (this.#waiting.length > 0) this.#wait(record);
    else this.#record(record);
  }

  lost(): void {
    this.lossy = true;
    this.#countPart(0);
    this.messages.lose();
    this.#keys.lose();
    // It only looked like TLS: keep looking.
    if (!this.role) this.#isTls = false;
  }

  /** The other side said something: records that had to wait may now be opened. */
  resume(): void {
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    this.#waiting = [];
    this.#countWaiting(-this.#waitingBytes);
    for (const record of waiting) {
      if (this.#waiting.length > 0) this.#wait(record);
      else this.#record(record);
    }
  }

  #wait(record: Sealed): void {
    this.#waiting.push(record);
    this.#countWaiting(record.fragment.length + RECORD);
    if (this.#waitingBytes <= MOST_WAITING && !this.#conversation.listening.records.isExceeded) return;
    this.#keys.giveUp();
    this.resume();
  }

  #countWaiting(bytes: number): void {
    this.#waitingBytes += bytes;
    this.#conversation.listening.records.held += bytes;
  }

  #countPart(bytes: number): void {
    this.#conversation.listening.records.held += bytes - this.#partBytes;
    this.#partBytes = bytes;
  }

  /** In TLS 1.3 everything that is encrypted is called application data; what says otherwise is in the clear. */
  #isClear(type: number): boolean {
    return type !== CONTENT.applicationData && (!this.#encrypted || this.messages.isNew);
  }

  #record(record: Sealed): void {
    const { type, fragment } = record;
    if (type === CONTENT.changeCipherSpec) this.#changeCipher();
    else if (this.#isClear(type) || isClearHello(record)) this.#content(type, fragment, false);
    else this.#encryptedRecord(record);
  }

  #encryptedRecord(record: Sealed): void {
    const opened = this.#keys.open(this.role, record);
    if (opened === 'wait') this.#wait(record);
    else if (opened) this.#content(opened.type, opened.content, true);
    else if (record.type === CONTENT.alert) this.hiddenAlerts++;
    else if (record.type === CONTENT.handshake) this.#hiddenHandshake();
  }

  /** A second one since the change of keys is no Finished: it begins another handshake. */
  #hiddenHandshake(): void {
    if (++this.#hidden > 1) this.hidRenegotiation = true;
  }

  #changeCipher(): void {
    // Of TLS 1.3 it is there for the sake of middleboxes (RFC 8446 D.4).
    if (this.messages.isNew) return;
    const { current } = this.messages;
    // The server goes on without its ServerHelloDone: an abbreviated handshake (RFC 5246 7.3).
    if (this.role === 'server' && current.version && !current.serverDone && !this.lossy)
      current.resumed = true;
    this.#encrypted = true;
    this.changedCipher = true;
    this.#hidden = 0;
    this.#keys.change(this.messages.handshake);
  }

  #content(type: number, content: Uint8Array, isOpened: boolean): void {
    if (type === CONTENT.handshake) this.messages.push(content, 0, content.length, isOpened);
    else if (type === CONTENT.alert) this.#alert(content);
  }

  #alert(content: Uint8Array): void {
    try {
      const { level, code } = decodeAlert(content);
      this.#conversation.alert(this, level, code);
      if (code === NO_CERTIFICATE && this.role === 'client') this.messages.current.clientCertificate ??= [];
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      this.hiddenAlerts++;
    }
  }
}

/** After a HelloRetryRequest hellos follow in the clear behind a ChangeCipherSpec (RFC 8446 D.4). */
function isClearHello({ type, fragment }: Sealed): boolean {
  if (type !== CONTENT.handshake || fragment.length < 38) return false;
  const length = (fragment[1]! << 16) | (fragment[2]! << 8) | fragment[3]!;
  const isHello = fragment[0] === HANDSHAKE.clientHello || fragment[0] === HANDSHAKE.serverHello;
  return isHello && length + 4 === fragment.length && fragment[4] === 3 && fragment[5] === 3;
}
