import crypto from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clients } from '../../src/clients/index.ts';
import { parseName } from '../../src/wire/x509/name.ts';
import { ask, DAY, issuing, NOW, request, TLS13, told, user } from './scene.ts';

const wish = { lists: [issuing] };
const CAREFUL = ['firefox', 'chromium-linux', 'chrome-windows', 'chrome-macos'];
const CARELESS = [
  'openssl',
  'go',
  'java-sunx509',
  'java-pkix',
  'gnutls',
  'rustls',
  'dotnet-sslstream-linux',
  'android-conscrypt',
];

describe('extended key usage', () => {
  const server = user({ extendedKeyUsage: ['serverAuth'] });
  const any = user({ extendedKeyUsage: ['2.5.29.37.0'] });

  test.each([...CAREFUL, 'dotnet-httpclient'])('%s hides a certificate for servers', (client) => {
    const decision = ask(client, wish, server);
    expect([decision.offer, decision.rule]).toEqual(['withheld', 'extended-key-usage']);
    expect(decision.wouldChange[0]).toContain('clientAuth (1.3.6.1.5.5.7.3.2)');
  });

  test.each(CARELESS)('%s offers it', (client) => {
    expect(ask(client, wish, server).offer).toBe('offered');
  });

  test.each([
    ['firefox', 'withheld: extended-key-usage'],
    ['chromium-linux', 'withheld: extended-key-usage'],
    ['dotnet-httpclient', 'withheld: extended-key-usage'],
    ['chrome-macos', 'prompted: issuer-listed'],
    ['chrome-windows', 'unknown: any-extended-key-usage'],
  ])('any purpose alone: %s: %s', (client, outcome) => {
    expect(told(client, wish, any)).toBe(outcome);
  });

  test('absent, it allows everything', () => {
    const { extendedKeyUsage: _, ...leaf } = user().leaf;
    for (const client of CAREFUL) expect(ask(client, wish, { ...user(), leaf }).offer).toBe('prompted');
  });

  test('a CA certificate with clientAuth is none for NSS', () => {
    for (const client of ['firefox', 'chromium-linux'])
      expect(told(client, wish, user({ ca: true, keyUsage: [0, 5] }))).toBe('withheld: ca-certificate');
    expect(told('chrome-windows', wish, user({ ca: true, keyUsage: [0, 5] }))).toBe(
      'prompted: issuer-listed',
    );
  });
});

describe('key usage without digitalSignature', () => {
  const encipher = user({ keyUsage: [2] });

  test.each([
    ['firefox', 'withheld: key-usage'],
    ['chromium-linux', 'withheld: key-usage'],
    ['chrome-windows', 'withheld: key-usage'],
    ['dotnet-httpclient', 'withheld: key-usage'],
    ['gnutls', 'withheld: key-usage'],
    ['gnutls-forced', 'aborted: key-usage'],
    ['gnutls-callback', 'aborted: key-usage'],
    ['openssl', 'offered: ignores-list'],
    ['go', 'offered: issuer-listed'],
    ['java-pkix', 'offered: issuer-listed'],
  ])('%s: %s', (client, outcome) => {
    expect(told(client, wish, encipher)).toBe(outcome);
  });

  test('GnuTLS under TLS 1.3', () => {
    const tls13 = { ...wish, version: TLS13 };
    expect(told('gnutls', tls13, encipher)).toBe('aborted: key-usage');
    // Whatever is listed: it fails before it reads that.
    expect(told('gnutls', { lists: [], version: TLS13 }, encipher)).toBe('aborted: key-usage');
    expect(told('gnutls', { lists: ['Stranger'], version: TLS13 }, encipher)).toBe('aborted: key-usage');
    expect(told('gnutls-callback', tls13, encipher)).toBe('offered: ignores-list');
  });
});

describe('nsCertType and the extended key usage are added up by NSS', () => {
  const typed = (bits: number, usages?: readonly string[], ca = false) =>
    user({
      extensions: [{ oid: '2.16.840.1.113730.1.1', value: Uint8Array.of(3, 2, 0, bits) }],
      ca,
      keyUsage: [0],
      ...(usages ? { extendedKeyUsage: usages } : { extendedKeyUsage: [] }),
    });
  const withoutUsage = (identity: ReturnType<typeof user>) => {
    const { extendedKeyUsage: _, ...leaf } = identity.leaf;
    return { ...identity, leaf };
  };

  test.each(['firefox', 'chromium-linux'])('%s', (client) => {
    expect(told(client, wish, withoutUsage(typed(0x80)))).toBe('prompted: issuer-listed');
    expect(told(client, wish, withoutUsage(typed(0x40)))).toBe('withheld: netscape-cert-type');
    expect(told(client, wish, typed(0x40, ['clientAuth']))).toBe('prompted: issuer-listed');
    expect(told(client, wish, typed(0x80, ['serverAuth']))).toBe('prompted: issuer-listed');
    expect(told(client, wish, typed(0x40, ['serverAuth']))).toBe('withheld: extended-key-usage');
    expect(told(client, wish, typed(0x80, ['clientAuth'], true))).toBe('prompted: issuer-listed');
    expect(told(client, wish, typed(0x40, ['clientAuth'], true))).toBe('withheld: ca-certificate');
  });

  test('others do not look at nsCertType', () => {
    for (const client of ['chrome-windows', 'chrome-macos', 'go', 'java-pkix'])
      expect(ask(client, wish, withoutUsage(typed(0x40))).offer).toMatch(/offered|prompted/);
  });
});

describe('validity', () => {
  const expired = user({ notBefore: NOW - 400 * DAY, notAfter: NOW - 2 * DAY });
  const early = user({ notBefore: NOW + 5 * DAY });

  test.each(CAREFUL)('%s hides an expired certificate', (client) => {
    const decision = ask(client, wish, expired);
    expect([decision.offer, decision.rule, decision.wouldChange]).toEqual([
      'withheld',
      'expired',
      ['renew the certificate'],
    ]);
    expect(decision.because).toContain('It expired on 2026-05-30');
  });

  test.each([...CARELESS, 'dotnet-httpclient', 'android-keychain'])('%s offers it', (client) => {
    expect(ask(client, wish, expired).offer).toMatch(/offered|prompted/);
  });

  test('macOS looks at the end only', () => {
    expect(told('firefox', wish, early)).toBe('withheld: not-yet-valid');
    expect(told('chrome-macos', wish, early)).toBe('prompted: issuer-listed');
  });
});

describe('OpenSSL refuses weak certificates when it loads them', () => {
  test('an RSA key of 1024 bits', () => {
    const key = crypto.generateKeyPairSync('rsa', { modulusLength: 1024 });
    const decision = ask('openssl', wish, user({ key }));
    expect([decision.offer, decision.rule]).toEqual(['aborted', 'security-level']);
    expect(decision.because).toContain('its RSA key has 1024 bits');
    expect(told('go', wish, user({ key }))).toBe('offered: issuer-listed');
  });

  test('a signature with SHA-1', () => {
    const strong = user();
    const weak = { ...strong, leaf: { ...strong.leaf, signatureOid: '1.2.840.113549.1.1.5' } };
    expect(ask('openssl', wish, weak).because).toContain('it is signed with SHA-1');
  });
});

describe('every model', () => {
  test('has an id of its own, a title and a source', () => {
    expect(new Set(clients.map((one) => one.id)).size).toBe(clients.length);
    for (const { title, source } of clients) {
      expect(title.length).toBeLessThan(40);
      expect(source).not.toBe('');
    }
  });

  const identities = [user(), user({ key: 'rsa' }, [issuing]), user({ extendedKeyUsage: ['serverAuth'] })];
  const names = fc.array(
    fc.oneof(fc.constant(parseName(issuing.subject)), fc.uint8Array({ maxLength: 40 }).map(parseName)),
    { maxLength: 3 },
  );
  const schemes = fc.option(fc.array(fc.constantFrom(0x0403, 0x0401, 0x0804, 0xfe99, 0x0201)), { nil: null });

  test('answers anything a server may send with one sentence and a way out', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...clients),
        fc.constantFrom(...identities),
        fc.constantFrom(0x0301, 0x0303, TLS13),
        names,
        schemes,
        fc.array(fc.nat(255), { maxLength: 3 }),
        (client, identity, version, authorities, offered, types) => {
          const asked = { ...request({ version, schemes: offered, types }), authorities };
          const decision = client.decide(asked, identity, NOW);
          expect(decision.because).toMatch(/^\S.*\.$/s);
          const positive = decision.offer === 'offered' || decision.offer === 'prompted';
          expect(decision.wouldChange.length > 0).toBe(!positive);
        },
      ),
      { numRuns: 1500 },
    );
  });
});
