import crypto from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pemBlocks } from '../wire/identity/pem.ts';
import { replaceFile } from './files.ts';
import { certificatePem, type Issued, issue, issued, keyPem, thumbprintOf } from './issue.ts';
import { keyFile, readKey, writeKey } from './keys.ts';
import { NoLab } from './state.ts';

/** The certificates that every lab host stands on, and an authority that issues more. */
export interface LabPki extends Certificates {
  /** A new server certificate; its private key is on disk when this resolves. */
  issueServer(now: number): Promise<Issued>;
}

interface Certificates {
  readonly root: Issued;
  /** A second root, as every machine trusts several. */
  readonly otherRoot: Issued;
  readonly issuing: Issued;
  readonly user: Issued;
}

/** The name that the lab's web server answers to. RFC 6761 6.3 keeps it on this machine. */
export const SITE_HOST = 'www.handclasp.localhost';
const SERVER_NAMES = [SITE_HOST, 'localhost', '127.0.0.1'];
const ORGANISATION = 'Handclasp Lab';
const DAY = 86_400_000;
/** Authorities date certificates back a little, for clocks that are slow. */
const BACKDATED = 10 * 60_000;

/** What lies in the lab's folder for its user. */
export const PKI_FILES = {
  root: 'root.pem',
  otherRoot: 'other-root.pem',
  issuing: 'issuing-ca.pem',
  /** The leaf and its key, without the issuing CA: as many users have it. */
  user: 'user.pem',
  userWithCa: 'user-with-ca.pem',
} as const;

/** The folder's certificates; made when there are none, or when the user's expires within the day. */
export async function openPki(folder: string, now: number): Promise<LabPki> {
  const found = await readPki(folder);
  if (found && found.user.certificate.notAfter > now + DAY) return found;
  return createPki(folder, now);
}

/** The folder's certificates, or null when they are not all there. */
export async function readPki(folder: string): Promise<LabPki | null> {
  const read = (file: string) => readIssued(folder, file);
  try {
    return withAuthority(folder, {
      root: await read(PKI_FILES.root),
      otherRoot: await read(PKI_FILES.otherRoot),
      issuing: await read(PKI_FILES.issuing),
      user: await read(PKI_FILES.user),
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function createPki(folder: string, now: number): Promise<LabPki> {
  const notBefore = now - BACKDATED;
  const authority = (cn: string) => ({
    subject: { cn, o: ORGANISATION },
    ca: true,
    notBefore,
    days: 3650,
  });
  const root = issue(authority('Handclasp Lab Root CA'));
  const otherRoot = issue(authority('Handclasp Lab Unrelated Root CA'));
  const issuing = issue({ ...authority('Handclasp Lab Issuing CA'), issuer: root });
  const subject = { cn: 'Handclasp Lab User', o: ORGANISATION };
  const user = issue({ subject, issuer: issuing, usage: 'client', notBefore, days: 365 });
  const made = { root, otherRoot, issuing, user };
  await writePki(folder, made);
  return withAuthority(folder, made);
}

function withAuthority(folder: string, certificates: Certificates): LabPki {
  return {
    ...certificates,
    async issueServer(now) {
      const server = issue({
        subject: { cn: SITE_HOST, o: ORGANISATION },
        issuer: certificates.issuing,
        usage: 'server',
        names: SERVER_NAMES,
        notBefore: now - BACKDATED,
        days: 365,
      });
      await writeKey(folder, server);
      return server;
    },
  };
}

/** Keys first, the user's own certificate last: when that is there, all is. */
async function writePki(folder: string, { root, otherRoot, issuing, user }: Certificates): Promise<void> {
  for (const one of [root, otherRoot, issuing, user]) await writeKey(folder, one);
  const write = (name: string, text: string, mode?: number) =>
    replaceFile(path.join(folder, name), text, mode);
  const pem = ({ certificate }: Issued) => certificatePem(certificate.der);
  await write(PKI_FILES.root, pem(root));
  await write(PKI_FILES.otherRoot, pem(otherRoot));
  await write(PKI_FILES.issuing, pem(issuing));
  await write(PKI_FILES.userWithCa, pem(user) + pem(issuing) + keyPem(user.key), 0o600);
  await write(PKI_FILES.user, pem(user) + keyPem(user.key), 0o600);
}

async function readIssued(folder: string, name: string): Promise<Issued> {
  const file = path.join(folder, name);
  const block = pemBlocks(await readFile(file, 'latin1')).find((one) => one.label === 'CERTIFICATE');
  if (!block) throw damaged(file, 'no certificate in it');
  const pem = await readKey(folder, thumbprintOf(block.der));
  if (!pem) throw damaged(keyFile(folder, thumbprintOf(block.der)), `the key of ${name} is missing`);
  return issued(block.der, crypto.createPrivateKey(pem));
}

/** The folder was tampered with: nothing that the lab can mend. */
function damaged(file: string, why: string): NoLab {
  return new NoLab(`${file}: ${why}; remove the lab's folder to start anew`, 'damaged');
}
