import { equalBytes, Malformed } from '../../base/bytes.ts';
import type { Crypto } from '../../base/ports.ts';
import { type Certificate, parseCertificate } from '../x509/certificate.ts';
import { children, type Element, expect, oidText, TAG } from '../x509/der.ts';
import { type FileNote, type FileObject, fileObjects } from './file-objects.ts';
import { openJavaKey } from './java-key.ts';
import {
  fitsStore,
  isJavaKeyStore,
  type JavaEntry,
  type JavaKeyStore,
  readJavaKeyStore,
} from './java-key-store.ts';
import { keyForm, openPkcs8, pkcs8FromPkcs1, pkcs8FromSec1 } from './keys.ts';
import { passwordForms } from './password.ts';
import { isEncryptedPem, openPem } from './pem-encryption.ts';
import { certificatesInPkcs7, SIGNED_DATA } from './pkcs7.ts';
import { readPkcs12 } from './pkcs12.ts';

/** Certificates and PKCS#8 keys of a file in file order, none twice. */
export interface FoundInFile {
  readonly certificates: readonly Certificate[];
  readonly keys: readonly Uint8Array[];
  /** Certificates that stand by themselves (PEM, DER), in the order of the file; those of containers are left out. */
  readonly inFileOrder: readonly Certificate[];
  /** Friendly names and aliases, of the certificates that bear one. */
  readonly names: ReadonlyMap<Certificate, string>;
  /** Chains as a Java key store has them beside its keys, leaf first: such a client looks no further. */
  readonly chains: readonly (readonly Certificate[])[];
  readonly problem?: 'wrong-password' | 'needs-password';
  readonly notes: readonly FileNote[];
}

export interface CollectOptions {
  readonly crypto: Crypto;
  readonly password?: string;
}

/** Opens everything in a file that can be opened. Never rejects over its content. */
export async function collect(bytes: Uint8Array, options: CollectOptions): Promise<FoundInFile> {
  const collector = new Collector(options);
  const store = isJavaKeyStore(bytes) ? readJavaKeyStore(bytes) : null;
  if (store) await collector.addKeyStore(store);
  const rest = bytes.subarray(store?.length ?? 0);
  // A key store may stand before a key from another file; alone it leaves nothing to read.
  if (!store || rest.some((byte) => byte > 32)) {
    const { objects, notes } = fileObjects(rest);
    collector.note(notes);
    for (const object of objects) await collector.add(object);
  }
  return collector.found();
}

class Collector {
  readonly #options: CollectOptions;
  readonly #certificates: Certificate[] = [];
  readonly #keys: Uint8Array[] = [];
  readonly #inFileOrder: Certificate[] = [];
  readonly #names = new Map<Certificate, string>();
  readonly #chains: Certificate[][] = [];
  readonly #notes: FileNote[] = [];
  #closed = false;

  constructor(options: CollectOptions) {
    this.#options = options;
  }

  found(): FoundInFile {
    const problem = this.#options.password === undefined ? 'needs-password' : 'wrong-password';
    return {
      certificates: this.#certificates,
      keys: this.#keys,
      inFileOrder: this.#inFileOrder,
      names: this.#names,
      chains: this.#chains,
      notes: this.#notes,
      ...(this.#closed ? { problem } : {}),
    };
  }

  note(notes: readonly FileNote[]): void {
    this.#notes.push(...notes);
  }

  /** A Java key store: its certificates are there without a password, too. */
  async addKeyStore(store: JavaKeyStore): Promise<void> {
    const { password, crypto } = this.#options;
    this.note(store.notes.map((message) => ({ message })));
    for (const entry of store.entries) {
      const chain = entry.chain.flatMap((der) => this.#takeInside(NO_PLACE, der) ?? []);
      const [leaf] = chain;
      if (!leaf) continue;
      this.#names.set(leaf, entry.alias);
      if (entry.key) this.#chains.push(chain);
    }
    const entries = store.entries.filter((entry) => entry.key);
    if (entries.length === 0) return;
    if (password === undefined) {
      this.note([{ message: 'without a password its private keys stay closed; the certificates are read' }]);
      return;
    }
    const opened = await Promise.all(entries.map((entry) => this.#openEntry(entry, password)));
    if (opened.includes(true) || !store.sealed) return;
    if (!fitsStore(store.sealed, password, crypto)) this.#closed = true;
  }

  async #openEntry({ alias, key }: JavaEntry, password: string): Promise<boolean> {
    try {
      const opened = await openJavaKey(key!, password, this.#options.crypto);
      if (opened.is === 'opened') this.#takeKey(opened.pkcs8);
      else {
        const why =
          opened.is === 'unsupported' ? `${opened.what} is not supported` : 'the password is another';
        this.note([{ message: `the private key of «${alias}» stays closed: ${why}` }]);
      }
      return opened.is === 'opened';
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      this.note([{ message: `the private key of «${alias}» cannot be read: ${error.message}` }]);
      return false;
    }
  }

  /** One object; what cannot be read is noted. */
  async add(object: FileObject): Promise<void> {
    try {
      await this.#take(object);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      this.#note(object, error.message);
    }
  }

  async #take(object: FileObject): Promise<void> {
    if (isEncryptedPem(object.headers)) return this.#takeEncryptedPem(object);
    const unwanted = UNWANTED[object.label ?? ''];
    if (unwanted !== undefined) return unwanted === '' ? undefined : this.#note(object, unwanted);
    const fields = children(expect(object.der, TAG.sequence, object.label ?? 'DER').contents);
    const form = keyForm(fields);
    if (isPkcs12(fields)) await this.#takePkcs12(object);
    else if (isSignedData(fields)) this.#takePkcs7(object);
    else if (form === 'encrypted-pkcs8') await this.#takeEncryptedKey(object, fields);
    else if (form === 'pkcs8') this.#takeKey(object.der);
    else if (form === 'pkcs1') this.#takeKey(pkcs8FromPkcs1(object.der));
    else if (form === 'sec1') this.#takeKey(pkcs8FromSec1(object.der));
    else this.#inFileOrder.push(this.#takeCertificate(object.der));
  }

  #takeCertificate(der: Uint8Array): Certificate {
    const certificate = parseCertificate(der);
    const known = this.#certificates.find((one) => equalBytes(one.der, certificate.der));
    if (!known) this.#certificates.push(certificate);
    return known ?? certificate;
  }

  #takeKey(pkcs8: Uint8Array): void {
    if (!this.#keys.some((one) => equalBytes(one, pkcs8))) this.#keys.push(pkcs8);
  }

  #takePkcs7(object: FileObject): void {
    for (const der of certificatesInPkcs7(object.der)) this.#takeInside(object, der);
  }

  async #takePkcs12(object: FileObject): Promise<void> {
    const inside = await readPkcs12(object.der, this.#options);
    if (inside.problem) this.#closed = true;
    for (const message of inside.notes) this.#note(object, message);
    for (const { der, friendlyName } of inside.certificates) {
      const certificate = this.#takeInside(object, der);
      if (certificate && friendlyName) this.#names.set(certificate, friendlyName);
    }
    for (const { pkcs8 } of inside.keys) this.#takeKey(pkcs8);
  }

  /** A certificate inside a container; a broken one does not spoil the others. */
  #takeInside(object: Pick<FileObject, 'line'>, der: Uint8Array): Certificate | null {
    try {
      return this.#takeCertificate(der);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      this.#note(object, `a certificate inside cannot be read: ${error.message}`);
      return null;
    }
  }

  async #takeEncryptedKey(object: FileObject, fields: readonly Element[]): Promise<void> {
    const { password, crypto } = this.#options;
    const opened =
      password === undefined
        ? ({ is: 'wrong-password' } as const)
        : await openPkcs8(fields, passwordForms(password), crypto);
    if (opened.is === 'opened') this.#takeKey(opened.pkcs8);
    else if (opened.is === 'wrong-password') this.#closed = true;
    else this.#note(object, `the private key stays closed: ${opened.what} is not supported`);
  }

  async #takeEncryptedPem(object: FileObject): Promise<void> {
    const { password, crypto } = this.#options;
    if (password === undefined) {
      this.#closed = true;
      return;
    }
    const opened = await openPem(object.headers, object.der, password, crypto);
    if (opened.is === 'unsupported') {
      this.#note(object, `the private key stays closed: ${opened.what} is not supported`);
      return;
    }
    // One wrong password in 256 passes the test of the padding; what comes out then is no key.
    const key = opened.is === 'opened' ? asPkcs8(opened.plain) : null;
    if (key) this.#takeKey(key);
    else this.#closed = true;
  }

  #note({ line }: Pick<FileObject, 'line'>, message: string): void {
    this.#notes.push(line === undefined ? { message } : { message, line });
  }
}

const NO_PLACE: Pick<FileObject, 'line'> = {};

/** PEM blocks that hold neither certificate nor key, by label; '' for what needs no word. */
const UNWANTED: Readonly<Record<string, string>> = {
  'CERTIFICATE REQUEST': 'a certificate request is no certificate; give what the CA made of it',
  'NEW CERTIFICATE REQUEST': 'a certificate request is no certificate; give what the CA made of it',
  'OPENSSH PRIVATE KEY': 'an OpenSSH key; turn it into PKCS#8 with ssh-keygen -p -m PKCS8 -f FILE',
  'X509 CRL': '',
  'PUBLIC KEY': '',
  'EC PARAMETERS': '',
  'DH PARAMETERS': '',
};

function asPkcs8(der: Uint8Array): Uint8Array | null {
  try {
    const form = keyForm(children(expect(der, TAG.sequence, 'key').contents, 'key'));
    if (form === 'pkcs1') return pkcs8FromPkcs1(der);
    if (form === 'sec1') return pkcs8FromSec1(der);
    return form === 'pkcs8' ? der : null;
  } catch {
    return null;
  }
}

/** PFX: version 3 and a ContentInfo (RFC 7292 4). */
function isPkcs12([version, safe]: readonly Element[]): boolean {
  if (version?.tag !== TAG.integer || version.contents[0] !== 3 || safe?.tag !== TAG.sequence) return false;
  return safe.contents[0] === TAG.oid;
}

function isSignedData([type, content]: readonly Element[]): boolean {
  return type?.tag === TAG.oid && content?.tag === 0xa0 && oidText(type.contents) === SIGNED_DATA;
}
