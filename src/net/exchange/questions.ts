import type { ProbeOptions, ProbeTarget } from '../probe-types.ts';
import type { Authority, Question } from './exchange.ts';

/** What a probe asks for: the target's path, or the request in its place, then the further paths. */
export function authorityOf(target: ProbeTarget, { request, paths }: ProbeOptions): Authority {
  const name = target.serverName ?? (target.host.includes(':') ? `[${target.host}]` : target.host);
  const first: Question = {
    method: request?.method ?? 'GET',
    path: safePath(request?.path ?? target.path),
    bodyLength: request?.bodyLength ?? 0,
    expectContinue: request?.expectContinue ?? false,
  };
  return {
    host: target.port === 443 ? name : `${name}:${target.port}`,
    questions: [first, ...(paths ?? []).map(getOf)],
  };
}

const getOf = (path: string): Question => ({
  method: 'GET',
  path: safePath(path),
  bodyLength: 0,
  expectContinue: false,
});

/** What would end the request line early does not belong into a path. */
const safePath = (path: string): string => path.replace(/[^\x21-\x7e]/g, encodeURIComponent) || '/';
