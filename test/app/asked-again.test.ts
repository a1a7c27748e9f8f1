import { expect, test } from 'vitest';
import { identityOf, type WhyQuestion, why } from '../../src/app/why.ts';
import { Writer } from '../../src/base/bytes.ts';
import { clients } from '../../src/clients/index.ts';
import { probe } from '../../src/net/probe.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { languages } from '../../src/report/lang/language.ts';
import { plainStyle } from '../../src/report/render/style.ts';
import { renderWhyAs } from '../../src/report/render/why-formats.ts';
import { whySchema } from '../../src/report/schema/why.ts';
import { sayDifferences } from '../../src/report/why-differences.ts';
import { parseCertificate } from '../../src/wire/x509/certificate.ts';
import { violations } from '../report/check-schema.ts';
import { type Issued, issue } from '../support/pki.ts';
import { rawServer } from '../support/servers.ts';
import { ScriptedServer } from '../support/tls13-server.ts';

/** A certificate asked for in the handshake and, of the same client, again after the request: for something else. */

const root = issue({ subject: 'Root', ca: true });
const other = issue({ subject: 'Other Root', ca: true });
const identity = issue({ subject: 'www.example.com', issuer: root });
const client = issue({
  subject: 'Client',
  issuer: other,
  extendedKeyUsage: ['clientAuth'],
  keyUsage: [0],
});

function requestFor(issuers: readonly Issued[], schemes: readonly number[], context: readonly number[] = []) {
  return new Writer()
    .block8((bytes) => {
      for (const one of context) bytes.u8(one);
    })
    .block16((list) => {
      list.u16(13).block16((data) =>
        data.block16((codes) => {
          for (const scheme of schemes) codes.u16(scheme);
        }),
      );
      list.u16(47).block16((data) =>
        data.block16((names) => {
          for (const one of issuers) names.block16((name) => name.raw(one.subject));
        }),
      );
    })
    .done();
}

/** Asks by TLS 1.3 for certificates of Root, and for ones of Other Root after each request. */
const asksTwice = (later: Uint8Array): Promise<number> =>
  rawServer((socket) => {
    const server = new ScriptedServer({ identity, request: requestFor([root], [0x0403, 0x0804]) });
    let before = Promise.resolve();
    let isAsked = false;
    const answer = async (chunk: Uint8Array): Promise<void> => {
      socket.write(await server.receive(chunk));
      if (server.data.length === 0 || isAsked) return;
      isAsked = true;
      socket.write(await server.requestAfter(later));
    };
    socket.on('data', (chunk) => (before = before.then(() => answer(chunk)).catch(() => undefined)));
  });

const question = (port: number): WhyQuestion => ({
  url: new URL(`https://127.0.0.1:${port}/`),
  serverName: null,
  versions: [0x0304],
  timeout: 500,
  shared: { postHandshakeAuth: true },
  identity: identityOf([parseCertificate(client.der)], false)!,
});

const ask = (port: number) =>
  why(question(port), {
    probe,
    digest: nodeCrypto,
    clients,
    now: Date.UTC(2026, 10, 24),
    toolVersion: '0.1.0',
  });

test('is a list of its own, compared with the first, and told of each client', async () => {
  const report = await ask(await asksTwice(requestFor([other], [0x0403], [7])));
  expect(
    report.lists.map(({ names, probes, again }) => [names.map(({ name }) => name), probes, again]),
  ).toEqual([
    [['CN=Root'], [0], undefined],
    [['CN=Other Root'], [], [0]],
  ]);
  expect(report.again).toEqual([
    {
      probes: [0],
      first: { when: 'handshake', list: 0 },
      later: { when: 'post-handshake', list: 1 },
      differ: ['list', 'algorithms'],
    },
  ]);
  expect(sayDifferences(report, languages.en)).toEqual([
    'With TLS 1.3 a certificate is asked for twice, in the handshake and after the request (post-handshake), and not for the same: only at first CN=Root; only later CN=Other Root; signature algorithms ecdsa_secp256r1_sha256, rsa_pss_rsae_sha256, later ecdsa_secp256r1_sha256.',
  ]);
  const go = report.clients.find(({ id }) => id === 'openssl')!;
  expect(go.decisions.map(({ when, list }) => [when, list])).toEqual([
    ['handshake', 0],
    ['post-handshake', 1],
  ]);
  expect(violations(JSON.parse(JSON.stringify(report)), whySchema)).toEqual([]);
  const text = renderWhyAs.text(report, { language: languages.en, verbose: false }, plainStyle);
  expect(text).toContain('List 1: 1 acceptable issuer');
  expect(text).toContain('List 2: 1 acceptable issuer');
  expect(text).toContain('TLS 1.3 in the handshake (list 1): ');
  for (const format of ['html', 'markdown'] as const) {
    const shown = renderWhyAs[format](report, { language: languages.de, verbose: true }, plainStyle);
    expect(shown).toContain('Liste 2: 1 zulässiger Aussteller');
    expect(shown).toContain('wird zweimal ein Zertifikat verlangt');
  }
});

test('for the same is said, too', async () => {
  const report = await ask(await asksTwice(requestFor([root], [0x0403, 0x0804], [7])));
  expect(report.lists).toHaveLength(1);
  expect(report.lists[0]).toMatchObject({ probes: [0], again: [0] });
  expect(sayDifferences(report, languages.en)).toEqual([
    'With TLS 1.3 a certificate is asked for twice, in the handshake and after the request (post-handshake), both times for the same.',
  ]);
});
