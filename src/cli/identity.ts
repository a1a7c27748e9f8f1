import { readFile } from 'node:fs/promises';
import type { SigningKey } from '../base/ports.ts';
import { nodeCrypto } from '../platform/crypto.ts';
import { type IdentityFile, readIdentityFile } from '../wire/identity/identity-file.ts';
import type { Certificate } from '../wire/x509/certificate.ts';
import { UsageError } from './usage.ts';

export interface LoadedIdentity {
  /** Leaf first. */
  readonly certificates: readonly Certificate[];
  readonly key: SigningKey | null;
}

/** Reads the user's certificate and, where it is given, its key. A password comes from a file or the environment. */
export async function loadIdentity(
  certFile: string,
  keyFile?: string,
  passwordFile?: string,
): Promise<LoadedIdentity> {
  const password = await passwordFrom(passwordFile);
  const bytes = await bytesOf(certFile);
  const withKey = keyFile ? Buffer.concat([bytes, Buffer.from('\n'), await bytesOf(keyFile)]) : bytes;
  const file = await readIdentityFile(withKey, {
    crypto: nodeCrypto,
    ...(password === undefined ? {} : { password }),
  });
  refuse(file, certFile);
  const pkcs8 = file.keys[0]?.pkcs8;
  if (keyFile && !pkcs8) throw new UsageError(`${keyFile}: no private key in it`, 'give the key as PEM');
  return { certificates: file.certificates, key: pkcs8 ? await nodeCrypto.signingKey(pkcs8) : null };
}

export async function readCertificates(name: string, bytes: Uint8Array | null): Promise<Certificate[]> {
  if (!bytes) throw new UsageError(`${name}: cannot be read`, 'check the path');
  const file = await readIdentityFile(bytes, { crypto: nodeCrypto });
  refuse(file, name);
  return [...file.certificates];
}

function refuse(file: IdentityFile, name: string): void {
  const [message, hint = ''] = troubleOf(file);
  if (message) throw new UsageError(`${name}: ${message}`, hint);
}

function troubleOf({ problem, certificates, notes }: IdentityFile): [message: string, hint: string] | [] {
  if (problem === 'wrong-password')
    return ['the password does not open it', 'check the password in --password-file'];
  if (problem === 'needs-password')
    return ['is protected by a password', 'give it with --password-file FILE or in HANDCLASP_PASSWORD'];
  if (problem === 'key-does-not-fit')
    return [
      'the private key does not belong to the certificate',
      'give the key that the certificate was made for',
    ];
  if (certificates.length > 0) return [];
  const why = notes[0]?.message ?? 'neither PEM, DER, PKCS#12 nor PKCS#7';
  return [`no certificate in it (${why})`, 'give a certificate file'];
}

async function passwordFrom(file?: string): Promise<string | undefined> {
  if (!file) return process.env.HANDCLASP_PASSWORD;
  return (await bytesOf(file)).toString('utf8').replace(/\r?\n$/, '');
}

async function bytesOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new UsageError(
      `${file}: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : 'cannot be read'}`,
      'check the path',
    );
  }
}
