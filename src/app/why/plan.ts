import { TLS12, TLS13 } from '../../wire/tls/registry/version.ts';
import {
  type AnsweredProbe,
  type Asking,
  asksEarly,
  asksLate,
  isReached,
  type Parameter,
  type PlannedProbe,
} from './asking.ts';

/** What the user wants to know, as far as connections depend on it. */
export interface Scope {
  /** What the first connections ask with, versions aside. */
  readonly base: Omit<Asking, 'versions'>;
  /** One connection each. */
  readonly versions: readonly number[];
  /** Old versions to try when others were answered; none when the user chose a version. */
  readonly oldVersions: readonly number[];
  /** Names to send instead of the base's; null: none at all. */
  readonly otherNames: readonly (string | null)[];
  /** Addresses of the name, the base's own among them or not. */
  readonly addresses: readonly string[];
  /** Further paths. */
  readonly paths: readonly string[];
  /** Identities with a key, by index. */
  readonly identities: readonly number[];
  readonly post: boolean;
  /** What may be varied. */
  readonly parameters: ReadonlySet<Parameter>;
}

/** Whoever changes this changes the count in `why --help`. */
export const MOST_CONNECTIONS = 60;

/**
 * The connections that the answers so far leave wanting: none when nothing is open. Each differs from one that was
 * answered in one parameter. Called until it returns none.
 */
export function nextProbes(scope: Scope, answers: readonly AnsweredProbe[]): PlannedProbe[] {
  if (answers.length === 0) return basis(scope);
  const main = mainAnswer(answers);
  if (!main) return unknownAmong(oldOnly(scope, answers), answers);
  const wave = (rules: readonly Rule[]) => {
    const allowed = rules.filter(({ about }) => scope.parameters.has(about));
    return unknownAmong(
      allowed.flatMap((rule) => rule.plan(scope, answers, main)),
      answers,
    );
  };
  const open = wave(asksEarly(main) ? [...FIRST, ...ONCE_LATE_IS_KNOWN] : FIRST);
  return open.length > 0 ? open : wave(ONCE_LATE_IS_KNOWN);
}

/** Those not asked yet, each once, as many as are left. */
function unknownAmong(wanted: readonly PlannedProbe[], answers: readonly AnsweredProbe[]): PlannedProbe[] {
  const known = new Set(answers.map(({ asking }) => keyOf(asking)));
  const unknown = wanted.filter(({ asking }) => {
    const key = keyOf(asking);
    return !known.has(key) && known.add(key);
  });
  return unknown.slice(0, Math.max(0, MOST_CONNECTIONS - answers.length));
}

const keyOf = (asking: Asking): string => JSON.stringify(asking);

function basis({ base, versions }: Scope): PlannedProbe[] {
  return versions.map((version) => ({ asking: { ...base, versions: [version] }, about: 'base' }));
}

/** The answer that the others are compared with: one that brought a request, of the highest version. */
function mainAnswer(answers: readonly AnsweredProbe[]): AnsweredProbe | null {
  const base = answers.filter((one) => one.about === 'base' && isReached(one));
  const rank = (one: AnsweredProbe) =>
    (asksEarly(one) ? 2 : asksLate(one) ? 1 : 0) * 0x10000 + (one.result.version ?? 0);
  return base.toSorted((a, b) => rank(b) - rank(a))[0] ?? null;
}

interface Rule {
  readonly about: Parameter;
  plan(scope: Scope, answers: readonly AnsweredProbe[], main: AnsweredProbe): PlannedProbe[];
}

const vary = (about: Parameter, asking: Asking, changes: Partial<Asking>): PlannedProbe => ({
  asking: { ...asking, ...changes },
  about,
});

/** Nothing was understood: perhaps the server is too old. */
function oldOnly(scope: Scope, answers: readonly AnsweredProbe[]): PlannedProbe[] {
  const isThere = answers.some(({ result }) => ['refused', 'closed', 'reset'].includes(result.end.is));
  if (!isThere || !scope.parameters.has('versions')) return [];
  return scope.oldVersions.map((version) => ({
    asking: { ...scope.base, versions: [version] },
    about: 'base',
  }));
}

const fresh = (answers: readonly AnsweredProbe[]): AnsweredProbe[] =>
  answers.filter(({ about }) => about === 'base');

const spoke = (answers: readonly AnsweredProbe[], version: number): AnsweredProbe | undefined =>
  fresh(answers).find(({ result }) => result.version === version);

const FIRST: readonly Rule[] = [
  {
    about: 'versions',
    plan: ({ oldVersions }, _, { asking }) =>
      oldVersions.map((version) => vary('versions', asking, { versions: [version] })),
  },
  {
    about: 'sni',
    plan: ({ otherNames }, _, { asking }) =>
      otherNames
        .filter((name) => name !== asking.serverName)
        .map((serverName) => vary('sni', asking, { serverName })),
  },
  {
    about: 'addresses',
    plan: ({ addresses }, answers, { asking }) => {
      const seen = new Set(fresh(answers).map(({ result }) => result.address));
      return addresses
        .filter((address) => !seen.has(address))
        .map((address) => vary('addresses', asking, { address }));
    },
  },
  {
    // Only who announces it is asked after the handshake, and a server that asked already has no cause to.
    about: 'late',
    plan(scope, answers) {
      const main = spoke(answers, TLS13);
      if (!main || asksEarly(main)) return [];
      return [main.asking.path, ...scope.paths].map((path) =>
        vary('late', main.asking, { path, postHandshakeAuth: true }),
      );
    },
  },
  {
    // In the handshake the path is not known yet; where it asks there, one connection shows each path's status.
    about: 'paths',
    plan(scope, answers, main) {
      const open = [TLS12, TLS13]
        .flatMap((version) => spoke(answers, version) ?? [])
        .filter((one) => !asksEarly(one));
      const from = open.length > 0 ? open : [main];
      return from.flatMap(({ asking }) => scope.paths.map((path) => vary('paths', asking, { path })));
    },
  },
  {
    about: 'certificate',
    plan(scope, answers) {
      const asking = answers.filter(
        (one) => isPlain(one.asking) && isShown(one) && (asksEarly(one) || asksLate(one)),
      );
      return scope.identities.flatMap((certificate) =>
        asking.map((one) => vary('certificate', one.asking, { certificate })),
      );
    },
  },
  {
    // Whether a session without certificate is taken up again, and whether it is asked once more then.
    about: 'resumption',
    plan: (_scope, _answers, main) =>
      asksEarly(main) && main.result.ticket ? [vary('resumption', main.asking, { resumed: true })] : [],
  },
];

/** What is asked of a late request where there is one, else of the main answer. */
const ONCE_LATE_IS_KNOWN: readonly Rule[] = [
  {
    // A large body is what a renegotiation has to wait for, and may fail over.
    about: 'post',
    plan(scope, answers, main) {
      if (!scope.post) return [];
      const late = answers.filter(
        (one) => one.asking.method === 'GET' && asksLate(one) && one.asking.certificate === 'none',
      );
      const from = late.length > 0 ? late : [main];
      return from.map(({ asking }) => vary('post', asking, { method: 'POST' }));
    },
  },
  {
    // Over HTTP/2 a server may not ask late (RFC 9113 9.2.1, RFC 8740): where it does so otherwise is of interest.
    about: 'http2',
    plan(_, answers, main) {
      // Browsers announce no post-handshake authentication: renegotiation tells more.
      const late = answers
        .filter((one) => isPlain(one.asking) && asksLate(one))
        .toSorted((a, b) => Number(a.asking.postHandshakeAuth) - Number(b.asking.postHandshakeAuth))[0];
      return [vary('http2', (late ?? main).asking, { http2: true })];
    },
  },
];

/** A connection as an ordinary client makes it that has nothing to show. */
const isPlain = ({ certificate, http2, resumed, method }: Asking): boolean =>
  certificate === 'none' && !http2 && !resumed && method === 'GET';

/** The certificate is shown to versions and paths; under another name or address it would be the same key again. */
const isShown = ({ about }: AnsweredProbe): boolean =>
  about === 'base' || about === 'late' || about === 'paths';
