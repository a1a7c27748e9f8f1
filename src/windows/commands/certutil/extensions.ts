import { fromHex, Malformed } from '../../../base/bytes.ts';
import type { Certificate } from '../../../wire/x509/certificate.ts';
import { children, expect, TAG } from '../../../wire/x509/der.ts';
import { hexLines, pairs } from './hex.ts';
import { EXTENSIONS, KEY_USAGES, USAGES } from './names.ts';

/** The extensions of a certificate as certutil prints them; one that it does not decode as bytes. */
export function extensionLines(certificate: Certificate): string[] {
  const { extensions } = certificate;
  const blocks = extensions.flatMap(({ oid, critical, value }) => [
    `    ${oid}: Flags = ${critical ? '1(Critical)' : '0'}, Length = ${value.length.toString(16)}`,
    ...(EXTENSIONS[oid] ? [`    ${EXTENSIONS[oid]}`] : []),
    ...(decoded(oid, certificate, value)?.map((line) => `        ${line}`) ?? hexLines(value, '    ')),
    '',
  ]);
  return [`Certificate Extensions: ${extensions.length}`, ...blocks];
}

function decoded(oid: string, certificate: Certificate, value: Uint8Array): string[] | null {
  switch (oid) {
    case '2.5.29.14':
      return certificate.subjectKeyId === undefined ? null : [pairs(fromHex(certificate.subjectKeyId))];
    case '2.5.29.15':
      return certificate.keyUsage === undefined ? null : [keyUsage(certificate.keyUsage)];
    case '2.5.29.17':
      return certificate.subjectAltNames.map(
        ({ kind, value: name }) => `${NAME_KINDS[kind] ?? kind}=${name}`,
      );
    case '2.5.29.19':
      return [
        `Subject Type=${certificate.isCa ? 'CA' : 'End Entity'}`,
        `Path Length Constraint=${pathLength(value)}`,
      ];
    case '2.5.29.31':
      return urls(certificate.crlUrls, 'CRL Distribution Point', [
        'Distribution Point Name:',
        '     Full Name:',
      ]);
    case '2.5.29.35':
      return certificate.authorityKeyId === undefined
        ? null
        : [`KeyID=${pairs(fromHex(certificate.authorityKeyId))}`];
    case '2.5.29.37':
      return (
        certificate.extendedKeyUsage?.map((usage) => `${USAGES[usage] ?? 'Unknown Key Usage'} (${usage})`) ??
        null
      );
    default:
      return null;
  }
}

/** Bit 8 of the first byte is digitalSignature: the number behind the names is that byte. */
function keyUsage(bits: number): string {
  const names = KEY_USAGES.filter((_, i) => (bits >> i) & 1).flatMap((name) =>
    name === 'CRL Signing' ? ['Off-line CRL Signing', name] : [name],
  );
  const byte = [0, 1, 2, 3, 4, 5, 6, 7].reduce((sum, i) => sum + (((bits >> i) & 1) << (7 - i)), 0);
  return `${names.join(', ')} (${byte.toString(16).padStart(2, '0')})`;
}

const NAME_KINDS: Readonly<Record<string, string>> = {
  dns: 'DNS Name',
  email: 'RFC822 Name',
  uri: 'URL',
  ip: 'IP Address',
  directory: 'Directory Address',
  upn: 'Other Name: Principal Name',
};

function pathLength(value: Uint8Array): string {
  try {
    const parts = children(expect(value, TAG.sequence, 'basicConstraints').contents, 'basicConstraints');
    const number = parts.find((part) => part.tag === TAG.integer);
    return number ? String(number.contents.reduce((sum, byte) => sum * 256 + byte, 0)) : 'None';
  } catch (error) {
    if (error instanceof Malformed) return 'None';
    throw error;
  }
}

function urls(all: readonly string[], title: string, frame: readonly string[]): string[] {
  return all.flatMap((url, i) => [
    `[${i + 1}]${title}`,
    ...frame.map((line) => `     ${line}`),
    `               URL=${url}`,
  ]);
}
