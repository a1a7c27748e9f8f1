import { toHex } from '../../base/bytes.ts';
import { known } from '../../base/known.ts';
import type { Digest } from '../../base/ports.ts';
import { certificatesIn } from './nss.ts';
import type { Run, UserCertificate, UserStores } from './user-certificate.ts';

const SYSTEM_ROOTS = '/System/Library/Keychains/SystemRootCertificates.keychain';
/** Firefox looks into the keychain through osclientcerts. */
const CLIENTS = ['chrome-macos', 'apple', 'firefox'];

/** The keychains of this user: identities by `security find-identity`, certificates by `find-certificate`. */
export async function readKeychain(run: Run, digest: Digest): Promise<UserStores> {
  const listed = await run(['security', 'find-identity']);
  if (listed.missing || listed.exitCode !== 0)
    return { certificates: [], notes: [`the keychain cannot be read: ${listed.output.trim()}`] };
  const [own, roots] = await Promise.all([
    run(['security', 'find-certificate', '-a', '-p']),
    run(['security', 'find-certificate', '-a', '-p', SYSTEM_ROOTS]),
  ]);
  const held = certificatesIn(own.output);
  const reachable = known([...held, ...certificatesIn(roots.output)]);
  const byThumbprint = new Map(held.map((one) => [toHex(digest.digest('sha1', one.der)), one]));
  const certificates: UserCertificate[] = [];
  const notes: string[] = [];
  for (const { thumbprint, label } of listIdentities(listed.output)) {
    const leaf = byThumbprint.get(thumbprint);
    if (!leaf) notes.push(`«${label}» of the keychain cannot be read`);
    else
      certificates.push({
        identity: { leaf, hasPrivateKey: true, held: [], reachable },
        where: 'keychain',
        label,
        hasPrivateKey: true,
        clients: CLIENTS,
      });
  }
  return { certificates, notes };
}

/** Lines such as `  1) 40 hex digits "label" (CSSMERR_…)`; the valid ones stand there twice. */
function listIdentities(listing: string): { thumbprint: string; label: string }[] {
  const found = new Map<string, string>();
  for (const [, hash, label] of listing.matchAll(/^\s*\d+\)\s+([0-9A-F]{40})\s+"(.*)"/gim))
    found.set(hash!.toLowerCase(), label!);
  return [...found].map(([thumbprint, label]) => ({ thumbprint, label }));
}
