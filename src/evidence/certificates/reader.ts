import { Malformed, toHex } from '../../base/bytes.ts';
import { decodeText } from '../../base/text.ts';
import { isSst } from '../../wire/identity/serialized-store.ts';
import { type Certificate, parseCertificate } from '../../wire/x509/certificate.ts';
import { gather } from '../gather.ts';
import type { EvidenceReader, ReadContext } from '../reader.ts';
import { type FoundCertificate, type FoundCertificates, findCertificates } from './find-certificates.ts';
import { type NamedStore, namedStore } from './store-name.ts';

/** Certificates and exported stores: PEM, DER, .p7b, .sst. The file's name or its folder says which store it is. */
const reader: EvidenceReader = {
  kind: 'certificates',
  title: 'certificates',
  sniff(head) {
    if (isSst(head)) return 'certain';
    if (head[0] === 0x30) return sniffDer(head);
    const text = decodeText(head);
    if (/-----BEGIN (?:(?:X509 |TRUSTED )?CERTIFICATE|PKCS ?#?7[A-Z ]*|CMS)-----/.test(text))
      // In a session of openssl s_client the server's own certificate stands beside what matters.
      return /^CONNECTED\(|^SSL handshake has read /m.test(text) ? 'likely' : 'certain';
    return /^\s*MI[A-Za-z0-9+/=\s]{100,}$/.test(text) ? 'likely' : 'no';
  },
  among: /^[ \t]*-----BEGIN (?:(?:X509 |TRUSTED )?CERTIFICATE|PKCS ?#?7[A-Z ]*|CMS)-----/m,
  open(context) {
    return gather(context, LARGEST, (bytes, whole) => readAll(bytes, whole, context));
  },
};
export default reader;

const LARGEST = 64 * 2 ** 20;

/** A certificate: two SEQUENCEs, then [0] or an INTEGER. PKCS#7: a SEQUENCE, then an OBJECT IDENTIFIER. */
function sniffDer(head: Uint8Array): 'certain' | 'likely' | 'no' {
  const inner = contentsAt(head, 0);
  if (head[inner] === 0x06) return head[inner + 1] === 9 && head[inner + 10] === 2 ? 'certain' : 'no';
  if (head[inner] !== 0x30) return 'no';
  const field = head[contentsAt(head, inner)];
  return field === 0xa0 || field === 0x02 ? 'likely' : 'no';
}

function contentsAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at + 1] ?? 0;
  return at + 2 + (first > 0x80 ? first & 0x7f : 0);
}

function readAll(bytes: Uint8Array, whole: boolean, context: ReadContext): void {
  const found = findCertificates(bytes);
  const { source } = context;
  for (const { at, message } of found.notes) context.note({ at: { source, ...at }, message });
  const named = storeOf(found, context);
  if (named?.host) {
    context.claim({ says: 'host-name', name: named.host, byFileName: true, at: { source } });
  }
  let complete = whole && found.complete;
  for (const one of found.certificates) complete = readOne(one, named, context) && complete;
  if (named && complete && holdsWhole(found, named)) {
    context.claim({ says: 'store-whole', store: named.store, at: { source } });
  } else if (named) noteNotWhole(named, complete, context);
  else if (found.certificates.length + found.notes.length === 0) {
    const message = 'it holds no certificate; if it is an empty store, call it by the name of the store';
    context.note({ at: { source }, message });
  }
}

/** Whether the certificate could be read. */
function readOne(found: FoundCertificate, named: NamedStore | null, context: ReadContext): boolean {
  const at = { source: context.source, ...found.at };
  let certificate: Certificate;
  try {
    certificate = parseCertificate(found.der);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    context.note({ at, message: `a certificate could not be read (${error.message}): it is left out` });
    return false;
  }
  const thumbprint = toHex(context.digest.digest('sha1', certificate.der));
  if (named) context.claim({ says: 'store-certificate', store: named.store, thumbprint, certificate, at });
  else context.claim({ says: 'certificate', thumbprint, certificate, at });
  return true;
}

/** The store by the name; a doubtful name counts only for a container of stores or for several certificates. */
function storeOf(found: FoundCertificates, context: ReadContext): NamedStore | null {
  const named = namedStore(context.source);
  const several = found.container === 'pem' && found.certificates.length > 1;
  if (!named?.doubtful || isStoreContainer(found) || several) return named;
  context.note({
    at: { source: context.source },
    message: `taken as a loose certificate: if this is an export of the store ${named.store}, call it LocalMachine-${named.store}.pem or export it as ${named.store}.p7b`,
  });
  return null;
}

const isStoreContainer = ({ container }: FoundCertificates): boolean =>
  container === 'pkcs7' || container === 'sst';

/** DER holds one certificate and a folder's files are each a part; the other forms hold all that was exported. */
function holdsWhole(found: FoundCertificates, named: NamedStore): boolean {
  return isStoreContainer(found) || (found.container === 'pem' && named.byFile);
}

function noteNotWhole({ store }: NamedStore, complete: boolean, context: ReadContext): void {
  const why = complete ? 'such a file may hold a part of the store' : 'not all of it could be read';
  context.note({
    at: { source: context.source },
    message: `the store ${store} is taken as seen in part (${why}): export it whole, Get-ChildItem Cert:\\LocalMachine\\${store} | Export-Certificate -Type P7B -FilePath ${store}.p7b`,
  });
}
