import type { Certificate, KeyKind } from '../../wire/x509/certificate.ts';

/** Which SignatureSchemes (RFC 8446 4.2.3) a key can sign with, and which a client would use. */

export interface Scheme {
  readonly id: number;
  readonly key: KeyKind;
  readonly hash: 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512' | 'none';
  readonly padding?: 'pkcs1' | 'pss';
  /** The curve that TLS 1.3 binds an ECDSA scheme to. */
  readonly curve?: string;
}

const scheme = (id: number, key: KeyKind, hash: Scheme['hash'], rest: Partial<Scheme> = {}): Scheme => ({
  id,
  key,
  hash,
  ...rest,
});
const pkcs1 = { padding: 'pkcs1' } as const;
const pss = { padding: 'pss' } as const;

const SCHEMES: readonly Scheme[] = [
  scheme(0x0201, 'rsa', 'sha1', pkcs1),
  scheme(0x0301, 'rsa', 'sha224', pkcs1),
  scheme(0x0401, 'rsa', 'sha256', pkcs1),
  scheme(0x0501, 'rsa', 'sha384', pkcs1),
  scheme(0x0601, 'rsa', 'sha512', pkcs1),
  scheme(0x0804, 'rsa', 'sha256', pss),
  scheme(0x0805, 'rsa', 'sha384', pss),
  scheme(0x0806, 'rsa', 'sha512', pss),
  scheme(0x0809, 'rsa-pss', 'sha256', pss),
  scheme(0x080a, 'rsa-pss', 'sha384', pss),
  scheme(0x080b, 'rsa-pss', 'sha512', pss),
  scheme(0x0203, 'ec', 'sha1'),
  scheme(0x0303, 'ec', 'sha224'),
  scheme(0x0403, 'ec', 'sha256', { curve: 'secp256r1' }),
  scheme(0x0503, 'ec', 'sha384', { curve: 'secp384r1' }),
  scheme(0x0603, 'ec', 'sha512', { curve: 'secp521r1' }),
  scheme(0x0807, 'ed25519', 'none'),
  scheme(0x0808, 'ed448', 'none'),
  scheme(0x0202, 'dsa', 'sha1'),
  scheme(0x0302, 'dsa', 'sha224'),
  scheme(0x0402, 'dsa', 'sha256'),
];

/** What a client's TLS library signs with; omitted means no. */
export interface Abilities {
  /** SHA-1 under TLS 1.2. */
  readonly sha1?: boolean;
  readonly sha224?: boolean;
  /** Keys bound to RSASSA-PSS (rsa_pss_pss_*). */
  readonly pssKeys?: boolean;
  readonly ed25519?: boolean;
  readonly ed448?: boolean;
  /** Binds ECDSA to its curve under TLS 1.2, too. */
  readonly curveBoundIn12?: boolean;
}

const TLS12 = 0x0303;
const TLS13 = 0x0304;

/** Whether the library would ever sign with it under this version (TLS 1.3: RFC 8446 4.2.3). */
function supports(one: Scheme, version: number, can: Abilities): boolean {
  const legacy = version < TLS13;
  switch (one.key) {
    case 'dsa':
      return false;
    case 'ed25519':
      return can.ed25519 === true;
    case 'ed448':
      return can.ed448 === true;
    case 'rsa-pss':
      return can.pssKeys === true;
    default:
      if (one.hash === 'sha1') return legacy && can.sha1 === true;
      if (one.hash === 'sha224') return legacy && can.sha224 === true;
      return legacy || one.padding !== 'pkcs1';
  }
}

/** EMSA-PSS needs a modulus of two hashes and two bytes (RFC 8017 9.1.1); small keys cannot do SHA-512. */
function fitsSize(one: Scheme, leaf: Certificate): boolean {
  if (one.padding !== 'pss') return true;
  const bytes = { sha256: 32, sha384: 48, sha512: 64 }[one.hash as 'sha256'] ?? 0;
  return leaf.keyBits === 0 || Math.ceil((leaf.keyBits - 1) / 8) >= 2 * bytes + 2;
}

export interface SchemeQuestion {
  readonly leaf: Certificate;
  readonly version: number;
  /** Offered by the server; undefined before TLS 1.2. */
  readonly offered: readonly number[] | undefined;
}

/** The offered schemes that the client can use with this key, in the server's order. */
export function usableSchemes({ leaf, version, offered }: SchemeQuestion, can: Abilities): Scheme[] {
  return knownSchemes(offered, version, can).filter((one) => {
    if (one.key !== leaf.keyKind || !fitsSize(one, leaf)) return false;
    const bound = version >= TLS13 || can.curveBoundIn12 === true;
    return !bound || one.key !== 'ec' || one.curve === leaf.curve;
  });
}

/** The offered schemes that the client knows at all, whatever the key. */
export function knownSchemes(
  offered: readonly number[] | undefined,
  version: number,
  can: Abilities,
): Scheme[] {
  return schemesById(offered).filter((one) => supports(one, version, can));
}

/** The offered schemes, whether the client can sign with them or not; unknown ones left out. */
export const schemesById = (offered: readonly number[] = []): Scheme[] =>
  offered.flatMap((id) => SCHEMES.filter((one) => one.id === id));

/** Before TLS 1.2 the algorithm follows from the key, and EdDSA has none (RFC 4346 7.4.8). */
export function signsWithoutSchemes(version: number, leaf: Certificate): boolean {
  return version < TLS12 && ['rsa', 'ec', 'dsa'].includes(leaf.keyKind);
}

/** Schemes that would do for this key under this version, the usual one first. */
export function schemesFor(leaf: Certificate, version: number, can: Abilities): number[] {
  const offered = [0x0804, 0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0809, 0x0401];
  return usableSchemes({ leaf, version, offered }, can).map((one) => one.id);
}

/** Signature algorithms ON certificates by OID, as the schemes that name them; any curve. */
const ON_CERTIFICATES: Readonly<Record<string, readonly number[]>> = {
  '1.2.840.113549.1.1.5': [0x0201],
  '1.2.840.113549.1.1.14': [0x0301],
  '1.2.840.113549.1.1.11': [0x0401],
  '1.2.840.113549.1.1.12': [0x0501],
  '1.2.840.113549.1.1.13': [0x0601],
  '1.2.840.10045.4.1': [0x0203],
  '1.2.840.10045.4.3.1': [0x0303],
  '1.2.840.10045.4.3.2': [0x0403],
  '1.2.840.10045.4.3.3': [0x0503],
  '1.2.840.10045.4.3.4': [0x0603],
  '1.3.101.112': [0x0807],
  '1.3.101.113': [0x0808],
};

const PSS_ON_CERTIFICATES: Readonly<Record<string, readonly number[]>> = {
  sha256: [0x0804, 0x0809],
  sha384: [0x0805, 0x080a],
  sha512: [0x0806, 0x080b],
};

/** The schemes of which one must be listed for the signature on this certificate to count as acceptable. */
export function schemesOnCertificate({ signatureOid, signaturePssHash }: Certificate): readonly number[] {
  return signaturePssHash === undefined
    ? (ON_CERTIFICATES[signatureOid] ?? [])
    : (PSS_ON_CERTIFICATES[signaturePssHash] ?? []);
}
