import type { Language } from './lang/language.ts';
import { retell } from './lang/tell.ts';
import type { CertificateRow, ClientRow, IdentityRecord } from './why.ts';
import { type ClientGroup, groupsOf, remediesOf, toneOf } from './why-clients.ts';

/** Certificates beside the main one, and what a certificate shows of itself, arranged for reading. */

/** good: some client would show it; open: it depends; bad: none would, or it lacks its key; unasked: nobody asked. */
export type Showing = 'good' | 'open' | 'bad' | 'no-key' | 'unasked';

export function showingOf({ identity, clients }: CertificateRow): Showing {
  if (!identity.hasPrivateKey) return 'no-key';
  const tones = clients.flatMap(({ decisions }) => decisions.map(({ offer }) => toneOf(offer)));
  if (tones.length === 0) return 'unasked';
  return (['good', 'open'] as const).find((tone) => tones.includes(tone)) ?? 'bad';
}

export interface ToldCertificate {
  readonly showing: Showing;
  /** 'shown'. */
  readonly answer: string;
  /** '«CN=Ada», issued by «CN=Issuing CA», valid until 2027-01-01'. */
  readonly name: string;
  /** 'Firefox profile x.default: Ada'. */
  readonly place: string;
  /** Clients that look there, by answer and reason. */
  readonly groups: readonly ClientGroup[];
  /** What would get it shown, where it is not; what helps most clients first. */
  readonly remedies: readonly string[];
  readonly remarks: readonly ToldRemark[];
}

const ORDER: readonly Showing[] = ['good', 'open', 'bad', 'no-key', 'unasked'];

/** Those first that would be shown. */
export function certificatesIn(rows: readonly CertificateRow[], language: Language): ToldCertificate[] {
  return rows
    .map((row) => tellCertificate(row, language))
    .sort((a, b) => ORDER.indexOf(a.showing) - ORDER.indexOf(b.showing));
}

function tellCertificate(row: CertificateRow, language: Language): ToldCertificate {
  const { identity, where, clients } = row;
  const { subject, issuer, notAfter, alias } = identity;
  const showing = showingOf(row);
  const byAnswer = (one: ClientRow) => ORDER.indexOf(showingOf({ ...row, clients: [one] }));
  return {
    showing,
    answer: language.say(`held-${showing}`),
    name: language.say('held-name', { subject, issuer, until: notAfter.slice(0, 10) }),
    place: language.say('held-place', { where, ...(alias ? { alias } : {}) }),
    groups:
      showing === 'no-key'
        ? []
        : groupsOf({ clients: clients.toSorted((a, b) => byAnswer(a) - byAnswer(b)), identity }, language),
    remedies:
      showing === 'good' ? [] : remediesOf({ clients, identity }, language).map(({ remedy }) => remedy),
    remarks: remarksOn(identity, language),
  };
}

/** What the stores hold for this server, in a few words. */
export function mineTitle(rows: readonly CertificateRow[], language: Language): string {
  if (rows.length === 0) return language.say('mine-title-none');
  const showings = rows.map(showingOf);
  const unasked =
    showings.every((one) => one === 'unasked' || one === 'no-key') && showings.includes('unasked');
  const facts = { count: rows.length, shown: showings.filter((one) => one === 'good').length };
  return language.say(unasked ? 'mine-title-unasked' : 'mine-title', facts);
}

export interface ToldRemark {
  readonly severity: 'stops' | 'risks' | 'note';
  /** 'risk'. */
  readonly title: string;
  readonly text: string;
  readonly cites: readonly string[];
}

export function remarksOn(identity: IdentityRecord | null, language: Language): ToldRemark[] {
  return (identity?.remarks ?? []).map((one) => ({
    severity: one.severity,
    title: language.say(`severity-${one.severity}`),
    text: retell(one, language),
    cites: one.cites,
  }));
}
