import { fromBase64 } from '../../base/base64.ts';
import { Malformed } from '../../base/bytes.ts';
import type { Locus, Note } from '../../base/locus.ts';
import { decodeText } from '../../base/text.ts';
import { readPem } from '../../wire/identity/pem.ts';
import { certificatesInPkcs7, SIGNED_DATA } from '../../wire/identity/pkcs7.ts';
import { isSst, readSst } from '../../wire/identity/serialized-store.ts';
import { encode, oidBytes, readElement, TAG } from '../../wire/x509/der.ts';

export type Container = 'der' | 'pem' | 'pkcs7' | 'sst';

export interface FoundCertificate {
  readonly der: Uint8Array;
  readonly at: Omit<Locus, 'source'>;
}

export interface FoundCertificates {
  /** null: it is none of them. */
  readonly container: Container | null;
  readonly certificates: readonly FoundCertificate[];
  readonly notes: readonly { readonly at: Omit<Locus, 'source'>; readonly message: string }[];
  /** Everything in it could be read: what it lacks is not there. */
  readonly complete: boolean;
}

/** The certificates of a file, whatever it is: PEM, DER (one or many), PKCS#7 or a serialised store. */
export function findCertificates(bytes: Uint8Array): FoundCertificates {
  if (isSst(bytes)) return inSst(bytes);
  if (bytes[0] === 0x30) return inDer(bytes);
  return inText(decodeText(bytes));
}

function inSst(bytes: Uint8Array): FoundCertificates {
  const { certificates, problem } = readSst(bytes);
  return {
    container: 'sst',
    certificates: certificates.map(({ data, at }) => ({
      der: data,
      at: { byte: at, byteEnd: at + 12 + data.length },
    })),
    notes: problem ? [broken(problem, 'the serialised store')] : [],
    complete: !problem,
  };
}

function inDer(bytes: Uint8Array): FoundCertificates {
  return isPkcs7(bytes) ? inPkcs7(bytes, {}) : inDerRow(bytes);
}

function inPkcs7(bytes: Uint8Array, at: Omit<Locus, 'source'>): FoundCertificates {
  if (includes(bytes.subarray(0, 100), TRUST_LIST)) {
    const message =
      'a certificate trust list (.stl), which names certificates and holds none: give the store itself';
    return { container: 'pkcs7', certificates: [], notes: [{ at, message }], complete: false };
  }
  try {
    const certificates = certificatesInPkcs7(bytes).map((der) => ({
      der,
      at: at.line ? at : range(bytes, der),
    }));
    return { container: 'pkcs7', certificates, notes: [], complete: true };
  } catch (error) {
    return {
      container: 'pkcs7',
      certificates: [],
      notes: [broken(error, 'the PKCS#7 file', at)],
      complete: false,
    };
  }
}

/** Certificates one after another, as `cat *.cer` makes them. */
function inDerRow(bytes: Uint8Array): FoundCertificates {
  const certificates: FoundCertificate[] = [];
  let at = 0;
  try {
    while (at < bytes.length) {
      if (bytes[at] !== TAG.sequence) throw new Malformed('certificate', at, 'no certificate begins here');
      const { der } = readElement(bytes, at, 'certificate');
      certificates.push({ der, at: { byte: at, byteEnd: at + der.length } });
      at += der.length;
    }
    return { container: 'der', certificates, notes: [], complete: true };
  } catch (error) {
    return { container: 'der', certificates, notes: [broken(error, 'the file')], complete: false };
  }
}

function inText(text: string): FoundCertificates {
  const bare = bareBase64(text);
  if (bare) return withoutPlaces(inDer(bare));
  const { blocks: all, notes: pemNotes } = readPem(text);
  const lines = text.split(/\r\n|\r|\n/);
  const blocks = all.filter(({ line }) => !isOfServer(lines, line));
  const notes = pemNotes.map(({ line, message }) => ({ at: { line }, message }));
  const certificates: FoundCertificate[] = [];
  let container: Container = 'pem';
  let complete = pemNotes.length === 0;
  for (const { label, der, line } of blocks) {
    const at = { line, text: `-----BEGIN ${label}-----` };
    // Some tools write PKCS#7 under the label CERTIFICATE (domain 8.4).
    if (
      /^(?:PKCS #?7( SIGNED DATA)?|PKCS7|CMS)$/.test(label) ||
      (isCertificateLabel(label) && isPkcs7(der))
    ) {
      const inside = inPkcs7(der, at);
      certificates.push(...inside.certificates);
      notes.push(...inside.notes.map((note) => ({ ...note, at: { line } })));
      complete &&= inside.complete;
      container = 'pkcs7';
    } else if (isCertificateLabel(label)) certificates.push({ der, at });
    else if (label.endsWith('PRIVATE KEY')) notes.push({ at, message: KEY_INSIDE });
  }
  return {
    container: blocks.length > 0 || notes.length > 0 ? container : null,
    certificates,
    notes,
    complete,
  };
}

/** In a session of openssl s_client the certificates of the server are shown, below these lines. */
const isOfServer = (lines: readonly string[], line: number): boolean =>
  /^Server certificate\s*$|^\s+(?:i|a|v):/.test(lines[line - 2] ?? '');

/** Offsets in what was decoded are none in the file. */
function withoutPlaces(found: FoundCertificates): FoundCertificates {
  const certificates = found.certificates.map(({ der }) => ({ der, at: {} }));
  return { ...found, certificates, notes: found.notes.map(({ message }) => ({ at: {}, message })) };
}

const KEY_INSIDE =
  'a private key lies in this file: it was not read; evidence needs none, take it out before you hand the file on';

const isCertificateLabel = (label: string): boolean => /^(?:X509 |TRUSTED )?CERTIFICATE$/.test(label);

/** A .cer of base64 without its frame. */
function bareBase64(text: string): Uint8Array | null {
  if (!/^\s*MI[A-Za-z0-9+/=\s]{100,}$/.test(text)) return null;
  try {
    return fromBase64(text);
  } catch {
    return null;
  }
}

/** The OID of SignedData at the beginning of a ContentInfo. */
function isPkcs7(bytes: Uint8Array): boolean {
  return includes(bytes.subarray(0, 20), SIGNED_DATA_OID);
}

/** 1.2.840.113549.1.7.2 and 1.3.6.1.4.1.311.10.1 (szOID_CTL), with their tags. */
const SIGNED_DATA_OID = encode(TAG.oid, oidBytes(SIGNED_DATA));
const TRUST_LIST = encode(TAG.oid, oidBytes('1.3.6.1.4.1.311.10.1'));

function includes(bytes: Uint8Array, part: Uint8Array): boolean {
  for (let at = 0; at + part.length <= bytes.length; at++)
    if (part.every((byte, i) => bytes[at + i] === byte)) return true;
  return false;
}

/** Views of the input tell their place; what was made from BER does not. */
function range(bytes: Uint8Array, der: Uint8Array): Omit<Locus, 'source'> {
  if (der.buffer !== bytes.buffer) return {};
  const byte = der.byteOffset - bytes.byteOffset;
  return { byte, byteEnd: byte + der.length };
}

function broken(
  error: unknown,
  what: string,
  at: Omit<Locus, 'source'> = {},
): Omit<Note, 'at'> & { at: Omit<Locus, 'source'> } {
  if (!(error instanceof Malformed)) throw error;
  const place = at.line === undefined ? { byte: error.at } : at;
  return { at: place, message: `${what} could not be read to its end (${error.message}): export it again` };
}
