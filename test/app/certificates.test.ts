import { expect, test } from 'vitest';
import { exitCodeOf, type HeldCertificate, identityOf, type WhyQuestion, why } from '../../src/app/why.ts';
import { known } from '../../src/base/known.ts';
import { clients } from '../../src/clients/index.ts';
import { probe } from '../../src/net/probe.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import type { WhyReport } from '../../src/report/why.ts';
import { showingOf } from '../../src/report/why-certificates.ts';
import { parseCertificate } from '../../src/wire/x509/certificate.ts';
import { type Issued, issue } from '../support/pki.ts';
import { httpsServer } from '../support/servers.ts';

const root = issue({ subject: 'Root', ca: true });
const issuing = issue({ subject: 'Issuing', issuer: root, ca: true, crlUrls: ['http://x'] });
const server = issue({ subject: 'localhost', issuer: root, subjectAltNames: ['localhost'] });
const user = (subject: string, issuer: Issued): Issued =>
  issue({ subject, issuer, extendedKeyUsage: ['clientAuth'], keyUsage: [0], crlUrls: ['http://x'] });
const ada = user('Ada', issuing);
const bob = user('Bob', issue({ subject: 'Elsewhere', ca: true }));
const certificate = ({ der }: Issued) => parseCertificate(der);

/** A server that names the root alone, and takes connections without a certificate, too. */
async function ask(parts: Partial<WhyQuestion>, asks = true): Promise<WhyReport> {
  const port = await httpsServer({
    key: server.keyPem,
    cert: server.pem,
    ...(asks ? { ca: root.pem, requestCert: true, rejectUnauthorized: false } : {}),
  });
  const question: WhyQuestion = {
    url: new URL(`https://localhost:${port}/`),
    connectTo: '127.0.0.1',
    serverName: 'localhost',
    versions: [0x0304, 0x0303],
    ...parts,
  };
  const tools = {
    probe,
    digest: nodeCrypto,
    verify: nodeCrypto.verify,
    clients,
    now: Date.UTC(2026, 5),
    toolVersion: '0',
  };
  return why(question, tools);
}

function stored(
  issued: Issued,
  authorities: readonly Issued[],
  more: Partial<HeldCertificate> = {},
): HeldCertificate {
  const identity = {
    ...identityOf([certificate(issued)], true)!,
    reachable: known(authorities.map(certificate)),
  };
  return { identity, where: 'Chromium', isStored: true, clients: ['chromium-linux'], ...more };
}

const ids = (report: WhyReport, row: number): string[] =>
  report.mine![row]!.identity.remarks!.filter(({ severity }) => severity !== 'note').map(({ id }) => id);

test('of a store each certificate is tried with the store’s own chain and clients', async () => {
  const report = await ask({ mine: [stored(ada, [issuing]), stored(ada, []), stored(bob, [issuing])] });
  expect(report.mine!.map(showingOf)).toEqual(['good', 'bad', 'bad']);
  expect(report.mine![0]!.clients.map(({ id }) => id)).toEqual(['chromium-linux']);
  expect(report.mine![0]!.clients[0]!.decisions.map(({ version, offer }) => [version, offer])).toEqual([
    ['TLS 1.3', 'prompted'],
    ['TLS 1.2', 'prompted'],
  ]);
  // Nothing has to lie beside a certificate in a store, and what the server lists it has.
  expect(ids(report, 0)).toEqual([]);
  expect(report.headline).toContain('would be shown 1 of the 3 in your stores: «CN=Ada»');
  expect(exitCodeOf(report)).toBe(0);
  expect(report.probes.every(({ sent }) => sent === 0)).toBe(true);
});

test('none that would be shown, none without its key, and a server that does not ask', async () => {
  const withoutKey = stored(ada, [issuing]);
  const keyless = { ...withoutKey, identity: { ...withoutKey.identity, hasPrivateKey: false } };
  const report = await ask({ mine: [stored(bob, []), keyless] });
  expect(report.mine!.map(showingOf)).toEqual(['bad', 'no-key']);
  expect(exitCodeOf(report)).toBe(1);
  const silent = await ask({ mine: [stored(ada, [issuing])] }, false);
  expect(silent.mine!.map(showingOf)).toEqual(['unasked']);
  expect(exitCodeOf(silent)).toBe(0);
});

test('of files the first is the main one, the others follow, and each is shown to the server', async () => {
  const held = async (issued: Issued, beside: readonly Issued[]): Promise<HeldCertificate> => ({
    identity: identityOf([issued, ...beside].map(certificate), true)!,
    key: (await nodeCrypto.signingKey(issued.pkcs8))!,
    where: 'file.pem',
  });
  const [first, second] = [await held(ada, [issuing]), await held(bob, [])];
  const { identity, key, ...about } = { ...first, alias: 'ada' };
  const report = await ask({ identity, key: key!, about, others: [second] });
  expect(report.identity).toMatchObject({ subject: 'CN=Ada', alias: 'ada', held: ['CN=Issuing'] });
  expect(report.others!.map((row) => [row.where, row.identity.subject, row.clients.length])).toEqual([
    ['file.pem', 'CN=Bob', clients.length],
  ]);
  const shown = report.probes.map(({ askedWith, sent }) => [askedWith.certificate, sent]);
  expect(shown).toContainEqual(['shown', 2]);
  expect(shown).toContainEqual([2, 1]);
});

test('a CA of the same name that did not sign is found by its key', async () => {
  const impostor = issue({
    subject: 'Issuing',
    issuer: root,
    ca: true,
    crlUrls: ['http://x'],
    withoutKeyIds: true,
  });
  const identity = identityOf([ada, impostor].map(certificate), false)!;
  const { remarks } = (await ask({ identity })).identity!;
  expect(remarks![0]).toMatchObject({ id: 'certificate-signature-does-not-fit', severity: 'stops' });
  expect(remarks![0]!.text).toContain('«CN=Ada» names «CN=Issuing» as its issuer');
});

test('what could not be read of the stores is told', async () => {
  const report = await ask({ mine: [], userNotes: ['the keychain cannot be read: locked'] });
  expect(report.notes).toContain('the keychain cannot be read: locked');
  expect(report.headline).toContain('your stores hold none');
});
