import { concat, toHex } from '../../../base/bytes.ts';
import { answerOf, Unanswered } from '../../../base/known.ts';
import type { Certificate } from '../../../wire/x509/certificate.ts';
import { printName } from '../../../wire/x509/name.ts';
import type { Host } from '../../host.ts';
import { chainsOf, holds, isSelfSigned } from '../../schannel/chain.ts';
import { heldIn } from '../../stores/held.ts';
import { SYSTEM_MESSAGES } from '../../system-messages.ts';
import type { CommandResult } from '../command.ts';
import { dateText } from './dates.ts';
import { hashText } from './listing.ts';
import { completed, decorated, failed, type Said, wrongCount } from './messages.ts';
import { USAGES } from './names.ts';
import { readCertificates } from './read-certificates.ts';

/**
 * `certutil -verify [-urlfetch] FILE`: the chain by the machine's stores, as the base policy judges it. Its frame is
 * that of public captures, its last lines are recalled (*unverified*). Revocation lists are not looked at.
 */
export function verify(said: Said, args: readonly string[], switches: ReadonlySet<string>): CommandResult {
  const [file, ...more] = args;
  if (file === undefined) return wrongCount(said, 'at least 1', 0);
  if (more.length > 0)
    throw new Unanswered('how certutil -verify judges a chain against files: the lab takes one certificate');
  const { read, digest, now } = said.context;
  if (!read || !digest || now === undefined)
    throw new Unanswered(`whether ${file} is trusted: the file is not at hand`);
  const bytes = read(file);
  if (!bytes) return failed(said, 'noFile');
  const [leaf] = readCertificates(bytes, said.context) ?? [];
  if (!leaf) return failed(said, 'badData');
  const chain = bestChain(said.host, leaf.certificate);
  const faults = chain.map((one, i) => faultsOf(said, chain, one, i, now));
  const total = faults.reduce((sum, one) => sum | one, 0);
  return completed(said, [
    ...heading(leaf.certificate),
    ...FRAME,
    ...statusLines('ChainContext', total),
    '',
    ...statusLines('SimpleChain', total),
    '',
    ...chain.flatMap((one, i) => elementLines(said, chain, one, i, faults[i]!, switches.has('urlfetch'))),
    ...chainHashes(said, chain),
    '------------------------------------',
    ...verdict(leaf.certificate, chain, total),
  ]);
}

/** CERT_TRUST_* error bits (wincrypt.h). */
const ERRORS = [
  [0x1, 'CERT_TRUST_IS_NOT_TIME_VALID'],
  [0x8, 'CERT_TRUST_IS_NOT_SIGNATURE_VALID'],
  [0x20, 'CERT_TRUST_IS_UNTRUSTED_ROOT'],
  [0x1_0000, 'CERT_TRUST_IS_PARTIAL_CHAIN'],
  [0x400_0000, 'CERT_TRUST_IS_EXPLICIT_DISTRUST'],
] as const;
const INFOS = [
  [0x2, 'CERT_TRUST_HAS_KEY_MATCH_ISSUER'],
  [0x4, 'CERT_TRUST_HAS_NAME_MATCH_ISSUER'],
  [0x8, 'CERT_TRUST_IS_SELF_SIGNED'],
  [0x100, 'CERT_TRUST_HAS_PREFERRED_ISSUER'],
] as const;

const FRAME = [
  '',
  'dwFlags = CA_VERIFY_FLAGS_CONSOLE_TRACE (0x20000000)',
  'dwFlags = CA_VERIFY_FLAGS_DUMP_CHAIN (0x40000000)',
  'ChainFlags = CERT_CHAIN_REVOCATION_CHECK_CHAIN_EXCLUDE_ROOT (0x40000000)',
  'HCCE_LOCAL_MACHINE',
  'CERT_CHAIN_POLICY_BASE',
  '-------- CERT_CHAIN_CONTEXT --------',
];

function heading({ issuer, subject, serial }: Certificate): string[] {
  return [
    'Issuer:',
    `    ${printName(issuer)}`,
    'Subject:',
    `    ${printName(subject)}`,
    `Cert Serial Number: ${serial}`,
  ];
}

function storeOf(host: Host, ...names: readonly string[]): Certificate[] {
  return names.flatMap((name) => (answerOf(heldIn(host, name)) ?? []).map((one) => one.certificate));
}

const rootsOf = (host: Host): Certificate[] => storeOf(host, 'Root', 'AuthRoot');

/** A chain that ends in a trusted root, else one that ends at all, else the longest. */
function bestChain(host: Host, leaf: Certificate): Certificate[] {
  const roots = rootsOf(host);
  const chains = chainsOf(leaf, [...roots, ...storeOf(host, 'CA')]);
  const ended = chains.filter((chain) => isSelfSigned(chain.at(-1)!));
  const trusted = ended.find((chain) => holds(roots, chain.at(-1)!));
  return trusted ?? ended[0] ?? chains.toSorted((a, b) => b.length - a.length)[0]!;
}

function faultsOf(
  { host, context }: Said,
  chain: readonly Certificate[],
  one: Certificate,
  i: number,
  now: number,
): number {
  const isLast = i === chain.length - 1;
  const issuer = isLast ? one : chain[i + 1]!;
  const isSigned = (isLast && !isSelfSigned(one)) || (context.isSignedBy?.(one, issuer) ?? true);
  const trusted = !isLast || holds(rootsOf(host), one);
  return (
    (now < one.notBefore || now > one.notAfter ? 0x1 : 0) |
    (isSigned ? 0 : 0x8) |
    (trusted || !isSelfSigned(one) ? 0 : 0x20) |
    (isLast && !isSelfSigned(one) ? 0x1_0000 : 0) |
    (holds(storeOf(host, 'Disallowed'), one) ? 0x400_0000 : 0)
  );
}

function infoOf(chain: readonly Certificate[], one: Certificate, i: number): number {
  const issuer = chain[i + 1] ?? one;
  const isSelf = isSelfSigned(one);
  const byKey = one.authorityKeyId !== undefined && one.authorityKeyId === issuer.subjectKeyId;
  return (byKey ? 0x2 : 0x4) | (isSelf ? 0x8 : 0) | 0x100;
}

function statusLines(what: string, errors: number): string[] {
  return [
    `${what}.dwInfoStatus = CERT_TRUST_HAS_PREFERRED_ISSUER (0x100)`,
    ...bitLines(`${what}.dwErrorStatus`, errors, ERRORS),
  ];
}

function bitLines(what: string, value: number, names: readonly (readonly [number, string])[]): string[] {
  return names
    .filter(([bit]) => value & bit)
    .map(([bit, name]) => `${what} = ${name} (0x${bit.toString(16)})`);
}

function elementLines(
  { host, context }: Said,
  chain: readonly Certificate[],
  one: Certificate,
  i: number,
  errors: number,
  urls: boolean,
): string[] {
  const info = infoOf(chain, one, i);
  return [
    `CertContext[0][${i}]: dwInfoStatus=${info.toString(16)} dwErrorStatus=${errors.toString(16)}`,
    `  Issuer: ${printName(one.issuer)}`,
    `  NotBefore: ${dateText(one.notBefore, context.language)}`,
    `  NotAfter: ${dateText(one.notAfter, context.language)}`,
    `  Subject: ${printName(one.subject)}`,
    `  Serial: ${one.serial}`,
    `  Cert: ${hashText(toHex(context.digest!.digest('sha1', one.der)), host)}`,
    ...bitLines('  Element.dwInfoStatus', info, INFOS),
    ...bitLines('  Element.dwErrorStatus', errors, ERRORS),
    ...(urls ? urlLines(one) : []),
    ...(one.extendedKeyUsage ?? []).map((oid, n) =>
      `  Application[${n}] = ${oid} ${USAGES[oid] ?? ''}`.trimEnd(),
    ),
    '',
  ];
}

/** What -urlfetch would ask for. The model has no network: what is there is said, and not fetched. */
function urlLines({ aiaIssuerUrls, crlUrls, ocspUrls }: Certificate): string[] {
  const part = (title: string, all: readonly string[]) => [
    `  ----------------  Certificate ${title}  ----------------`,
    ...(all.length === 0
      ? ['  No URLs "None" Time: 0']
      : all.map((url) => `  (the lab fetches nothing) ${url}`)),
  ];
  return [
    ...part('AIA', aiaIssuerUrls),
    ...part('CDP', crlUrls),
    ...part('OCSP', ocspUrls),
    `  ${'-'.repeat(32)}`,
  ];
}

/** SHA-1 over the certificates one behind the other (public captures: of none it is da39a3ee…). */
function chainHashes({ host, context }: Said, chain: readonly Certificate[]): string[] {
  const hash = (part: readonly Certificate[]) =>
    hashText(toHex(context.digest!.digest('sha1', concat(part.map((one) => one.der)))), host);
  return ['Exclude leaf cert:', `  Chain: ${hash(chain.slice(1))}`, 'Full chain:', `  Chain: ${hash(chain)}`];
}

const CODES = {
  expired: [0x800b_0101, 'CERT_E_EXPIRED'],
  untrusted: [0x800b_0109, 'CERT_E_UNTRUSTEDROOT'],
  partial: [0x800b_010a, 'CERT_E_CHAINING'],
} as const;

function verdict(leaf: Certificate, chain: readonly Certificate[], errors: number): string[] {
  const said = (code: keyof typeof CODES, text: string) => {
    const [number, symbol] = CODES[code];
    return [`${SYSTEM_MESSAGES[number]} ${decorated(number, symbol)}`, '-'.repeat(36), text];
  };
  const problems = [
    ...(errors & 0x1_0000
      ? [
          ...said('partial', 'Incomplete certificate chain'),
          'Cannot find certificate:',
          `    ${printName(chain.at(-1)!.issuer)}`,
        ]
      : []),
    ...(errors & 0x20 ? said('untrusted', 'Verifies against UNTRUSTED root') : []),
    ...(errors & 0x1 ? said('expired', 'Expired certificate') : []),
    ...(errors & 0x8 ? ['Certificate signature is not valid'] : []),
    ...(errors & 0x400_0000 ? ['A certificate of the chain is explicitly distrusted'] : []),
  ];
  return [
    ...(problems.length > 0 ? problems : policies(leaf)),
    ...(isSelfSigned(leaf) ? [] : [revocation(leaf)]),
  ];
}

function policies({ extendedKeyUsage }: Certificate): string[] {
  if (!extendedKeyUsage) return ['Verified Issuance Policies: None', 'Verified Application Policies: All'];
  return [
    'Verified Issuance Policies: None',
    'Verified Application Policies:',
    ...extendedKeyUsage.map((oid) => `    ${oid} ${USAGES[oid] ?? ''}`.trimEnd()),
  ];
}

const revocation = ({ crlUrls, ocspUrls }: Certificate): string =>
  crlUrls.length + ocspUrls.length === 0
    ? 'Revocation check skipped -- no revocation information available'
    : 'Cannot check leaf certificate revocation status (the lab fetches nothing here)';
