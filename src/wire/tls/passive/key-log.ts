import { fromHex, toHex } from '../../../base/bytes.ts';

/** Labels of traffic secrets in a key log (draft-ietf-tls-keylogfile) that open records; those of exporters do not. */
export type TrafficLabel =
  | 'CLIENT_HANDSHAKE_TRAFFIC_SECRET'
  | 'SERVER_HANDSHAKE_TRAFFIC_SECRET'
  | 'CLIENT_TRAFFIC_SECRET_0'
  | 'SERVER_TRAFFIC_SECRET_0';

const LABELS: ReadonlySet<string> = new Set([
  'CLIENT_RANDOM',
  'CLIENT_HANDSHAKE_TRAFFIC_SECRET',
  'SERVER_HANDSHAKE_TRAFFIC_SECRET',
  'CLIENT_TRAFFIC_SECRET_0',
  'SERVER_TRAFFIC_SECRET_0',
]);
const LINE = /^([A-Z_0-9]+) ([0-9a-f]{64}) ((?:[0-9a-f]{2}){32,64})$/i;
/** As tools wrote it before there were labels: from what openssl s_client prints of a session. */
const SESSION_LINE = /^RSA Session-ID:((?:[0-9a-f]{2}){1,32}) Master-Key:([0-9a-f]{96})$/i;
/** Lines that are kept: a key log of a busy server may be larger than what fits into memory. */
const MOST = 500_000;

/** Secrets of recorded connections. They stay in memory for as long as captures are read, and go nowhere else. */
export class KeyLog {
  readonly #secrets = new Map<string, Uint8Array>();

  get size(): number {
    return this.#secrets.size;
  }

  /** Takes lines as they stand in a key log file; answers how many were such. */
  add(text: string): number {
    return text.split(/[\r\n]+/).filter((line) => this.#addLine(line.trim())).length;
  }

  /** Master secret of TLS up to 1.2, by client random or else by session. */
  master(clientRandom: Uint8Array, sessionId: Uint8Array | undefined): Uint8Array | undefined {
    const byRandom = this.#secrets.get(`CLIENT_RANDOM ${toHex(clientRandom)}`);
    return byRandom ?? (sessionId && this.#secrets.get(`session ${toHex(sessionId)}`));
  }

  traffic(label: TrafficLabel, clientRandom: Uint8Array): Uint8Array | undefined {
    return this.#secrets.get(`${label} ${toHex(clientRandom)}`);
  }

  #addLine(line: string): boolean {
    const [, label = 'session', id, secret] =
      LINE.exec(line) ?? (SESSION_LINE.exec(line) ?? []).toSpliced(1, 0, 'session');
    if (!id || !secret || this.#secrets.size >= MOST) return false;
    const isOfUse = label === 'session' || LABELS.has(label);
    if (isOfUse) this.#secrets.set(`${label} ${id.toLowerCase()}`, fromHex(secret));
    return isOfUse;
  }
}

const LIKE_A_LINE = /^[A-Z_0-9]+ [0-9a-f]{64} [0-9a-f]+$/i;

/** Whether a text is a key log: at least one of its first lines is a line of one, and it holds nothing else. */
export function looksLikeKeyLog(text: string): boolean {
  const lines = text.split(/[\r\n]+/).filter((line) => line !== '' && !line.startsWith('#'));
  // The last may be cut off.
  const whole = lines.length > 1 ? lines.slice(0, -1) : lines;
  const isLine = (line: string): boolean => LIKE_A_LINE.test(line.trim()) || SESSION_LINE.test(line.trim());
  return whole.length > 0 && whole.slice(0, 20).every(isLine);
}
