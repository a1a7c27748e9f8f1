import { Malformed, toHex } from '../../base/bytes.ts';
import type { Locus } from '../../base/locus.ts';
import { decodeText, type Line } from '../../base/text.ts';
import { parseCertificate } from '../../wire/x509/certificate.ts';
import type { ListedCertificate } from '../claims.ts';
import { gather } from '../gather.ts';
import { lineLocus } from '../line-locus.ts';
import type { EvidenceReader, ReadContext } from '../reader.ts';
import { listedOf, type StorePath } from './fields.ts';
import { certificatesInJson, type FromJson } from './read-json.ts';
import { certificatesShown } from './read-text.ts';

/** `Get-ChildItem Cert:` as table, list or JSON (domain 8.6). */
const reader: EvidenceReader = {
  kind: 'powershell-certificates',
  title: 'certificates listed by PowerShell',
  sniff(head) {
    const text = decodeText(head);
    if (/^\s*[[{]/.test(text)) return /"(?:Thumbprint|RawData)"\s*:/.test(text) ? 'likely' : 'no';
    if (/^\s*PSParentPath\s*: .*Certificate::/m.test(text)) return 'certain';
    if (/^\s*Thumbprint\s+Subject\b/m.test(text)) return 'certain';
    return PROPERTIES.test(text) || ASKS_FOR_STRAYS.test(text) ? 'likely' : 'no';
  },
  among:
    /^[ \t]*PSParentPath\s*: .*Certificate::|^[ \t]*Thumbprint\s+Subject\b|^\s{0,8}(?:Thumbprint|SendAsTrustedIssuer|EnhancedKeyUsageList|HasPrivateKey|SubjectName)\s+: |\$_\.Issuer\s+-ne\s+\$_\.Subject/im,
  isAlone: (head) => /^\s*[[{]/.test(head),
  open: (context) => gather(context, LARGEST, (bytes) => readAll(decodeText(bytes), context)),
};
export default reader;

const PROPERTIES =
  /^\s{0,8}(?:Thumbprint|SendAsTrustedIssuer|EnhancedKeyUsageList|HasPrivateKey|SubjectName)\s+: /m;

const ASKS_FOR_STRAYS = /cert:\\*(LocalMachine|CurrentUser)\\(\w+)\b.*\$_\.Issuer\s+-ne\s+\$_\.Subject/i;

const LARGEST = 32 * 2 ** 20;

function readAll(text: string, context: ReadContext): void {
  const { source } = context;
  const isJson = /^\s*[[{]/.test(text);
  const fromJson = isJson ? certificatesInJson(text) : null;
  const listed: Listed[] = [];
  if (isJson && !fromJson) {
    const message =
      'the JSON is damaged or cut off: collect it again (Get-ChildItem Cert:\\… | ConvertTo-Json)';
    context.note({ at: { source }, message });
  }
  for (const one of fromJson ?? []) {
    if (!(one.der && claimCertificate(one, one.der, context)))
      listed.push({ path: one.path, listed: { ...listedOf(one.properties), at: { source } } });
  }
  if (!isJson) {
    const lines = linesOf(text);
    const filter = straysAskedFor(lines);
    for (const { line, path, properties } of certificatesShown(lines)) {
      const isStray = filter !== null && line.number > filter.line.number;
      const root = isStray ? { root: false } : {};
      listed.push({
        path: path ?? (isStray ? filter.path : undefined),
        listed: { ...listedOf(properties), ...root, at: lineLocus(source, line) },
      });
    }
    if (listed.length === 0 && filter?.isDone) {
      const { path, line } = filter;
      const at = lineLocus(source, line);
      context.claim({
        says: 'store-listing',
        ...path,
        whole: false,
        only: 'not-self-signed',
        certificates: [],
        at,
      });
    } else if (listed.length === 0) {
      const message =
        'no certificate in it with thumbprint, subject or issuer: give the store, Export-Certificate -Type P7B';
      context.note({ at: { source }, message });
    }
  }
  claimListings(listed, context);
}

/**
 * The command that Microsoft gives for a polluted store (KB2802568): certificates whose issuer is not their subject.
 * What it prints is all of them, once the next prompt has come.
 */
function straysAskedFor(lines: readonly Line[]) {
  const line = lines.find(({ text }) => ASKS_FOR_STRAYS.test(text));
  const [, of = '', store = ''] = ASKS_FOR_STRAYS.exec(line?.text ?? '') ?? [];
  if (!line) return null;
  const path: StorePath = { store, of: /^current/i.test(of) ? 'user' : 'machine' };
  const isDone = lines.some(({ number, text }) => number > line.number && /^\s*PS\b.*>/.test(text));
  return { line, path, isDone };
}

interface Listed {
  readonly path: StorePath | undefined;
  readonly listed: ListedCertificate;
}

function linesOf(text: string): Line[] {
  const lines = text.split('\n');
  return lines.map((one, i) => ({
    text: one.replace(/\r+$/, ''),
    number: i + 1,
    ended: i < lines.length - 1,
    cut: false,
  }));
}

/** Of the machine's stores it is a certificate of a store, of a user's a loose one. Whether DER could be read. */
function claimCertificate(one: FromJson, der: Uint8Array, context: ReadContext): boolean {
  const at: Locus = { source: context.source };
  try {
    const certificate = parseCertificate(der);
    const thumbprint = toHex(context.digest.digest('sha1', certificate.der));
    const store = one.path?.of === 'machine' ? one.path.store : undefined;
    if (store === undefined) context.claim({ says: 'certificate', thumbprint, certificate, at });
    else context.claim({ says: 'store-certificate', store, thumbprint, certificate, at });
    return true;
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    context.note({ at, message: `RawData of a certificate could not be read: ${error.message}` });
    return false;
  }
}

/** Never whole: nothing shows whether the listing was filtered. */
function claimListings(all: readonly Listed[], context: ReadContext): void {
  const byStore = new Map<string, Listed[]>();
  for (const one of all) {
    const key = one.path ? `${one.path.of} ${one.path.store.toLowerCase()}` : '';
    byStore.set(key, [...(byStore.get(key) ?? []), one]);
  }
  for (const some of byStore.values()) {
    const { path, listed } = some[0]!;
    context.claim({
      says: 'store-listing',
      ...(path ?? {}),
      whole: false,
      certificates: some.map((one) => one.listed),
      at: listed.at,
    });
  }
}
