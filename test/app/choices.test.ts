import { expect, test } from 'vitest';
import { exitCodeOf, identityOf, type WhyQuestion, why } from '../../src/app/why.ts';
import { clients } from '../../src/clients/index.ts';
import { probe } from '../../src/net/probe.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { languages } from '../../src/report/lang/language.ts';
import { plainStyle } from '../../src/report/render/style.ts';
import { renderWhyAs } from '../../src/report/render/why-formats.ts';
import type { WhyReport } from '../../src/report/why.ts';
import { parseCertificate } from '../../src/wire/x509/certificate.ts';
import { type Issued, issue } from '../support/pki.ts';
import { httpsServer } from '../support/servers.ts';

const issuing = issue({ subject: 'Issuing', ca: true });
const server = issue({ subject: 'localhost', issuer: issuing, subjectAltNames: ['localhost'] });
const user = (subject: string, issuer: Issued, key: 'rsa' | 'p256'): Issued =>
  issue({ subject, issuer, key, extendedKeyUsage: ['clientAuth'], keyUsage: [0] });
const foreign = user('Foreign', issue({ subject: 'Elsewhere', ca: true }), 'rsa');
const ada = user('Ada', issuing, 'rsa');
const bob = user('Bob', issuing, 'p256');

/** A server that names the issuing CA, asked with these certificates in this order. */
async function ask(...given: readonly Issued[]): Promise<WhyReport> {
  const port = await httpsServer({
    key: server.keyPem,
    cert: server.pem,
    ca: issuing.pem,
    requestCert: true,
    rejectUnauthorized: false,
  });
  const [identity, ...others] = given.map((one) => identityOf([parseCertificate(one.der)], true)!);
  const question: WhyQuestion = {
    url: new URL(`https://localhost:${port}/`),
    connectTo: '127.0.0.1',
    serverName: 'localhost',
    versions: [0x0304, 0x0303],
    ...(identity ? { identity } : {}),
    others: others.map((one) => ({ identity: one, where: 'file' })),
  };
  const tools = { probe, digest: nodeCrypto, clients, now: Date.UTC(2026, 5), toolVersion: '0' };
  return why(question, tools);
}

/** 'never, taken | never, never': what becomes of each certificate, under TLS 1.3 and 1.2. */
const parts = ({ choices }: WhyReport, client: string): string =>
  [...new Set(choices!.find((row) => row.id === client)!.decisions.map((one) => one.parts.join(', ')))].join(
    ' | ',
  );

test('of several certificates each client takes, shows or passes over', async () => {
  const report = await ask(foreign, ada, bob);
  expect(parts(report, 'go')).toBe('never, taken, spare');
  expect(parts(report, 'firefox')).toBe('never, shown, shown');
  expect(parts(report, 'dotnet-httpclient')).toBe('taken, spare, spare');
  expect(parts(report, 'openssl')).toBe('never, spare, taken | never, never, taken');
  expect(parts(report, 'apple')).toBe('possible, possible, possible');
  expect(report.headline).toContain('Of these 3 certificates clients offer localhost:');
  expect(exitCodeOf(report)).toBe(1);
});

test('one certificate is no choice, and a server that nobody can please gets none', async () => {
  expect((await ask(ada)).choices).toBeUndefined();
  const report = await ask(foreign, foreign);
  expect(parts(report, 'go')).toBe('never, never');
  expect(parts(report, 'gnutls')).toBe('never, never');
  expect(report.headline).toMatch(/^Of these 2 certificates clients offer .* number 1/);
});

test('it is told in each format and language', async () => {
  const report = await ask(foreign, ada, bob);
  const view = { language: languages.en, verbose: false };
  const text = renderWhyAs.text(report, view, plainStyle);
  expect(text).toContain('Which of these 3 certificates clients take\n  1: «CN=Foreign»');
  expect(text).toMatch(
    /takes 2 {2,}Go \(crypto\/tls\)[\s\S]*?the first that fits[\s\S]*?3 if 2 is taken away; never 1/,
  );
  expect(text).toMatch(/shows 2 and 3 {2,}Chrome/);
  for (const format of ['text', 'markdown', 'html'] as const) {
    expect(renderWhyAs[format](report, view, plainStyle)).toContain('its user chooses; never 1');
    const german = renderWhyAs[format](report, { ...view, language: languages.de }, plainStyle);
    expect(german).toContain('der Benutzer wählt aus; nie 1');
    expect(german).not.toMatch(/\{\w+\}/);
  }
});
