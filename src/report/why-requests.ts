import type { ListRecord, ProbeRecord, RequestRecord } from './why.ts';

export type TimedRequest = RequestRecord & { readonly when: NonNullable<ProbeRecord['asks']> };

/** All requests of a connection in their order. */
export function requestsIn({ request, requests, asks }: ProbeRecord): readonly TimedRequest[] {
  return requests ?? (request ? [{ ...request, when: asks ?? 'handshake' }] : []);
}

/** The same names in the same order. */
export const isSameList = (
  a: readonly Pick<ListRecord['names'][number], 'sha256'>[],
  b: readonly Pick<ListRecord['names'][number], 'sha256'>[],
): boolean => a === b || (a.length === b.length && a.every(({ sha256 }, i) => sha256 === b[i]!.sha256));
