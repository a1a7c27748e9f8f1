import type { Message } from '../base/message.ts';
import type { PathRecord, ProbeRecord } from './why.ts';
import { statusOf } from './why-end.ts';
import { acceptanceOf } from './why-verdict.ts';

/** What the server does for each path that was asked for: to connections that differ in nothing else but TLS. */
export function recordPaths(probes: readonly ProbeRecord[]): PathRecord[] {
  const [first] = probes;
  const plain = probes.filter((probe) => first && isLike(first, probe));
  const paths = [...new Set(plain.map(({ askedWith }) => askedWith.path))];
  return paths.map((path) =>
    recordPath(
      path,
      plain.filter((probe) => probe.askedWith.path === path),
    ),
  );
}

/** The same name at the same place, by a GET on a fresh connection over HTTP/1.1. */
const isLike = (first: ProbeRecord, { askedWith }: ProbeRecord): boolean =>
  askedWith.serverName === first.askedWith.serverName &&
  askedWith.address === first.askedWith.address &&
  (askedWith.method ?? 'GET') === 'GET' &&
  !askedWith.http2 &&
  !askedWith.resumed;

function recordPath(path: string, probes: readonly ProbeRecord[]): PathRecord {
  const shown = probes.filter(({ sent }) => sent !== null && sent > 0);
  const bare = probes.filter(({ sent }) => sent === null || sent === 0);
  return {
    path,
    asks: unique(probes.flatMap(({ asks }) => asks ?? [])),
    without: unique(bare.flatMap(answerOf)),
    with: unique(shown.flatMap(answerOf)),
    accepted: acceptanceOf({ probes })?.accepted ?? null,
  };
}

/** '403.7', '200', 'alert 116 certificate_required'; none for a version that the server does not speak. */
function answerOf(probe: ProbeRecord): string[] {
  const status = statusOf(probe);
  if (status !== null) return [status];
  const { is, after, alert } = probe.ending;
  if (is === 'completed' || after === 'client-hello' || after === 'connect') return [];
  return [alert === undefined ? is : `alert ${alert}`];
}

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];

/** Said of each path for which the certificate is asked for only once the request was read. */
export function pathRemarks(paths: readonly PathRecord[]): Message[] {
  const late = paths.filter(({ asks }) => asks.length > 0 && !asks.includes('handshake'));
  return late.map(({ path, asks, without, with: given }) => ({
    id: 'remark-path-late',
    facts: {
      path,
      how: asks.length > 1 ? 'both' : asks[0]!,
      ...(without.length > 0 ? { without: without.join(', ') } : {}),
      ...(given.length > 0 ? { given: given.join(', ') } : {}),
    },
  }));
}
