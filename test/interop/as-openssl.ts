import { toHex } from '../../src/base/bytes.ts';
import type { CertificateRequest } from '../../src/wire/tls/handshake/certificate-request.ts';
import type { Name } from '../../src/wire/x509/name.ts';
import type { PrintedRequest } from './peers.ts';

/** A name as `-nameopt oid,dump_all,dump_der` prints it. */
const asOpenssl = (name: Name): string =>
  name.rdns
    .map((rdn) => rdn.map((one) => `${one.type}=#${toHex(one.der).toUpperCase()}`).join('+'))
    .join(',');

const OPENSSL_TYPES: Readonly<Record<number, string>> = { 1: 'RSA sign', 2: 'DSA sign', 64: 'ECDSA sign' };

const OPENSSL_HASHES: Readonly<Record<string, string>> = {
  '2': 'SHA1',
  '3': 'SHA224',
  '4': 'SHA256',
  '5': 'SHA384',
  '6': 'SHA512',
};
const OPENSSL_KEYS: Readonly<Record<string, string>> = { '1': 'RSA', '2': 'DSA', '3': 'ECDSA' };
const OPENSSL_SINGLE: Readonly<Record<number, string>> = {
  2052: 'RSA-PSS+SHA256',
  2053: 'RSA-PSS+SHA384',
  2054: 'RSA-PSS+SHA512',
  2055: 'Ed25519',
  2056: 'Ed448',
  2057: 'RSA-PSS+SHA256',
  2058: 'RSA-PSS+SHA384',
  2059: 'RSA-PSS+SHA512',
};

function algorithmAsOpenssl(scheme: number): string {
  const [hash, key] = [scheme >> 8, scheme & 255];
  const known = OPENSSL_HASHES[hash] && `${OPENSSL_KEYS[key]}+${OPENSSL_HASHES[hash]}`;
  // MD5 is a number to it.
  return OPENSSL_SINGLE[scheme] ?? known ?? `0x0${key}+0x0${hash}`;
}

/** Our reading of a request in the words in which openssl s_client prints its own. */
export function printed(request: CertificateRequest): PrintedRequest {
  return {
    names: request.authorities.map(asOpenssl),
    types: request.certificateTypes?.map((type) => OPENSSL_TYPES[type] ?? String(type)).join(', ') ?? null,
    algorithms: (request.signatureAlgorithms ?? []).map(algorithmAsOpenssl).join(':'),
  };
}
