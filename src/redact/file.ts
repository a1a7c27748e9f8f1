import type { Digest } from '../base/ports.ts';
import { decodeText, utf8Bytes } from '../base/text.ts';
import type { Certificate } from '../wire/x509/certificate.ts';
import type { Name } from '../wire/x509/name.ts';
import { redactBinary } from './binary.ts';
import { redactDer } from './der.ts';
import type { Substitutes } from './substitutes.ts';
import { learnText, redactText } from './text.ts';
import { wordsOf } from './vocabulary.ts';

/** Files are redacted in two rounds: what names there are is learnt from all of them, then each is redacted. */

export function learnFile(bytes: Uint8Array, substitutes: Substitutes): void {
  if (!isBinary(bytes)) learnText(decodeText(bytes), substitutes);
}

/** Names in a certificate, read from whatever file. */
export function learnCertificate(certificate: Certificate, substitutes: Substitutes): void {
  const { subject, issuer, subjectAltNames, crlUrls, aiaIssuerUrls, ocspUrls } = certificate;
  const hosts = [...crlUrls, ...aiaIssuerUrls, ...ocspUrls].map(
    (url) => /^\w+:\/\/([^/]+)/.exec(url)?.[1] ?? '',
  );
  const names = [
    ...valuesOf(subject),
    ...valuesOf(issuer),
    ...subjectAltNames.map(({ value }) => value),
    ...hosts,
  ];
  for (const name of names) for (const word of wordsOf(name)) substitutes.words.add(word);
}

const valuesOf = (name: Name): string[] =>
  name.rdns.flatMap((rdn) => rdn.map((attribute) => attribute.value));

/** After all names are learnt: hashes of a certificate become those of its stand-in, so that records still name it. */
export function pairCertificate({ der }: Certificate, substitutes: Substitutes, digest: Digest): void {
  const standIn = der.slice();
  redactDer(standIn, substitutes);
  for (const hash of ['md5', 'sha1', 'sha256'] as const)
    substitutes.pair(digest.digest(hash, der), digest.digest(hash, standIn));
}

export function redactFile(bytes: Uint8Array, substitutes: Substitutes): Uint8Array {
  if (isBinary(bytes)) return redactBinary(bytes, substitutes);
  const redacted = redactText(decodeText(bytes), substitutes);
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return utf16(`\ufeff${redacted}`);
  if (a && b === 0) return utf16(redacted);
  return utf8Bytes(a === 0xef && b === 0xbb ? `\ufeff${redacted}` : redacted);
}

function isBinary(bytes: Uint8Array): boolean {
  const [a, b, c, d] = bytes;
  if ((a === 0xff && b === 0xfe) || (a && b === 0 && c && d === 0)) return false;
  return (a === 0x30 && (b ?? 0) >= 0x80) || bytes.subarray(0, 4096).includes(0);
}

function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    bytes[i * 2] = unit & 255;
    bytes[i * 2 + 1] = unit >> 8;
  }
  return bytes;
}
