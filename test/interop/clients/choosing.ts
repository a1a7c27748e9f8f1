import type { Chance } from './chance.ts';
import type { Group } from './identities.ts';
import { drawIdentity, drawSchemes, drawTypes, VARIANTS } from './scenarios.ts';
import { describeIdentity, type Listed, type Scenario } from './traits.ts';

/** A server's question to a client that holds several identities. */
export interface SeveralScenario extends Pick<Scenario, 'version' | 'schemes' | 'types'> {
  /** Entries of the list of issuers, in order: which, and of whose CAs. */
  readonly list: readonly { readonly entry: Listed; readonly of: number }[];
  readonly group: Group;
}

/** So many different scenarios over so many groups of identities. */
export function drawSeveral(chance: Chance, count: number, groups: number): SeveralScenario[] {
  const pool = Array.from({ length: groups }, () => drawGroup(chance));
  const drawn = new Map<string, SeveralScenario>();
  while (drawn.size < count) {
    const scenario = draw(chance, chance.one(pool));
    drawn.set(describeSeveral(scenario), scenario);
  }
  return [...drawn.values()];
}

function drawGroup(chance: Chance): Group {
  const related = chance.happens(0.35);
  const identities = Array.from({ length: chance.happens(0.5) ? 2 : 3 }, () => drawIdentity(chance));
  const { caKey, depth } = identities[0]!;
  return { related, identities: related ? identities.map((one) => ({ ...one, caKey, depth })) : identities };
}

function draw(chance: Chance, group: Group): SeveralScenario {
  const version = chance.one(['1.2', '1.3'] as const);
  const someone = (): number => chance.one([...group.identities.keys()]);
  return {
    version,
    list: drawList(chance, group, someone),
    schemes: chance.happens(0.45) ? null : drawSchemes(chance, version, group.identities[someone()]!),
    types: drawTypes(chance, version),
    group,
  };
}

/** Mostly several that match, so that there is something to choose. */
function drawList(chance: Chance, { identities }: Group, someone: () => number): SeveralScenario['list'] {
  if (chance.happens(0.2)) return [];
  const good = identities.flatMap(({ depth }, of) => {
    const matches = depth === 2 ? (['issuer', 'policy', 'root'] as const) : (['issuer', 'root'] as const);
    return chance.happens(0.7) ? [{ entry: chance.one<Listed>(matches), of }] : [];
  });
  const others = chance.some(VARIANTS, chance.one([0, 0, 1, 2])).map((entry) => ({ entry, of: someone() }));
  return chance.some([...good, ...others], good.length + others.length);
}

export function describeSeveral({ version, list, schemes, types, group }: SeveralScenario): string {
  return [
    `TLS ${version}`,
    `list ${list.map(({ entry, of }) => `${entry} of ${of}`).join(', ') || 'empty'}`,
    `schemes ${schemes?.join(' ') ?? 'default'}`,
    ...(types ? [`types ${types.join(' ')}`] : []),
    ...group.identities.map((one, i) => `${i}: ${describeIdentity(one)}`),
    ...(group.related ? ['of one CA'] : []),
  ].join(' | ');
}
