import type { Chance } from './chance.ts';
import { OBSERVED } from './observed.ts';
import {
  describeScenario,
  type IdentityTraits,
  type Listed,
  SCHEMES,
  type Scenario,
  type SchemeName,
} from './traits.ts';

/** So many different scenarios over so many identities, none of which is among the observed ones. */
export function drawScenarios(chance: Chance, count: number, identities: number): Scenario[] {
  const pool = Array.from({ length: identities }, () => drawIdentity(chance));
  const drawn = new Map<string, Scenario>();
  while (drawn.size < count) {
    const scenario = draw(chance, chance.one(pool));
    if (!OBSERVED.has(asObserved(scenario))) drawn.set(describeScenario(scenario), scenario);
  }
  return [...drawn.values()];
}

function draw(chance: Chance, identity: IdentityTraits): Scenario {
  const version = chance.one(['1.2', '1.3'] as const);
  return {
    version,
    list: drawList(chance, identity),
    schemes: chance.happens(0.45) ? null : drawSchemes(chance, version, identity),
    types: drawTypes(chance, version),
    identity,
  };
}

export const drawTypes = (chance: Chance, version: Scenario['version']): Scenario['types'] =>
  version === '1.3' || chance.happens(0.6) ? null : chance.some([1, 64, 2], 1 + chance.one([0, 1, 2]));

export function drawIdentity(chance: Chance): IdentityTraits {
  return {
    key: chance.weighted({ rsa: 5, p256: 4, p384: 2, p521: 1, ed25519: 2 }),
    extendedKeyUsage: chance.weighted({
      client: 14,
      server: 1,
      any: 1,
      'client+any': 1,
      'client+server': 1,
      smartcard: 1,
      none: 2,
    }),
    keyUsage: chance.weighted({
      sign: 10,
      'sign+encipher': 4,
      encipher: 1,
      'non-repudiation': 1,
      agree: 1,
      none: 2,
    }),
    ...(chance.happens(0.15)
      ? { netscape: chance.one(['client', 'server', 'client and server'] as const) }
      : {}),
    dates: chance.weighted({ valid: 10, expired: 1, 'not yet': 1 }),
    isCa: chance.happens(0.06),
    caKey: chance.weighted({ rsa: 3, p256: 2 }),
    depth: Number(chance.weighted({ 1: 2, 2: 1 })) as 1 | 2,
    holds: chance.weighted({ leaf: 2, chain: 3, 'chain and root': 1 }),
  };
}

export const VARIANTS: readonly Listed[] = [
  'issuer-encoding',
  'issuer-case',
  'issuer-blanks',
  'root-encoding',
  'subject',
  'foreign',
  'sixty-foreign',
];

function drawList(chance: Chance, { depth }: IdentityTraits): Listed[] {
  if (chance.happens(0.14)) return [];
  const matches: readonly Listed[] = depth === 2 ? ['issuer', 'policy', 'root'] : ['issuer', 'root'];
  const good = chance.some(matches, chance.happens(0.65) ? 1 : 0);
  const others = chance.some(VARIANTS, chance.one([0, 1, 1, 2]));
  return chance.some([...good, ...others], good.length + others.length);
}

const FITTING: Readonly<Record<IdentityTraits['key'], readonly SchemeName[]>> = {
  rsa: ['rsa_pss_rsae_sha256', 'rsa_pkcs1_sha256', 'rsa_pss_rsae_sha512', 'rsa_pkcs1_sha384'],
  p256: ['ecdsa_secp256r1_sha256'],
  p384: ['ecdsa_secp384r1_sha384'],
  p521: ['ecdsa_secp521r1_sha512'],
  ed25519: ['ed25519'],
};

export function drawSchemes(chance: Chance, version: string, { key }: IdentityTraits): SchemeName[] {
  const names = Object.keys(SCHEMES) as SchemeName[];
  const others = chance.some(names, chance.one([0, 1, 1, 2, 3, 5]));
  const fitting = chance.some(FITTING[key], chance.happens(0.5) ? 1 : 0);
  const mixed = [...new Set(chance.some([...others, ...fitting], others.length + fitting.length))];
  // OpenSSL's server fails by itself where no scheme can serve TLS 1.3.
  const serves = mixed.some((name) => version === '1.2' || !/pkcs1|sha1/.test(name));
  return serves && mixed.length > 0 ? mixed : [...mixed, chance.one(FITTING.p256)];
}

/** In the words of observed.ts; what the observed matrix never had makes it differ from every line there. */
function asObserved({ version, list, schemes, types, identity }: Scenario): string {
  const { keyUsage, caKey, depth } = identity;
  const usage = keyUsage === 'sign+encipher' ? 'sign' : keyUsage;
  const isLikeThere = caKey === 'rsa' && depth === 1 && list.length < 2;
  return isLikeThere
    ? describeScenario({ version, list, schemes, types, identity: { ...identity, keyUsage: usage } })
    : '';
}
