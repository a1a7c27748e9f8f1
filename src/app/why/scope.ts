import type { Asking, Parameter } from './asking.ts';
import type { Scope } from './plan.ts';
import { hostOf, showables, type WhyQuestion } from './question.ts';

/** What a question asks of the wire. `addresses`: those of its host. */
export function scopeOf(question: WhyQuestion, addresses: readonly string[]): Scope {
  const { compare, versions, url } = question;
  const base: Omit<Asking, 'versions'> = {
    serverName: question.serverName,
    address: hostOf(question),
    certificate: 'none',
    path: url.pathname + url.search,
    method: 'GET',
    http2: false,
    postHandshakeAuth: false,
    resumed: false,
  };
  return {
    base,
    versions,
    oldVersions: (compare?.oldVersions ?? []).filter((version) => !versions.includes(version)),
    // Without a name there is none that could be another one.
    otherNames: compare && question.serverName !== null ? [compare.otherName, null] : [],
    addresses,
    paths: (compare?.paths ?? []).filter((path) => path !== base.path),
    identities: showables(question).flatMap((one, i) => (one ? [i] : [])),
    post: compare?.post ?? false,
    parameters: parametersOf(question),
  };
}

/** What is compared over HTTP alone. */
const OF_HTTP: readonly Parameter[] = ['late', 'paths', 'post', 'http2'];

function parametersOf({ compare, shared }: WhyQuestion): ReadonlySet<Parameter> {
  const wanted: ReadonlySet<Parameter> = compare?.parameters ?? new Set<Parameter>(['certificate']);
  if (shared?.http ?? true) return wanted;
  return new Set([...wanted].filter((one) => !OF_HTTP.includes(one)));
}

/** The one connection that answers quickly: what is offered at once, and shown when it is asked for. */
export function quickAsking(scope: Scope): Asking {
  const [first] = scope.identities;
  return { ...scope.base, versions: scope.versions, certificate: first ?? 'none' };
}
