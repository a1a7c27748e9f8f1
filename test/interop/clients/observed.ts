import { describeScenario, type IdentityTraits, type Scenario } from './traits.ts';

/** The scenarios of clients/observed-matrix.json in the parameters of scenarios.ts, so that none is drawn again. */

const USUAL: IdentityTraits = {
  key: 'rsa',
  extendedKeyUsage: 'client',
  keyUsage: 'sign',
  dates: 'valid',
  isCa: false,
  caKey: 'rsa',
  depth: 1,
  holds: 'chain',
};

type Given = Partial<Omit<Scenario, 'version' | 'identity'>> & { identity?: Partial<IdentityTraits> };

const ISSUER = { list: ['issuer'] } as const;
const ALONE = { identity: { holds: 'leaf' } } as const;

/** Left out: a leaf issued by the root, self-signed ones, oid_filters; nothing like them is ever drawn. */
const MATRIX: readonly Given[] = [
  ISSUER,
  { ...ISSUER, ...ALONE },
  { list: ['foreign'] },
  {},
  ALONE,
  { list: ['root'] },
  { list: ['root'], ...ALONE },
  { list: ['issuer-encoding'] },
  { list: ['root-encoding'] },
  { list: ['issuer-case'] },
  { list: ['issuer-blanks'] },
  { list: ['subject'] },
  { ...ISSUER, schemes: ['ecdsa_secp256r1_sha256', 'ecdsa_secp384r1_sha384'] },
  { ...ISSUER, schemes: ['rsa_pss_rsae_sha256', 'rsa_pkcs1_sha256'], identity: { key: 'p256' } },
  { ...ISSUER, schemes: ['ecdsa_secp256r1_sha256'], identity: { key: 'p384' } },
  { ...ISSUER, identity: { key: 'p384' } },
  { ...ISSUER, schemes: ['rsa_pkcs1_sha256', 'rsa_pkcs1_sha384', 'ecdsa_secp256r1_sha256'] },
  { ...ISSUER, schemes: ['rsa_pss_rsae_sha256', 'ecdsa_secp256r1_sha256'] },
  { ...ISSUER, schemes: ['rsa_pkcs1_sha1'] },
  {
    ...ISSUER,
    schemes: ['rsa_pss_rsae_sha256', 'rsa_pkcs1_sha256', 'ecdsa_secp256r1_sha256'],
    identity: { key: 'ed25519' },
  },
  { ...ISSUER, identity: { key: 'ed25519' } },
  { ...ISSUER, types: [64] },
  { ...ISSUER, types: [1], identity: { key: 'p256' } },
  { ...ISSUER, identity: { extendedKeyUsage: 'server' } },
  { ...ISSUER, identity: { extendedKeyUsage: 'any' } },
  { ...ISSUER, identity: { extendedKeyUsage: 'none' } },
  { ...ISSUER, identity: { extendedKeyUsage: 'none', keyUsage: 'none' } },
  { ...ISSUER, identity: { keyUsage: 'encipher' } },
  { ...ISSUER, identity: { keyUsage: 'non-repudiation' } },
  { ...ISSUER, identity: { dates: 'expired' } },
  { ...ISSUER, identity: { dates: 'not yet' } },
  { ...ISSUER, identity: { isCa: true } },
  { identity: { extendedKeyUsage: 'server' } },
  { identity: { dates: 'expired' } },
];

export const OBSERVED: ReadonlySet<string> = new Set(
  MATRIX.flatMap(({ list = [], schemes = null, types = null, identity }) =>
    (['1.2', '1.3'] as const).map((version) =>
      describeScenario({ version, list, schemes, types, identity: { ...USUAL, ...identity } }),
    ),
  ),
);
