import type { Name } from './name.ts';

export type KeyKind = 'rsa' | 'rsa-pss' | 'ec' | 'ed25519' | 'ed448' | 'dsa' | 'other';

/** A certificate as read; nothing is verified. Times in milliseconds since 1970 UTC. */
export interface Certificate {
  readonly der: Uint8Array;
  /** Lower-case hex, as in the certificate. */
  readonly serial: string;
  readonly issuer: Name;
  readonly subject: Name;
  readonly notBefore: number;
  readonly notAfter: number;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  readonly keyKind: KeyKind;
  /** RSA modulus or EC field size in bits. */
  readonly keyBits: number;
  /** secp256r1, secp384r1, secp521r1 or a dotted OID; undefined unless EC. */
  readonly curve?: string;
  /** Dotted OID of the signature on this certificate, and the hash of RSASSA-PSS parameters when it is that. */
  readonly signatureOid: string;
  readonly signaturePssHash?: string;
  /** Dotted OIDs; undefined when the extension is absent. */
  readonly extendedKeyUsage?: readonly string[];
  /** undefined when absent. Bits in RFC 5280 order: 0 digitalSignature … 8 decipherOnly. */
  readonly keyUsage?: number;
  readonly isCa: boolean;
  readonly subjectKeyId?: string;
  readonly authorityKeyId?: string;
  /** DNS names, e-mail, UPN (otherName 1.3.6.1.4.1.311.20.2.3), IP addresses as text. */
  readonly subjectAltNames: readonly { readonly kind: string; readonly value: string }[];
  readonly crlUrls: readonly string[];
  readonly aiaIssuerUrls: readonly string[];
  readonly ocspUrls: readonly string[];
  readonly extensions: readonly {
    readonly oid: string;
    readonly critical: boolean;
    readonly value: Uint8Array;
  }[];
  /** Extensions that could not be read, with why; the certificate is kept. */
  readonly oddities: readonly string[];
}

/** A certificate with its SHA-1 thumbprint (lower-case hex), the name Windows gives it. */
export interface Thumbprinted {
  readonly thumbprint: string;
  readonly certificate: Certificate;
}
