/** What a scenario is made of: what the server asks for, and what the client holds. */
export interface Scenario {
  readonly version: '1.2' | '1.3';
  /** Entries of the list of issuers, in order. */
  readonly list: readonly Listed[];
  /** Signature algorithms by their TLS names; null: the default of OpenSSL. */
  readonly schemes: readonly SchemeName[] | null;
  /** certificate_types of TLS 1.2; null: what OpenSSL makes of the schemes. */
  readonly types: readonly number[] | null;
  readonly identity: IdentityTraits;
}

/** `-encoding`: as another string type; `-case`: in capitals; `-blanks`: with doubled ones. */
export type Listed =
  | 'issuer'
  | 'issuer-encoding'
  | 'issuer-case'
  | 'issuer-blanks'
  | 'policy'
  | 'root'
  | 'root-encoding'
  | 'subject'
  | 'foreign'
  | 'sixty-foreign';

export interface IdentityTraits {
  readonly key: 'rsa' | 'p256' | 'p384' | 'p521' | 'ed25519';
  readonly extendedKeyUsage:
    | 'client'
    | 'server'
    | 'any'
    | 'client+any'
    | 'client+server'
    | 'smartcard'
    | 'none';
  readonly keyUsage: 'sign' | 'sign+encipher' | 'encipher' | 'non-repudiation' | 'agree' | 'none';
  /** nsCertType; absent: without the extension. */
  readonly netscape?: 'client' | 'server' | 'client and server';
  readonly dates: 'valid' | 'expired' | 'not yet';
  readonly isCa: boolean;
  /** Key of its CAs; how many of them stand below the root. */
  readonly caKey: 'rsa' | 'p256';
  readonly depth: 1 | 2;
  /** What lies beside the leaf in the client's file. */
  readonly holds: 'leaf' | 'chain' | 'chain and root';
}

/** Names that OpenSSL's server knows, with their numbers. */
export const SCHEMES = {
  ecdsa_secp256r1_sha256: 0x0403,
  ecdsa_secp384r1_sha384: 0x0503,
  ecdsa_secp521r1_sha512: 0x0603,
  ed25519: 0x0807,
  rsa_pss_rsae_sha256: 0x0804,
  rsa_pss_rsae_sha384: 0x0805,
  rsa_pss_rsae_sha512: 0x0806,
  rsa_pss_pss_sha256: 0x0809,
  rsa_pkcs1_sha256: 0x0401,
  rsa_pkcs1_sha384: 0x0501,
  rsa_pkcs1_sha512: 0x0601,
  rsa_pkcs1_sha1: 0x0201,
  ecdsa_sha1: 0x0203,
} as const;
export type SchemeName = keyof typeof SCHEMES;

/** 'TLS 1.2 | list issuer, foreign | schemes ed25519 | types 64 | p256 client sign valid, CAs rsa 1, holds leaf' */
export function describeScenario({ version, list, schemes, types, identity }: Scenario): string {
  return [
    `TLS ${version}`,
    `list ${list.join(', ') || 'empty'}`,
    `schemes ${schemes?.join(' ') ?? 'default'}`,
    ...(types ? [`types ${types.join(' ')}`] : []),
    describeIdentity(identity),
  ].join(' | ');
}

export function describeIdentity(traits: IdentityTraits): string {
  const { key, extendedKeyUsage, keyUsage, netscape, dates, isCa, caKey, depth, holds } = traits;
  const kind = `${key} EKU ${extendedKeyUsage} KU ${keyUsage} ${netscape ? `nsCertType ${netscape} ` : ''}${dates}${isCa ? ' CA:TRUE' : ''}`;
  return `${kind}, CAs ${caKey} ${depth}, holds ${holds}`;
}
