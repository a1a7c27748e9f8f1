import { execFile } from 'node:child_process';
import crypto from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { known } from '../../../src/base/known.ts';
import type { Identity } from '../../../src/clients/model.ts';
import { parseCertificate } from '../../../src/wire/x509/certificate.ts';
import { encode, TAG } from '../../../src/wire/x509/der.ts';
import { type Issued, issue, type KeyPair, keysOf, type NamePart, nameDer } from '../../support/pki.ts';
import { describeIdentity, type IdentityTraits, type Listed } from './traits.ts';

const run = promisify(execFile);

/** One identity as files and as the models see it. No client file outside its group leads to its CAs. */
export interface Holder {
  /** Common name of the subject, unlike any other. */
  readonly name: string;
  readonly traits: IdentityTraits;
  /** PEM files: the leaf alone; the leaf and what is held beside it; that without the leaf, null when nothing is. */
  readonly leaf: string;
  readonly chain: string;
  readonly beside: string | null;
  readonly key: string;
  /** PKCS#12 with the password PASSWORD. */
  readonly pkcs12: string;
  readonly identity: Identity;
  /** Name of an entry of the list for this identity, DER; several for 'sixty-foreign'. */
  entries(listed: Listed): Uint8Array[];
}

export const PASSWORD = 'afresh';

const DAY = 86_400_000;
const USAGES: Readonly<Record<IdentityTraits['extendedKeyUsage'], readonly string[] | null>> = {
  client: ['clientAuth'],
  server: ['serverAuth'],
  any: ['2.5.29.37.0'],
  'client+any': ['clientAuth', '2.5.29.37.0'],
  'client+server': ['serverAuth', 'clientAuth'],
  smartcard: ['1.3.6.1.4.1.311.20.2.2'],
  none: null,
};
const NETSCAPE_TYPES: Readonly<Record<NonNullable<IdentityTraits['netscape']>, number>> = {
  client: 0x80,
  server: 0x40,
  'client and server': 0xc0,
};
const KEY_USAGES: Readonly<Record<IdentityTraits['keyUsage'], readonly number[] | null>> = {
  sign: [0],
  'sign+encipher': [0, 2],
  encipher: [2],
  'non-repudiation': [1],
  agree: [4],
  none: null,
};

/** Makes each identity once, each with CAs of its own. */
export async function makeHolders(
  wanted: readonly IdentityTraits[],
  folder: string,
  at: number,
): Promise<Map<string, Holder>> {
  const different = new Map(wanted.map((traits) => [describeIdentity(traits), traits]));
  const making = [...different].map(async ([key, traits], i) => {
    return [
      key,
      await makeHolder(traits, String(i), makeAuthorities(traits, String(i), at), folder, at),
    ] as const;
  });
  return new Map(await Promise.all(making));
}

/** Identities that one client holds together; related ones come from one issuing CA, that of the first. */
export interface Group {
  readonly identities: readonly IdentityTraits[];
  readonly related: boolean;
}

export function makeGroup(
  { identities, related }: Group,
  number: number,
  folder: string,
  at: number,
): Promise<Holder[]> {
  const tag = (i: number): string => `${number}-${i}`;
  const shared = makeAuthorities(identities[0]!, tag(0), at);
  return Promise.all(
    identities.map((traits, i) => {
      const authorities = related ? shared : makeAuthorities(traits, tag(i), at);
      return makeHolder(traits, tag(i), authorities, folder, at);
    }),
  );
}

/** Keys of the CAs are shared, those of the leaves are not: NSS finds private keys by the public one. */
const caKeys = { rsa: keysOf('rsa'), p256: keysOf('p256') };

const rsaKeys = (): Promise<KeyPair> => promisify(crypto.generateKeyPair)('rsa', { modulusLength: 2048 });

interface Authorities {
  readonly root: Issued;
  readonly policy: Issued | null;
  readonly issuing: Issued;
  /** Name of one of them, spelled otherwise on demand. */
  caName(role: string, spelled?: 'otherwise'): NamePart[];
}

/** NSS finds parents by name, so CAs with a number of their own have names of their own. */
function makeAuthorities(traits: IdentityTraits, number: string, at: number): Authorities {
  const [tag, other] = traits.caKey === 'rsa' ? [TAG.printable, TAG.utf8] : [TAG.utf8, TAG.printable];
  const caName: Authorities['caName'] = (role, spelled) => {
    const as = spelled ? other : tag;
    return [
      ['O', 'Handclasp Afresh', as],
      ['CN', `${role} CA ${number}`, as],
    ];
  };
  const dates = { notBefore: at - 90 * DAY, notAfter: at + 300 * DAY };
  const ca = (role: string, issuer?: Issued): Issued =>
    issue({
      subject: caName(role),
      key: caKeys[traits.caKey],
      ca: true,
      ...dates,
      ...(issuer ? { issuer } : {}),
    });
  const root = ca('Root');
  const policy = traits.depth === 2 ? ca('Policy', root) : null;
  return { root, policy, issuing: ca('Issuing', policy ?? root), caName };
}

async function makeHolder(
  traits: IdentityTraits,
  number: string,
  { root, policy, issuing, caName }: Authorities,
  folder: string,
  at: number,
): Promise<Holder> {
  const name = `afresh ${number}`;
  const keys = traits.key === 'rsa' ? await rsaKeys() : keysOf(traits.key);
  const leaf = issueLeaf(traits, name, issuing, keys, at);
  const chain = [issuing, ...(policy ? [policy] : [])];
  const held = { leaf: [], chain, 'chain and root': [...chain, root] }[traits.holds];

  const entries = (listed: Listed): Uint8Array[] => {
    switch (listed) {
      case 'issuer':
        return [issuing.subject];
      case 'issuer-encoding':
        return [nameDer(caName('Issuing', 'otherwise'))];
      case 'issuer-case':
        return [nameDer(caName('ISSUING'))];
      case 'issuer-blanks':
        return [nameDer(caName('Issuing '))];
      case 'policy':
        return [(policy ?? root).subject];
      case 'root':
        return [root.subject];
      case 'root-encoding':
        return [nameDer(caName('Root', 'otherwise'))];
      case 'subject':
        return [leaf.subject];
      case 'foreign':
        return [nameDer('Foreign CA')];
      case 'sixty-foreign':
        return Array.from({ length: 60 }, (_, i) => nameDer(`Foreign CA ${i} of a long list of authorities`));
    }
  };
  const files = await writeHolder(path.join(folder, `holder-${number}`), leaf, held);
  const identity: Identity = {
    leaf: parseCertificate(leaf.der),
    hasPrivateKey: true,
    held: held.map((one) => parseCertificate(one.der)),
    reachable: known([]),
  };
  return { name, traits, identity, entries, ...files };
}

const netscapeType = (bits: number) => ({
  oid: '2.16.840.1.113730.1.1',
  value: encode(TAG.bitString, Uint8Array.of(0, bits)),
});

function issueLeaf(traits: IdentityTraits, name: string, issuer: Issued, key: KeyPair, at: number): Issued {
  const { isCa, extendedKeyUsage, keyUsage, netscape, dates } = traits;
  const validity = {
    valid: { notBefore: at - 30 * DAY, notAfter: at + 200 * DAY },
    expired: { notBefore: at - 60 * DAY, notAfter: at - 2 * DAY },
    'not yet': { notBefore: at + 3 * DAY, notAfter: at + 200 * DAY },
  }[dates];
  const [usages, keyUsages] = [USAGES[extendedKeyUsage], KEY_USAGES[keyUsage]];
  return issue({
    subject: [
      ['O', 'Handclasp Afresh'],
      ['CN', name],
    ],
    issuer,
    key,
    ...validity,
    ...(isCa ? { ca: true } : {}),
    ...(usages ? { extendedKeyUsage: usages } : {}),
    ...(keyUsages ? { keyUsage: keyUsages } : {}),
    ...(netscape ? { extensions: [netscapeType(NETSCAPE_TYPES[netscape])] } : {}),
  });
}

type Files = Pick<Holder, 'leaf' | 'chain' | 'beside' | 'key' | 'pkcs12'>;

async function writeHolder(folder: string, leaf: Issued, held: readonly Issued[]): Promise<Files> {
  await mkdir(folder);
  const at = (file: string): string => path.join(folder, file);
  const beside = held.map((one) => one.pem).join('');
  await writeFile(at('leaf.pem'), leaf.pem);
  await writeFile(at('chain.pem'), leaf.pem + beside);
  await writeFile(at('beside.pem'), beside);
  await writeFile(at('key.pem'), leaf.keyPem, { mode: 0o600 });
  await run('openssl', [
    ...['pkcs12', '-export', '-in', at('leaf.pem'), '-inkey', at('key.pem'), '-out', at('identity.p12')],
    ...['-passout', `pass:${PASSWORD}`, '-name', path.basename(folder), '-iter', '1000', '-maciter'],
    ...(held.length > 0 ? ['-certfile', at('beside.pem')] : []),
  ]);
  return {
    leaf: at('leaf.pem'),
    chain: at('chain.pem'),
    beside: held.length > 0 ? at('beside.pem') : null,
    key: at('key.pem'),
    pkcs12: at('identity.p12'),
  };
}
