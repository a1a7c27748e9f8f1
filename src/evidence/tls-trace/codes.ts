import { alert, clientCertificateType, signatureScheme } from '../../wire/tls/registry/index.ts';

/** Numbers behind the names that tools print. */

const HASHES: Readonly<Record<string, number>> = {
  md5: 1,
  sha1: 2,
  sha224: 3,
  sha256: 4,
  sha384: 5,
  sha512: 6,
};
const SIGNATURES: Readonly<Record<string, number>> = { rsa: 1, dsa: 2, ecdsa: 3 };

/** SignatureScheme by its name of IANA, OpenSSL ('ECDSA+SHA256'), or Java ('rsa_sha224', 'SHA1withRSA'). */
export function schemeNumber(text: string): number | undefined {
  const known = signatureScheme.number(text);
  if (known !== undefined) return known;
  const name = text.toLowerCase();
  const pss = /^rsa-pss\+sha(256|384|512)$/.exec(name);
  if (pss) return { 256: 0x0804, 384: 0x0805, 512: 0x0806 }[Number(pss[1])];
  const [, signature, hash] = /^(rsa|dsa|ecdsa)[+_](md5|sha\d+)$/.exec(name) ?? [];
  if (signature && hash) return pairNumber(hash, signature);
  const [, first, second] = /^(md5|sha\d+)with(rsa|dsa|ecdsa)$/.exec(name) ?? [];
  if (first && second) return pairNumber(first, second);
  const [, high, low] = /\b0x([0-9a-f]{1,2})\b.*\b0x([0-9a-f]{1,2})\b/.exec(name) ?? [];
  return high && low ? (Number.parseInt(high, 16) << 8) | Number.parseInt(low, 16) : undefined;
}

function pairNumber(hash: string, signature: string): number | undefined {
  const [high, low] = [HASHES[hash], SIGNATURES[signature]];
  return high === undefined || low === undefined ? undefined : (high << 8) | low;
}

const TYPES: Readonly<Record<string, number>> = {
  'rsa sign': 1,
  rsa: 1,
  'dsa sign': 2,
  dss: 2,
  'rsa fixed dh': 3,
  'dss fixed dh': 4,
  'ecdsa sign': 64,
  ecdsa: 64,
  'rsa fixed ecdh': 65,
  'ecdsa fixed ecdh': 66,
};

/** ClientCertificateType by its name of IANA, OpenSSL ('RSA sign') or old Java ('RSA'). */
export const typeNumber = (text: string): number | undefined =>
  clientCertificateType.number(text) ?? TYPES[text.toLowerCase()] ?? numberIn(text);

/** 'UNKNOWN (5)' of OpenSSL. */
function numberIn(text: string): number | undefined {
  const [, digits] = /\((\d{1,3})\)/.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** 'TLSv1.2', 'TLS1.3', 'TLS 1.0', 'TLSv1', 'SSLv3'. */
export function versionNumber(text: string): number | undefined {
  if (/^SSL ?v?3/i.test(text)) return 0x0300;
  const [, minor] = /^TLS ?v?1(?:\.([0-3]))?/i.exec(text) ?? [];
  if (minor !== undefined) return 0x0301 + Number(minor);
  return /^TLS ?v?1/i.test(text) ? 0x0301 : undefined;
}

/** 'handshake_failure', 'handshake failure', 'HANDSHAKE_FAILURE'. */
export const alertNumber = (text: string): number | undefined =>
  alert.number(text.trim().toLowerCase().replaceAll(' ', '_'));

export const known = <T>(values: readonly (T | undefined)[]): T[] =>
  values.filter((one): one is T => one !== undefined);
