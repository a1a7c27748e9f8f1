import { performance } from 'node:perf_hooks';
import type { Chunk, Recording, Secret } from '../wire/capture/recording.ts';
import type { PassedRecord } from '../wire/tls/session/client/index.ts';
import type { Endpoint, ProbeOptions, ProbeResult, ProbeTarget } from './probe-types.ts';

type Probe = (target: ProbeTarget, options?: ProbeOptions) => Promise<ProbeResult>;

/** Most bytes that are kept of all connections together. */
const MOST_BYTES = 24 * 2 ** 20;

/** Keeps what goes over the connections of probes: for a view of the wire, a capture and a key log. */
export class Recorder {
  readonly #recordings: Recording[] = [];
  #bytes = 0;
  /** Something was left out, because it was too much. */
  isCut = false;

  /** Connections that came to stand, in the order in which they did. */
  get recordings(): readonly Recording[] {
    return this.#recordings;
  }

  /** The same probe, recorded. */
  wrap(probe: Probe): Probe {
    return (target, options = {}) => probe(target, { ...options, ...this.#hooks(options) });
  }

  #hooks(options: ProbeOptions): ProbeOptions {
    const [chunks, records, secrets]: [Chunk[], PassedRecord[], Secret[]] = [[], [], []];
    const keep = (direction: Chunk['direction'], bytes: Uint8Array): void => {
      if (this.#hasRoomFor(bytes.length)) chunks.push({ direction, bytes, at: now() });
    };
    return {
      onConnection: (local: Endpoint, remote: Endpoint) => {
        options.onConnection?.(local, remote);
        this.#recordings.push({ local, remote, startedAt: chunks[0]?.at ?? now(), chunks, records, secrets });
      },
      onPreamble: (direction, bytes) => {
        options.onPreamble?.(direction, bytes);
        keep(direction, bytes);
      },
      onBytes: (direction, bytes) => {
        options.onBytes?.(direction, bytes);
        keep(direction, bytes);
      },
      onRecord: (record) => {
        options.onRecord?.(record);
        if (this.#hasRoomFor(record.bytes.length)) records.push(record);
      },
      onSecret: (label, clientRandom, secret) => {
        options.onSecret?.(label, clientRandom, secret);
        secrets.push({ label, clientRandom, secret });
      },
    };
  }

  #hasRoomFor(length: number): boolean {
    const hasRoom = this.#bytes + length <= MOST_BYTES;
    if (hasRoom) this.#bytes += length;
    else this.isCut = true;
    return hasRoom;
  }
}

/** Finer than Date.now(), by the same zero. */
const now = (): number => performance.timeOrigin + performance.now();
