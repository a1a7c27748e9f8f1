import { Malformed, toHex } from '../../../base/bytes.ts';
import type { Certificate, Thumbprinted } from '../../../wire/x509/certificate.ts';
import { children, type Element, expect, oidText, TAG } from '../../../wire/x509/der.ts';
import { type Name, printName } from '../../../wire/x509/name.ts';
import { dateText } from './dates.ts';
import { extensionLines } from './extensions.ts';
import { hexLines, pairs } from './hex.ts';
import { banner, hashText, keyLines, rootLines } from './listing.ts';
import type { Said } from './messages.ts';
import { ALGORITHMS } from './names.ts';

/** A certificate as `certutil -v -store` lists it (corpus certutil/verbose-*); of the properties only the hash. */
export function verbose(said: Said, number: number, one: Thumbprinted): string[] {
  return [
    banner(number, said.context),
    ...whole(said, one),
    '',
    '  CERT_SHA1_HASH_PROP_ID(3):',
    `    ${hashText(one.thumbprint, said.host)}`,
    '',
    ...keyLines(one, said.context),
  ];
}

/** From `X509 Certificate:` to the hashes: what -dump prints too. */
export function whole(said: Said, { certificate, thumbprint }: Thumbprinted): string[] {
  const { context, host } = said;
  const { digest, language } = context;
  const parts = partsOf(certificate);
  const hash = (name: 'md5' | 'sha1', data: Uint8Array) =>
    digest ? hashText(toHex(digest.digest(name, data)), host) : null;
  const hashes = [
    ['Key Id Hash(rfc-sha1)', parts && hash('sha1', parts.publicKey)],
    ['Key Id Hash(sha1)', hash('sha1', certificate.spki)],
    ['Cert Hash(md5)', hash('md5', certificate.der)],
    ['Cert Hash(sha1)', hashText(thumbprint, host)],
  ] as const;
  return [
    'X509 Certificate:',
    `Version: ${parts?.version ?? 3}`,
    `Serial Number: ${certificate.serial}`,
    ...algorithm('Signature Algorithm', parts?.signature),
    'Issuer:',
    ...nameLines(certificate.issuer),
    '',
    ` NotBefore: ${dateText(certificate.notBefore, language)}`,
    ` NotAfter: ${dateText(certificate.notAfter, language)}`,
    '',
    'Subject:',
    ...nameLines(certificate.subject),
    '',
    ...algorithm('Public Key Algorithm', parts?.keyAlgorithm),
    `Public Key Length: ${certificate.keyBits} bits`,
    'Public Key: UnusedBits = 0',
    ...(parts ? hexLines(parts.publicKey) : []),
    ...extensionLines(certificate),
    ...algorithm('Signature Algorithm', parts?.signature),
    ...rootLines(certificate, context),
    ...hashes.flatMap(([title, text]) => (text === null || text === undefined ? [] : [`${title}: ${text}`])),
  ];
}

/** An attribute a line, the most specific first. */
function nameLines(name: Name): string[] {
  if (name.broken || name.rdns.length === 0) return ['    EMPTY'];
  return name.rdns.toReversed().map((rdn) => `    ${printName({ der: rdn[0]!.der, rdns: [rdn] })}`);
}

interface Parts {
  readonly version: number;
  readonly signature: Element;
  readonly keyAlgorithm: Element;
  /** Contents of the BIT STRING. */
  readonly publicKey: Uint8Array;
}

/** What a Certificate does not keep; null when it is not of its usual form. */
function partsOf({ der, spki }: Certificate): Parts | null {
  try {
    const [tbs, signature] = children(expect(der, TAG.sequence, 'certificate').contents);
    const [version] = children(tbs!.contents);
    const [keyAlgorithm, bits] = children(expect(spki, TAG.sequence, 'public key').contents);
    if (!signature || !keyAlgorithm || !bits || !version) return null;
    const number = version.tag === 0xa0 ? (version.contents.at(-1) ?? 0) + 1 : 1;
    return { version: number, signature, keyAlgorithm, publicKey: bits.contents.subarray(1) };
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

function algorithm(title: string, element: Element | undefined): string[] {
  const [oid, parameters] = element ? children(element.contents) : [];
  if (!oid) return [`${title}:`];
  const dotted = oidText(oid.contents);
  return [
    `${title}:`,
    `    Algorithm ObjectId: ${[dotted, ALGORITHMS[dotted]].filter(Boolean).join(' ')}`,
    ...(parameters
      ? ['    Algorithm Parameters:', `    ${pairs(parameters.der)}`]
      : ['    Algorithm Parameters: NULL']),
  ];
}
