import type { Issued } from '../support/pki.ts';
import { certificatesCalled } from './pki.ts';

/**
 * A case: one incident with its verdict, in one readable file of sections. A line `-- … --` opens a section; any
 * other heading or key fails the run.
 *
 *   -- about --
 *   What happened, in a sentence or two.
 *   -- evidence: netsh.txt --
 *   The text as a reader gets it under that file name.
 *   -- evidence: ClientAuthIssuer.p7b = issuing other-issuing --
 *   The certificates of these names (pki.ts) as PEM; no text.
 *   -- probe: probe.json --
 *   A saved probe, `key value` a line: server-name, address, port, at, names (certificates whose subjects the
 *   CertificateRequest names; none for an empty list).
 *   -- expect --
 *   One line for each evaluation of the diagnosis:
 *   found|clear|not-applicable|cannot-tell|depends  host|exchange|endpoint KEY  [because netsh.txt:12 …]
 *   [wants WORDS]  [on HYPOTHESIS]  [settled VARIANT]  [says WORDS]   (each runs to the next keyword)
 */
export interface Case {
  readonly file: string;
  readonly about: string;
  readonly evidence: readonly { readonly name: string; readonly text: string }[];
  readonly expect: readonly Expectation[];
}

export interface Expectation {
  readonly line: string;
  readonly outcome: string;
  /** 'host' (also an endpoint whose record was not seen), 'exchange', or a record's key as printed. */
  readonly subject: string;
  readonly because: readonly string[];
  readonly wants: string | null;
  readonly on: string | null;
  readonly settled: string | null;
  readonly says: string | null;
}

export function readCase(file: string, text: string): Case {
  const sections = sectionsOf(file, text);
  const single = (name: string): string => {
    const found = sections.filter(({ heading }) => heading === name);
    if (found.length !== 1) throw new Error(`${file}: wants one section -- ${name} --`);
    return found[0]!.body.trim();
  };
  const about = single('about');
  if (about === '') throw new Error(`${file}: says nothing about itself`);
  const lines = single('expect').split('\n');
  return {
    file,
    about,
    evidence: sections.flatMap((section) => evidenceIn(file, section)),
    expect: lines.map((line) => readExpectation(file, line)),
  };
}

export interface Section {
  readonly heading: string;
  readonly body: string;
}

export function sectionsOf(file: string, text: string): Section[] {
  const parts = text.split(/^-- (.+) --$/m);
  if (parts[0]?.trim() !== '') throw new Error(`${file}: begins with text outside a section`);
  const sections: Section[] = [];
  for (let i = 1; i < parts.length; i += 2)
    sections.push({ heading: parts[i]!, body: parts[i + 1]!.replace(/^\n/, '') });
  return sections;
}

function evidenceIn(file: string, { heading, body }: Section): { name: string; text: string }[] {
  if (heading === 'about' || heading === 'expect') return [];
  const [, kind, name, , of] = /^(evidence|probe): (\S+)( = (.+))?$/.exec(heading) ?? [];
  if (kind === 'probe' && name && !of) return [{ name, text: probeText(file, body) }];
  if (kind !== 'evidence' || !name) throw new Error(`${file}: unknown section -- ${heading} --`);
  if (!of) return [{ name, text: body }];
  if (body.trim() !== '') throw new Error(`${file}: ${name} is made of certificates and has text as well`);
  const pem = of.split(' ').flatMap((one) => certificatesCalled(one).map((issued) => issued.pem));
  return [{ name, text: pem.join('\n') }];
}

const KEYWORDS = ['because', 'wants', 'on', 'settled', 'says'] as const;
const OUTCOMES = ['found', 'clear', 'not-applicable', 'cannot-tell', 'depends'];

function readExpectation(file: string, line: string): Expectation {
  const [, outcome = '', subject = '', rest = ''] =
    /^(\S+) (host|exchange|endpoint \S+)((?: .*)?)$/.exec(line.trim()) ?? [];
  if (!OUTCOMES.includes(outcome)) throw new Error(`${file}: no expectation: ${line}`);
  const parts = rest.split(new RegExp(` (${KEYWORDS.join('|')}) `));
  if (parts[0]?.trim() !== '') throw new Error(`${file}: unknown words «${parts[0]?.trim()}» in: ${line}`);
  const values = new Map<string, string>();
  for (let i = 1; i < parts.length; i += 2) values.set(parts[i]!, parts[i + 1]!.trim());
  return {
    line,
    outcome,
    subject: subject.replace(/^endpoint /, ''),
    because: values.get('because')?.split(' ') ?? [],
    wants: values.get('wants') ?? null,
    on: values.get('on') ?? null,
    settled: values.get('settled') ?? null,
    says: values.get('says') ?? null,
  };
}

/** Where certificates are looked up by the names that a case gives them. */
export interface Called {
  called(name: string): readonly Issued[];
}

const PROBE_KEYS = ['server-name', 'address', 'port', 'at', 'names'];

/** The document that `handclasp why --json` writes of one probe (report/why.ts, ProbeRecord). */
export function probeText(
  file: string,
  body: string,
  certificates: Called = { called: certificatesCalled },
): string {
  const lines = body.trim().split('\n');
  const values = new Map<string, string>(
    lines.map((line) => {
      const [, key = '', value = ''] = /^(\S+) ?(.*)$/.exec(line) ?? [];
      return [key, value];
    }),
  );
  const unknown = [...values.keys()].filter((key) => !PROBE_KEYS.includes(key));
  if (unknown.length > 0) throw new Error(`${file}: a probe has no ${unknown.join(', ')}`);
  const names = (values.get('names') ?? '').split(' ').filter((name) => name !== '');
  const subjects = names.flatMap((name) => certificates.called(name).map((issued) => issued.subject));
  const serverName = values.get('server-name') ?? null;
  const probe = {
    schema: 'handclasp/probe/1',
    target: { host: serverName ?? values.get('address'), port: Number(values.get('port') ?? 443), path: '/' },
    address: values.get('address') ?? null,
    serverName,
    version: 'TLS 1.2',
    cipherSuite: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
    end: 'asks for a certificate, none sent',
    completed: true,
    request: {
      version: 0x0303,
      certificateTypes: ['rsa_sign', 'ecdsa_sign'],
      signatureAlgorithms: ['ecdsa_secp256r1_sha256'],
      authoritiesPresent: subjects.length > 0,
      authoritiesLength: subjects.reduce((sum, der) => sum + 2 + der.length, 0),
      authorities: subjects.map((der) => ({
        name: '',
        der: Buffer.from(der).toString('base64'),
        sha256: '',
      })),
    },
    sent: 0,
    http: { status: 403, substatus: '403.7' },
    at: values.get('at') ?? '2026-11-24T09:00:00.000Z',
    milliseconds: 12,
  };
  return JSON.stringify(probe, null, 2);
}
