import { checkCredential } from '../../src/credentials/check.ts';
import type { Credential, Use } from '../../src/credentials/credential.ts';
import type { Remark } from '../../src/credentials/remark.ts';
import { type Certificate, parseCertificate } from '../../src/wire/x509/certificate.ts';
import { type CertificateOptions, type Issued, issue } from '../support/pki.ts';

export const NOW = Date.UTC(2026, 5, 1);
export const DAY = 86_400_000;
const CRL = ['http://crl.example.com/ca.crl'];

export const root = issue({ subject: 'Root', ca: true });
export const issuing = issue({ subject: 'Issuing', issuer: root, ca: true, crlUrls: CRL });

export const certificate = (issued: Issued): Certificate => parseCertificate(issued.der);

/** A user's certificate that nothing is wrong with. */
export function user(options: Partial<CertificateOptions> = {}): Issued {
  return issue({
    subject: 'user',
    issuer: issuing,
    extendedKeyUsage: ['clientAuth'],
    keyUsage: [0],
    crlUrls: CRL,
    ...options,
  });
}

export function check(
  leaf: Issued,
  beside: readonly Issued[] = [issuing],
  more: Partial<Credential> & Partial<Use> = {},
): Remark[] {
  const { at = NOW, requests = [], ...rest } = more;
  const credential = {
    leaf: certificate(leaf),
    beside: beside.map(certificate),
    elsewhere: [certificate(root)],
    ...rest,
  };
  return checkCredential(credential, { at, requests });
}

/** Ids without their prefix and without the notes on account mapping, which every certificate has. */
export const told = (remarks: readonly Remark[]): string[] =>
  remarks
    .filter(({ id }) => !/-(?:sid|upn)(?:-absent)?$/.test(id))
    .map(({ severity, id }) => `${severity}: ${id.replace('certificate-', '')}`);

export const facts = (remarks: readonly Remark[], id: string): Remark['message']['facts'] | undefined =>
  remarks.find((one) => one.id === `certificate-${id}`)?.message.facts;
