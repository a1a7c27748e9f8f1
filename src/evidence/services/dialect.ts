import type { Locus } from '../../base/locus.ts';
import type { Line } from '../../base/text.ts';
import type { Asks, ServicePath, ServiceSeen } from '../claims.ts';

/** How one server writes its configuration. */
export interface Dialect {
  /** Lines by which it is known, also in a text that holds other things (flag `m`). */
  readonly marks: RegExp;
  read(config: Config): readonly ServiceSeen[];
}

/** A configuration as it lies before a dialect. */
export interface Config {
  readonly text: string;
  readonly lines: readonly Line[];
  at(line: number): Locus;
  note(line: number, message: string): void;
}

/** A service while it is read. */
export type OpenService = {
  -readonly [name in keyof ServiceSeen]: ServiceSeen[name];
} & { paths: ServicePath[]; names: string[] };

export const openService = (program: string, at: Locus, asks: Asks = 'never'): OpenService => ({
  says: 'service',
  program,
  names: [],
  asks,
  paths: [],
  at,
});

/** '10.0.0.1:443', '[::]:8443', '*:443', ':443', '443', 'https://a.example:444'. */
export function listenOf(text: string): { address?: string; port?: number } {
  const bare = text.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  const [, bracketed, plain, after] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d{1,5}))?$/.exec(bare) ?? [];
  if (bracketed === undefined && plain !== undefined && /^\d{1,5}$/.test(plain))
    return { port: Number(plain) };
  const address = bracketed ?? plain;
  const isAny = !address || /^(?:\*|0\.0\.0\.0|::|_default_)$/.test(address);
  return {
    ...(isAny ? {} : { address: address! }),
    ...(after === undefined ? {} : { port: Number(after) }),
  };
}

/**
 * Where several services share an address, one that says so answers clients without a name, else the first. A lone
 * one tells nothing: others may stand in other files.
 */
export function settleDefaults(services: readonly OpenService[]): void {
  const byPlace = new Map<string, OpenService[]>();
  for (const one of services) {
    const key = `${one.address ?? ''}:${one.port ?? ''}`;
    byPlace.set(key, [...(byPlace.get(key) ?? []), one]);
  }
  for (const some of byPlace.values()) {
    if (some.length < 2) continue;
    const first = some.find((one) => one.isDefault) ?? some[0]!;
    for (const one of some) one.isDefault = one === first;
  }
}
