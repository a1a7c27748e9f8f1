import { describe, expect, test } from 'vitest';
import { languages } from '../../src/report/lang/language.ts';
import { tell } from '../../src/report/lang/tell.ts';
import { plainStyle } from '../../src/report/render/style.ts';
import { renderWhyAs } from '../../src/report/render/why-formats.ts';
import { schemas } from '../../src/report/schema.ts';
import type { CertificateRow, ClientRow, WhyReport } from '../../src/report/why.ts';
import { showingOf } from '../../src/report/why-certificates.ts';
import { sayHeadline } from '../../src/report/why-headline.ts';
import { violations } from './check-schema.ts';
import { expectGolden } from './golden.ts';
import { HOSTILE, why } from './samples.ts';
import { unbalanced } from './unbalanced.ts';
import { unseenIn } from './unseen.ts';

const { en, de } = languages;

const client = (title: string, offer: string, rule: string): ClientRow => ({
  id: title.toLowerCase(),
  title,
  decisions: [
    {
      version: 'TLS 1.3',
      offer,
      because: `${title} decided so.`,
      rule,
      wouldChange: offer === 'withheld' ? ['put the issuing CA «CN=Issuing» into its certificate store'] : [],
      confidence: 'observed',
    },
  ],
  withIssuer: null,
  source: 'seen',
});

function row(subject: string, clients: readonly ClientRow[], hasPrivateKey = true): CertificateRow {
  const remark = { id: 'certificate-expired', facts: { subject, from: '2024-01-01', until: '2025-01-01' } };
  return {
    identity: {
      subject,
      issuer: 'CN=Issuing',
      thumbprint: '0'.repeat(40),
      notAfter: '2027-01-01T00:00:00.000Z',
      hasPrivateKey,
      held: [],
      alias: subject.replace('CN=', '').toLowerCase(),
      remarks: [
        { ...tell(remark), severity: 'stops', cites: ['RFC 5280 4.1.2.5'] },
        { ...tell({ id: 'certificate-sid-absent', facts: {} }), severity: 'note', cites: ['KB5014754'] },
      ],
    },
    where: 'Firefox profile x.default',
    clients,
  };
}

const mine = [
  row('CN=Bob', [client('Firefox', 'withheld', 'issuer-not-listed')]),
  row('CN=Key Elsewhere', [client('Firefox', 'prompted', 'issuer-listed')], false),
  row('CN=Ada', [
    client('Firefox', 'prompted', 'issuer-listed'),
    client('Go', 'withheld', 'issuer-not-listed'),
  ]),
  row('CN=Eve', [client('Firefox', 'unknown', 'depends-on-store')]),
];

const withMine = (rows: readonly CertificateRow[]): WhyReport => {
  const report = { ...why, identity: null, clients: [], mine: rows };
  return { ...report, headline: sayHeadline(report, en) };
};

test('one client that shows it is enough, and without its key it is shown by none', () => {
  expect(mine.map(showingOf)).toEqual(['bad', 'no-key', 'good', 'open']);
  expect(showingOf(row('CN=x', []))).toBe('unasked');
});

test('the headline answers the user’s own question', () => {
  const saying = (rows: readonly CertificateRow[]) => [en, de].map((one) => sayHeadline(withMine(rows), one));
  expect(saying(mine)[0]).toMatch(/ and would be shown 1 of the 4 in your stores: «CN=Ada»\.$/);
  for (const rows of [mine, mine.slice(0, 1), mine.slice(2, 3), mine.slice(0, 2), []])
    for (const told of saying(rows)) expect(told).not.toMatch(/[{}[\]]|undefined/);
});

describe('in every format', () => {
  const report = { ...withMine(mine), lists: [], differences: [], probes: why.probes.slice(0, 1) };
  test.each([
    ['mine.txt', 'text', en],
    ['mine.de.txt', 'text', de],
    ['mine.html', 'html', en],
    ['mine.md', 'markdown', en],
  ] as const)('%s', (name, format, language) => {
    expectGolden(name, renderWhyAs[format](report, { language, verbose: false }, plainStyle));
  });

  test('the document fits its schema', () => {
    const json = JSON.parse(JSON.stringify({ ...report, others: mine }));
    expect(violations(json, schemas[json.schema]!)).toEqual([]);
  });

  test('notes and documents are shown on demand', () => {
    const text = (verbose: boolean) => renderWhyAs.text(report, { language: en, verbose }, plainStyle);
    expect(text(false)).not.toContain('KB5014754');
    expect(text(true)).toContain('KB5014754');
  });
});

test('hostile names do no harm', () => {
  const bad = row(`CN=${HOSTILE}`, [client('Firefox', 'withheld', 'issuer-not-listed')]);
  const identity = { ...bad.identity, issuer: HOSTILE, alias: HOSTILE };
  const remarks = identity.remarks!.map((one) => ({ ...one, text: HOSTILE, cites: [HOSTILE] }));
  const rows = [{ ...bad, where: HOSTILE, identity: { ...identity, remarks } }];
  const report = { ...why, identity: { ...why.identity!, remarks }, mine: rows, others: rows };
  for (const verbose of [false, true]) {
    const view = { language: en, verbose };
    expect(unseenIn(renderWhyAs.text(report, view, plainStyle))).toEqual([]);
    expect(unseenIn(renderWhyAs.markdown(report, view, plainStyle))).toEqual([]);
    const page = renderWhyAs.html(report, view, plainStyle);
    expect(unseenIn(page)).toEqual([]);
    expect(unbalanced(page)).toEqual([]);
    expect(page).not.toMatch(/<script|<img/);
  }
});
