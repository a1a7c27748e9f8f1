import type { Certificate, Thumbprinted } from '../../../wire/x509/certificate.ts';
import { printName } from '../../../wire/x509/name.ts';
import { BUILDS } from '../../builds.ts';
import type { Host } from '../../host.ts';
import { isSelfSigned } from '../../schannel/chain.ts';
import type { CommandContext } from '../command.ts';
import { dateText } from './dates.ts';
import type { Said } from './messages.ts';
import { inLanguage } from './words.ts';

/** A certificate as `certutil -store` lists it (domain 8.5; corpus certutil). */
export function listed(said: Said, number: number, one: Thumbprinted): string[] {
  const { context, host } = said;
  const { certificate } = one;
  const word = inLanguage(context);
  return [
    banner(number, context),
    `${word('Serial Number')}: ${certificate.serial}`,
    `${word('Issuer')}: ${printName(certificate.issuer)}`,
    ` ${word('NotBefore')}: ${dateText(certificate.notBefore, context.language)}`,
    ` ${word('NotAfter')}: ${dateText(certificate.notAfter, context.language)}`,
    `${word('Subject')}: ${printName(certificate.subject)}`,
    ...rootLines(certificate, context),
    `${word('Cert Hash')}(sha1): ${hashText(one.thumbprint, host)}`,
    ...keyLines(one, context),
  ];
}

export function banner(number: number, context: CommandContext): string {
  return `================ ${inLanguage(context)('Certificate')} ${number} ================`;
}

/** Whether it is a root; the signature is looked at where somebody can. */
export function rootLines(certificate: Certificate, context: CommandContext): string[] {
  if (!isSelfSigned(certificate)) return [inLanguage(context)('Non-root Certificate')];
  const fits = context.isSignedBy?.(certificate, certificate) ?? true;
  return fits
    ? ['Signature matches Public Key', 'Root Certificate: Subject matches Issuer']
    : ['Possible Root Certificate: Subject matches Issuer, but Signature check fails'];
}

/** Windows before 10 prints pairs. */
export function hashText(hex: string, host: Host): string {
  const isOld = host.build.is === 'known' && BUILDS[host.build.value].netshColumn === 'A';
  return isOld ? (hex.match(/../g) ?? []).join(' ') : hex;
}

/** The container's name is made up: the lab keeps keys in files. */
export function keyLines({ thumbprint, certificate }: Thumbprinted, context: CommandContext): string[] {
  if (!context.hasKey) return [];
  const word = inLanguage(context);
  if (!context.hasKey(thumbprint))
    return ['No key provider information', 'Cannot find the certificate and private key for decryption.'];
  return [
    `  ${word('Key Container')} = handclasp-lab-${thumbprint.slice(0, 8)}`,
    `  ${word('Provider')} = Microsoft Software Key Storage Provider`,
    word('Private key is NOT exportable'),
    certificate.keyKind === 'rsa' ? word('Encryption test passed') : 'Signature test passed',
  ];
}
