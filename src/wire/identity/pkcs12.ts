import { Malformed } from '../../base/bytes.ts';
import type { Crypto } from '../../base/ports.ts';
import { children, type Element, expect, oidText, readElement, TAG } from '../x509/der.ts';
import { definite } from './ber.ts';
import { type PasswordForm, passwordForms } from './password.ts';
import { decryptPbe } from './pbe.ts';
import { checkMac } from './pkcs12-mac.ts';
import { type Bag, readBags } from './safe-bags.ts';

/** What a PKCS#12 file (.pfx, .p12; RFC 7292) gives, in file order. */
export interface Pkcs12 {
  readonly certificates: readonly { readonly der: Uint8Array; readonly friendlyName?: string }[];
  /** PKCS#8 PrivateKeyInfo, DER. Secret: never logged, never written. */
  readonly keys: readonly { readonly pkcs8: Uint8Array; readonly friendlyName?: string }[];
  readonly problem?: 'wrong-password' | 'needs-password';
  /** One sentence each: what was not read or not checked, and why. */
  readonly notes: readonly string[];
}

export interface Pkcs12Options {
  readonly crypto: Crypto;
  /** Omitted: the file is tried as one without password. */
  readonly password?: string;
}

/** Reads a PKCS#12 file. Rejects with Malformed when it is none or its frame is broken. */
export async function readPkcs12(bytes: Uint8Array, options: Pkcs12Options): Promise<Pkcs12> {
  const { content, macData } = readPfx(bytes);
  const notes: string[] = [];
  const wrong = options.password === undefined ? 'needs-password' : 'wrong-password';
  const forms = passwordForms(options.password ?? '');
  const mac = macData ? await checkMac(macData, content, forms, options.crypto) : null;
  if (mac?.is === 'wrong-password') return { certificates: [], keys: [], problem: wrong, notes };
  if (mac?.is === 'unsupported') notes.push(`its integrity was not checked: ${mac.what} is not supported`);
  const sure = mac?.is === 'fits';
  const opening: Opening = {
    forms: sure ? [mac.password] : forms,
    crypto: options.crypto,
    notes,
    refused: 0,
  };
  const bags = await readSafes(content, opening);
  const found = { ...(await sortBags(bags, opening)), notes };
  if (opening.refused === 0) return found;
  if (!sure) return { ...found, problem: wrong };
  notes.push('a part does not open although the password is right: the file is damaged');
  return found;
}

/** What the reading of one file shares. */
interface Opening {
  readonly forms: readonly PasswordForm[];
  readonly crypto: Crypto;
  readonly notes: string[];
  /** Parts that no form of the password opened. */
  refused: number;
}

const DATA = '1.2.840.113549.1.7.1';
const ENCRYPTED_DATA = '1.2.840.113549.1.7.6';
const SIGNED_DATA = '1.2.840.113549.1.7.2';

function readPfx(bytes: Uint8Array): { content: Uint8Array; macData: Element | undefined } {
  const [version, authSafe, macData] = children(
    expect(definite(bytes), TAG.sequence, 'PKCS#12').contents,
    'PKCS#12',
  );
  if (version?.tag !== TAG.integer || authSafe?.tag !== TAG.sequence) {
    throw new Malformed('PKCS#12', 0, 'not a version and an authenticated safe');
  }
  const { type, value } = contentInfo(authSafe);
  if (type === SIGNED_DATA)
    throw new Malformed('PKCS#12', 0, 'signed by a certificate instead of a password; not supported');
  if (type !== DATA || value?.tag !== TAG.octetString)
    throw new Malformed('PKCS#12', 0, 'its safe is not plain data');
  return { content: value.contents, macData };
}

function contentInfo(element: Element): { type: string; value: Element | undefined } {
  const [type, wrapped] = children(element.contents, 'ContentInfo');
  if (type?.tag !== TAG.oid) throw new Malformed('ContentInfo', element.at, 'no type');
  const value = wrapped && readElement(wrapped.contents, 0, 'ContentInfo');
  return { type: oidText(type.contents), value };
}

async function readSafes(content: Uint8Array, opening: Opening): Promise<Bag[]> {
  const safes = children(expect(definite(content), TAG.sequence, 'safe').contents, 'safe');
  const bags: Bag[] = [];
  for (const safe of safes) {
    const plain = await noting('a safe', opening, () => openSafe(safe, opening));
    if (plain) bags.push(...((await noting('a safe', opening, async () => readBags(definite(plain)))) ?? []));
  }
  return bags;
}

/** SafeContents of one ContentInfo, DER or BER; null when it stays closed. */
async function openSafe(safe: Element, opening: Opening): Promise<Uint8Array | null> {
  const { type, value } = contentInfo(safe);
  if (type === DATA && value?.tag === TAG.octetString) return value.contents;
  if (type !== ENCRYPTED_DATA || !value) {
    opening.notes.push(`a safe is of content type ${type}, which is not supported`);
    return null;
  }
  const [, encrypted] = children(value.contents, 'EncryptedData');
  const [, algorithm, data] = children(encrypted?.contents ?? new Uint8Array(0), 'EncryptedContentInfo');
  if (!algorithm || !data) throw new Malformed('EncryptedData', safe.at, 'no algorithm and content');
  return open(algorithm, encryptedOctets(data), opening);
}

/** [0] IMPLICIT OCTET STRING: in one piece, or in several when the writer streamed. */
function encryptedOctets(data: Element): Uint8Array {
  if ((data.tag & 0x20) === 0) return data.contents;
  const joined = Uint8Array.from(data.der);
  joined[0] = 0x24;
  return expect(definite(joined), TAG.octetString, 'EncryptedContent').contents;
}

async function open(algorithm: Element, data: Uint8Array, opening: Opening): Promise<Uint8Array | null> {
  for (const form of opening.forms.flatMap(withOldNss)) {
    const opened = await decryptPbe(algorithm, data, form, opening.crypto);
    if (opened.is === 'opened' && isSequence(opened.plain)) return opened.plain;
    if (opened.is === 'unsupported') {
      opening.notes.push(
        `a part stays closed: ${opened.what} is not supported; export the file again with AES-256`,
      );
      return null;
    }
  }
  opening.refused++;
  return null;
}

/** A wrong password passes the test of the padding once in 256 times; what it yields is no whole SEQUENCE. */
function isSequence(plain: Uint8Array): boolean {
  try {
    return definite(plain)[0] === TAG.sequence;
  } catch {
    return false;
  }
}

/** Old NSS (2017, and Firefox of that time) gave PBES2 the BMPString, too. */
const withOldNss = (form: PasswordForm): PasswordForm[] => [form, { ...form, utf8: form.bmp }];

async function sortBags(
  bags: readonly Bag[],
  opening: Opening,
): Promise<Pick<Pkcs12, 'certificates' | 'keys'>> {
  const certificates: Pkcs12['certificates'][number][] = [];
  const keys: Pkcs12['keys'][number][] = [];
  for (const bag of bags) {
    if (bag.is === 'certificate') certificates.push({ der: bag.der, ...nameOf(bag) });
    else if (bag.is === 'passed-over') opening.notes.push(`${bag.what} in it is passed over`);
    else {
      const pkcs8 = bag.shrouded
        ? await noting('a key', opening, () => openKey(bag.info, opening))
        : bag.info.der;
      if (pkcs8) keys.push({ pkcs8, ...nameOf(bag) });
    }
  }
  return { certificates, keys };
}

const nameOf = ({ friendlyName }: { readonly friendlyName?: string }): { friendlyName?: string } =>
  friendlyName === undefined ? {} : { friendlyName };

/** EncryptedPrivateKeyInfo (RFC 5958 3). */
function openKey(info: Element, opening: Opening): Promise<Uint8Array | null> {
  const [algorithm, data] = children(info.contents, 'EncryptedPrivateKeyInfo');
  if (!algorithm || !data)
    throw new Malformed('EncryptedPrivateKeyInfo', info.at, 'no algorithm and content');
  return open(algorithm, data.contents, opening);
}

/** A broken part is noted and left out; the others are still read. */
async function noting<T>(what: string, opening: Opening, read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    opening.notes.push(`${what} in it cannot be read: ${error.message}`);
    return null;
  }
}
