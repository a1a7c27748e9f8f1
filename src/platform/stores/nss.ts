import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { known } from '../../base/known.ts';
import { pemBlocks } from '../../wire/identity/pem.ts';
import { type Certificate, parseCertificate } from '../../wire/x509/certificate.ts';
import type { Run, UserCertificate, UserStores } from './user-certificate.ts';

/** The certificate databases of Firefox and Chromium, read with certutil of NSS. */

export interface NssDatabase {
  /** Folder with cert9.db. */
  readonly folder: string;
  /** 'Firefox profile abc.default', 'Chromium'. */
  readonly title: string;
  /** Ids of client families. */
  readonly clients: readonly string[];
}

/** Where browsers keep them below a home: as installed by the distribution, by snap and by flatpak. */
const CHROMIUM = [
  '.pki/nssdb',
  '.local/share/pki/nssdb',
  'snap/chromium/current/.pki/nssdb',
  '.var/app/org.chromium.Chromium/data/pki/nssdb',
  '.var/app/com.google.Chrome/data/pki/nssdb',
  '.var/app/com.microsoft.Edge/data/pki/nssdb',
];
const FIREFOX = [
  '.mozilla/firefox',
  '.config/mozilla/firefox',
  'snap/firefox/common/.mozilla/firefox',
  '.var/app/org.mozilla.firefox/.mozilla/firefox',
  'Library/Application Support/Firefox/Profiles',
  'AppData/Roaming/Mozilla/Firefox/Profiles',
];

/** The databases that exist. */
export async function findNssDatabases(home: string): Promise<NssDatabase[]> {
  const candidates: NssDatabase[] = CHROMIUM.map((place) => ({
    folder: path.join(home, place),
    title: place.startsWith('.pki') ? 'Chromium' : `Chromium, ~/${place}`,
    clients: ['chromium-linux'],
  }));
  for (const place of FIREFOX) {
    for (const profile of await readdir(path.join(home, place)).catch(() => []))
      candidates.push({
        folder: path.join(home, place, profile),
        title: `Firefox profile ${profile}`,
        clients: ['firefox'],
      });
  }
  const found = await Promise.all(candidates.map(({ folder }) => isFile(path.join(folder, 'cert9.db'))));
  return candidates.filter((_, i) => found[i]);
}

const isFile = (file: string): Promise<boolean> =>
  stat(file).then(
    (one) => one.isFile(),
    () => false,
  );

/** Reads the databases; the keys' password is not needed, for certificates lie open. */
export async function readNss(run: Run, databases: readonly NssDatabase[]): Promise<UserStores> {
  const certificates: UserCertificate[] = [];
  const notes: string[] = [];
  for (const database of databases) {
    const read = await readDatabase(run, database);
    certificates.push(...read.certificates);
    notes.push(...read.notes);
    if (read.missing) break;
  }
  return { certificates, notes };
}

async function readDatabase(
  run: Run,
  { folder, title, clients }: NssDatabase,
): Promise<UserStores & { readonly missing?: boolean }> {
  const command = ['certutil', '-L', '-d', `sql:${folder}`];
  const listed = await run(command);
  if (listed.missing) {
    const note = `the certificates of ${title} cannot be read: certutil of NSS is not installed (Debian: apt install libnss3-tools)`;
    return { certificates: [], notes: [note], missing: true };
  }
  if (listed.exitCode !== 0) {
    const why = listed.output.trim().split('\n').at(-1) ?? '';
    return { certificates: [], notes: [`the certificates of ${title} cannot be read: ${why}`] };
  }
  const notes: string[] = [];
  const entries: { readonly entry: NssEntry; readonly held: readonly Certificate[] }[] = [];
  for (const entry of listEntries(listed.output)) {
    const { output } = await run([...command, '-a', '-n', entry.nickname]);
    const held = certificatesIn(output);
    if (held.length > 0) entries.push({ entry, held });
    else notes.push(`«${entry.nickname}» of ${title} cannot be read`);
  }
  const own = entries.filter(({ entry }) => entry.hasPrivateKey);
  const others = entries.filter(({ entry }) => !entry.hasPrivateKey).flatMap(({ held }) => held);
  const certificates = own.flatMap(({ entry, held }) =>
    held.map((leaf) => ({
      identity: { leaf, hasPrivateKey: true, held: [], reachable: known(others) },
      where: title,
      label: entry.nickname,
      hasPrivateKey: true,
      clients,
    })),
  );
  return { certificates, notes };
}

export interface NssEntry {
  readonly nickname: string;
  readonly hasPrivateKey: boolean;
}

/**
 * The listing of `certutil -L`: nickname, blanks, three groups of trust letters. The letter u marks a certificate with
 * a private key (certutil(1), -t). Equal nicknames, as renewed certificates get, are listed once.
 */
export function listEntries(listing: string): NssEntry[] {
  const entries = new Map<string, boolean>();
  for (const line of listing.split(/\r?\n/)) {
    const [, nickname, trust = ''] = /^(\S.*?)\s+([a-zA-Z]*,[a-zA-Z]*,[a-zA-Z]*)\s*$/.exec(line) ?? [];
    // The heading of the columns looks like an entry but for its blank nickname: 'SSL,S/MIME,JAR/XPI'.
    if (nickname) entries.set(nickname, (entries.get(nickname) ?? false) || trust.includes('u'));
  }
  return [...entries].map(([nickname, hasPrivateKey]) => ({ nickname, hasPrivateKey }));
}

/** All certificates of a PEM text; one that cannot be read is passed over. */
export function certificatesIn(text: string): Certificate[] {
  return pemBlocks(text).flatMap(({ label, der }) => {
    try {
      return label === 'CERTIFICATE' ? [parseCertificate(der)] : [];
    } catch {
      return [];
    }
  });
}
