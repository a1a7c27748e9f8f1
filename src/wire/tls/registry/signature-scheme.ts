import { makeRegistry, run } from './registry.ts';

/**
 * SignatureScheme (IANA TLS SignatureScheme). Pairs of hash and signature that TLS 1.2 knows (RFC 5246
 * 7.4.1.4.1) but that registry leaves unnamed bear names made in its manner.
 */
export const signatureScheme = makeRegistry(4, [
  ...run(0x0101, 'rsa_pkcs1_md5', 'dsa_md5', 'ecdsa_md5'),
  ...run(0x0201, 'rsa_pkcs1_sha1', 'dsa_sha1', 'ecdsa_sha1'),
  ...run(0x0301, 'rsa_pkcs1_sha224', 'dsa_sha224', 'ecdsa_sha224'),
  ...run(0x0401, 'rsa_pkcs1_sha256', 'dsa_sha256', 'ecdsa_secp256r1_sha256'),
  [0x0420, 'rsa_pkcs1_sha256_legacy'],
  ...run(0x0501, 'rsa_pkcs1_sha384', 'dsa_sha384', 'ecdsa_secp384r1_sha384'),
  [0x0520, 'rsa_pkcs1_sha384_legacy'],
  ...run(0x0601, 'rsa_pkcs1_sha512', 'dsa_sha512', 'ecdsa_secp521r1_sha512'),
  [0x0620, 'rsa_pkcs1_sha512_legacy'],
  ...run(0x0704, 'eccsi_sha256', 'iso_ibs1', 'iso_ibs2', 'iso_chinese_ibs', 'sm2sig_sm3'),
  ...run(0x0709, 'gostr34102012_256a', 'gostr34102012_256b', 'gostr34102012_256c', 'gostr34102012_256d'),
  ...run(0x070d, 'gostr34102012_512a', 'gostr34102012_512b', 'gostr34102012_512c'),
  ...run(0x0804, 'rsa_pss_rsae_sha256', 'rsa_pss_rsae_sha384', 'rsa_pss_rsae_sha512', 'ed25519', 'ed448'),
  ...run(0x0809, 'rsa_pss_pss_sha256', 'rsa_pss_pss_sha384', 'rsa_pss_pss_sha512'),
  [0x081a, 'ecdsa_brainpoolP256r1tls13_sha256'],
  [0x081b, 'ecdsa_brainpoolP384r1tls13_sha384'],
  [0x081c, 'ecdsa_brainpoolP512r1tls13_sha512'],
  ...run(0x0904, 'mldsa44', 'mldsa65', 'mldsa87'),
  [0xff01, 'rsa_pkcs1_md5_sha1'],
]);

/**
 * How keys sign before TLS 1.2, where no number stands on the wire (RFC 2246 7.4.3, RFC 8422 5.10). That of RSA has
 * none either and gets one of IANA's private use.
 */
export const SCHEME_BEFORE_TLS12: Readonly<Record<string, number>> = { rsa: 0xff01, ec: 0x0203, dsa: 0x0202 };
