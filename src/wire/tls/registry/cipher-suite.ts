import { makeRegistry } from './registry.ts';

/** Consecutive suites: for each key exchange each cipher, all of the form TLS_<exchange>_WITH_<cipher>. */
function family(first: number, exchanges: string, ciphers: string): [number, string][] {
  const names = exchanges.split(' ').flatMap((exchange) => {
    return ciphers.split(' ').map((cipher) => `${exchange}_WITH_${cipher}`);
  });
  return plain(first, ...names);
}

/** Consecutive suites by their names without TLS_; a text may hold several. */
function plain(first: number, ...names: readonly string[]): [number, string][] {
  const each = names.flatMap((name) => name.split(' '));
  return each.map((name, i) => [first + i, `TLS_${name}`]);
}

const SIX = 'RSA DH_DSS DH_RSA DHE_DSS DHE_RSA DH_anon';
const PSKS = 'PSK DHE_PSK RSA_PSK';
const EC = 'ECDHE_ECDSA ECDH_ECDSA ECDHE_RSA ECDH_RSA';
/** The three that came with SSL 3.0 for each exchange. */
const des = (first: number, exchange: string) =>
  plain(
    first,
    `${exchange}_EXPORT_WITH_DES40_CBC_SHA ${exchange}_WITH_DES_CBC_SHA ${exchange}_WITH_3DES_EDE_CBC_SHA`,
  );

/** Cipher suites (IANA TLS Cipher Suites), in the order of their numbers. */
export const cipherSuite = makeRegistry(4, [
  ...plain(0x0000, 'NULL_WITH_NULL_NULL RSA_WITH_NULL_MD5 RSA_WITH_NULL_SHA RSA_EXPORT_WITH_RC4_40_MD5'),
  ...plain(0x0004, 'RSA_WITH_RC4_128_MD5 RSA_WITH_RC4_128_SHA RSA_EXPORT_WITH_RC2_CBC_40_MD5'),
  ...plain(0x0007, 'RSA_WITH_IDEA_CBC_SHA'),
  ...des(0x0008, 'RSA'),
  ...des(0x000b, 'DH_DSS'),
  ...des(0x000e, 'DH_RSA'),
  ...des(0x0011, 'DHE_DSS'),
  ...des(0x0014, 'DHE_RSA'),
  ...plain(0x0017, 'DH_anon_EXPORT_WITH_RC4_40_MD5 DH_anon_WITH_RC4_128_MD5'),
  ...des(0x0019, 'DH_anon'),
  ...family(0x001e, 'KRB5', 'DES_CBC_SHA 3DES_EDE_CBC_SHA RC4_128_SHA IDEA_CBC_SHA'),
  ...family(0x0022, 'KRB5', 'DES_CBC_MD5 3DES_EDE_CBC_MD5 RC4_128_MD5 IDEA_CBC_MD5'),
  ...family(0x0026, 'KRB5_EXPORT', 'DES_CBC_40_SHA RC2_CBC_40_SHA RC4_40_SHA'),
  ...family(0x0029, 'KRB5_EXPORT', 'DES_CBC_40_MD5 RC2_CBC_40_MD5 RC4_40_MD5'),
  ...family(0x002c, PSKS, 'NULL_SHA'),
  ...family(0x002f, SIX, 'AES_128_CBC_SHA'),
  ...family(0x0035, SIX, 'AES_256_CBC_SHA'),
  ...family(0x003b, 'RSA', 'NULL_SHA256 AES_128_CBC_SHA256 AES_256_CBC_SHA256'),
  ...family(0x003e, 'DH_DSS DH_RSA DHE_DSS', 'AES_128_CBC_SHA256'),
  ...family(0x0041, SIX, 'CAMELLIA_128_CBC_SHA'),
  ...family(0x0067, 'DHE_RSA', 'AES_128_CBC_SHA256'),
  ...family(0x0068, 'DH_DSS DH_RSA DHE_DSS DHE_RSA', 'AES_256_CBC_SHA256'),
  ...family(0x006c, 'DH_anon', 'AES_128_CBC_SHA256 AES_256_CBC_SHA256'),
  ...family(0x0084, SIX, 'CAMELLIA_256_CBC_SHA'),
  ...family(0x008a, PSKS, 'RC4_128_SHA 3DES_EDE_CBC_SHA AES_128_CBC_SHA AES_256_CBC_SHA'),
  ...family(0x0096, SIX, 'SEED_CBC_SHA'),
  ...family(0x009c, 'RSA DHE_RSA DH_RSA DHE_DSS DH_DSS DH_anon', 'AES_128_GCM_SHA256 AES_256_GCM_SHA384'),
  ...family(0x00a8, PSKS, 'AES_128_GCM_SHA256 AES_256_GCM_SHA384'),
  ...family(0x00ae, PSKS, 'AES_128_CBC_SHA256 AES_256_CBC_SHA384 NULL_SHA256 NULL_SHA384'),
  ...family(0x00ba, SIX, 'CAMELLIA_128_CBC_SHA256'),
  ...family(0x00c0, SIX, 'CAMELLIA_256_CBC_SHA256'),
  ...plain(0x00c6, 'SM4_GCM_SM3 SM4_CCM_SM3'),
  ...plain(0x00ff, 'EMPTY_RENEGOTIATION_INFO_SCSV'),
  ...plain(0x1301, 'AES_128_GCM_SHA256 AES_256_GCM_SHA384 CHACHA20_POLY1305_SHA256 AES_128_CCM_SHA256'),
  ...plain(0x1305, 'AES_128_CCM_8_SHA256 AEGIS_256_SHA512 AEGIS_128L_SHA256'),
  ...plain(0x5600, 'FALLBACK_SCSV'),
  ...family(
    0xc001,
    'ECDH_ECDSA ECDHE_ECDSA ECDH_RSA ECDHE_RSA ECDH_anon',
    'NULL_SHA RC4_128_SHA 3DES_EDE_CBC_SHA AES_128_CBC_SHA AES_256_CBC_SHA',
  ),
  ...family(0xc01a, 'SRP_SHA SRP_SHA_RSA SRP_SHA_DSS', '3DES_EDE_CBC_SHA'),
  ...family(0xc01d, 'SRP_SHA SRP_SHA_RSA SRP_SHA_DSS', 'AES_128_CBC_SHA'),
  ...family(0xc020, 'SRP_SHA SRP_SHA_RSA SRP_SHA_DSS', 'AES_256_CBC_SHA'),
  ...family(0xc023, EC, 'AES_128_CBC_SHA256 AES_256_CBC_SHA384'),
  ...family(0xc02b, EC, 'AES_128_GCM_SHA256 AES_256_GCM_SHA384'),
  ...family(0xc033, 'ECDHE_PSK', 'RC4_128_SHA 3DES_EDE_CBC_SHA AES_128_CBC_SHA AES_256_CBC_SHA'),
  ...family(0xc037, 'ECDHE_PSK', 'AES_128_CBC_SHA256 AES_256_CBC_SHA384 NULL_SHA NULL_SHA256 NULL_SHA384'),
  ...family(0xc03c, SIX, 'ARIA_128_CBC_SHA256 ARIA_256_CBC_SHA384'),
  ...family(0xc048, EC, 'ARIA_128_CBC_SHA256 ARIA_256_CBC_SHA384'),
  ...family(0xc050, 'RSA DHE_RSA DH_RSA DHE_DSS DH_DSS DH_anon', 'ARIA_128_GCM_SHA256 ARIA_256_GCM_SHA384'),
  ...family(0xc05c, EC, 'ARIA_128_GCM_SHA256 ARIA_256_GCM_SHA384'),
  ...family(0xc064, PSKS, 'ARIA_128_CBC_SHA256 ARIA_256_CBC_SHA384'),
  ...family(0xc06a, PSKS, 'ARIA_128_GCM_SHA256 ARIA_256_GCM_SHA384'),
  ...family(0xc070, 'ECDHE_PSK', 'ARIA_128_CBC_SHA256 ARIA_256_CBC_SHA384'),
  ...family(0xc072, EC, 'CAMELLIA_128_CBC_SHA256 CAMELLIA_256_CBC_SHA384'),
  ...family(
    0xc07a,
    'RSA DHE_RSA DH_RSA DHE_DSS DH_DSS DH_anon',
    'CAMELLIA_128_GCM_SHA256 CAMELLIA_256_GCM_SHA384',
  ),
  ...family(0xc086, EC, 'CAMELLIA_128_GCM_SHA256 CAMELLIA_256_GCM_SHA384'),
  ...family(0xc08e, PSKS, 'CAMELLIA_128_GCM_SHA256 CAMELLIA_256_GCM_SHA384'),
  ...family(0xc094, `${PSKS} ECDHE_PSK`, 'CAMELLIA_128_CBC_SHA256 CAMELLIA_256_CBC_SHA384'),
  ...family(0xc09c, 'RSA DHE_RSA', 'AES_128_CCM AES_256_CCM'),
  ...family(0xc0a0, 'RSA DHE_RSA', 'AES_128_CCM_8 AES_256_CCM_8'),
  ...family(0xc0a4, 'PSK DHE_PSK', 'AES_128_CCM AES_256_CCM'),
  ...family(0xc0a8, 'PSK PSK_DHE', 'AES_128_CCM_8 AES_256_CCM_8'),
  ...family(0xc0ac, 'ECDHE_ECDSA', 'AES_128_CCM AES_256_CCM AES_128_CCM_8 AES_256_CCM_8'),
  ...family(0xc0b0, 'ECCPWD', 'AES_128_GCM_SHA256 AES_256_GCM_SHA384 AES_128_CCM_SHA256 AES_256_CCM_SHA384'),
  ...plain(0xc0b4, 'SHA256_SHA256 SHA384_SHA384'),
  ...plain(0xc100, 'GOSTR341112_256_WITH_KUZNYECHIK_CTR_OMAC GOSTR341112_256_WITH_MAGMA_CTR_OMAC'),
  ...plain(0xc102, 'GOSTR341112_256_WITH_28147_CNT_IMIT GOSTR341112_256_WITH_KUZNYECHIK_MGM_L'),
  ...plain(0xc104, 'GOSTR341112_256_WITH_MAGMA_MGM_L GOSTR341112_256_WITH_KUZNYECHIK_MGM_S'),
  ...plain(0xc106, 'GOSTR341112_256_WITH_MAGMA_MGM_S'),
  ...family(
    0xcca8,
    'ECDHE_RSA ECDHE_ECDSA DHE_RSA PSK ECDHE_PSK DHE_PSK RSA_PSK',
    'CHACHA20_POLY1305_SHA256',
  ),
  ...family(0xd001, 'ECDHE_PSK', 'AES_128_GCM_SHA256 AES_256_GCM_SHA384 AES_128_CCM_8_SHA256'),
  ...family(0xd005, 'ECDHE_PSK', 'AES_128_CCM_SHA256'),
]);
