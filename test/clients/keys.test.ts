import { describe, expect, test } from 'vitest';
import { ask, issuing, SCHEME, TLS13, told, user } from './scene.ts';

const lists = [issuing];

describe('no signature algorithm suits the key', () => {
  const wish = { lists, schemes: [SCHEME.pss, SCHEME.pkcs1] };

  test.each([
    'openssl',
    'openssl-strict',
    'go',
    'rustls',
    'firefox',
    'java-sunx509',
    'java-pkix',
    'dotnet-sslstream-linux',
  ])('%s sends no certificate', (client) => {
    const decision = ask(client, wish, user());
    expect([decision.offer, decision.rule]).toEqual(['withheld', 'no-common-scheme']);
    expect(decision.because).toContain('EC (secp256r1): rsa_pss_rsae_sha256, rsa_pkcs1_sha256');
    expect(decision.wouldChange[0]).toBe('list ecdsa_secp256r1_sha256 on the server');
  });

  test.each(['chromium-linux', 'chrome-windows', 'chrome-macos'])('%s ends the handshake', (client) => {
    expect(told(client, wish, user())).toBe('aborted: no-common-scheme');
  });

  test('GnuTLS ends the handshake under TLS 1.2 and sends none under TLS 1.3', () => {
    expect(told('gnutls-forced', wish, user())).toBe('aborted: no-common-scheme');
    expect(told('gnutls-forced', { ...wish, version: TLS13 }, user())).toBe('withheld: no-common-scheme');
  });

  test('what Schannel does is not known', () => {
    expect(ask('schannel', wish, user())).toMatchObject({ offer: 'unknown', confidence: 'unverified' });
    expect(ask('dotnet-httpclient', wish, user())).toMatchObject({
      offer: 'unknown',
      confidence: 'unverified',
    });
  });
});

describe('a P-384 key where only ecdsa_secp256r1_sha256 is listed', () => {
  const wish = { lists, schemes: [SCHEME.p256] };
  const p384 = user({ key: 'p384' });

  test('signs under TLS 1.2 with most, under TLS 1.3 with none', () => {
    for (const client of ['openssl', 'go', 'gnutls', 'firefox', 'chromium-linux']) {
      expect(told(client, wish, p384)).toMatch(/^(offered|prompted)/);
      expect(told(client, { ...wish, version: TLS13 }, p384)).toMatch(
        /^(withheld|aborted): no-common-scheme$/,
      );
    }
  });

  test('is bound to its curve by rustls and Java under TLS 1.2, too; Java sends it first', () => {
    expect(told('rustls', wish, p384)).toBe('withheld: no-common-scheme');
    expect(told('java-sunx509', wish, p384)).toBe('sent-then-aborted: key-curve');
    expect(told('java-pkix', { ...wish, version: TLS13 }, p384)).toBe('sent-then-aborted: key-curve');
  });
});

describe('SHA-1 is all that is listed', () => {
  const wish = { lists, schemes: [SCHEME.sha1] };
  const rsa = user({ key: 'rsa' });

  test.each([
    ['openssl', 'withheld: no-common-scheme'],
    ['go', 'offered: issuer-listed'],
    ['java-sunx509', 'aborted: no-known-scheme'],
    ['gnutls', 'offered: issuer-listed'],
    ['rustls', 'withheld: no-common-scheme'],
    ['chromium-linux', 'prompted: issuer-listed'],
    ['firefox', 'prompted: issuer-listed'],
  ])('%s: %s', (client, outcome) => {
    expect(told(client, wish, rsa)).toBe(outcome);
  });
});

describe('TLS 1.3 and RSA', () => {
  const rsa = user({ key: 'rsa' });

  test('PKCS#1 alone serves nobody', () => {
    const wish = { lists, schemes: [SCHEME.pkcs1], version: TLS13 };
    for (const client of ['openssl', 'go', 'gnutls', 'java-sunx509'])
      expect(told(client, wish, rsa)).toBe('withheld: no-common-scheme');
    for (const client of ['rustls', 'firefox'])
      expect(told(client, wish, rsa)).toBe('aborted: no-known-scheme');
  });

  test('PSS alone serves all but GnuTLS, which counts it as another algorithm', () => {
    const wish = { lists, schemes: [SCHEME.pss], version: TLS13 };
    for (const client of ['openssl', 'go', 'rustls', 'java-sunx509', 'gnutls-forced'])
      expect(told(client, wish, rsa)).toMatch(/^offered/);
    const decision = ask('gnutls', wish, rsa);
    expect([decision.offer, decision.rule]).toEqual(['withheld', 'key-algorithm']);
    expect(decision.wouldChange).toEqual(['list rsa_pkcs1_sha256 on the server, too']);
    expect(told('gnutls', { ...wish, lists: [] }, rsa)).toBe('offered: empty-list');
  });

  test('a request without signature_algorithms is ended by OpenSSL and Firefox', () => {
    for (const client of ['openssl', 'firefox'])
      expect(told(client, { lists, schemes: null, version: TLS13 }, rsa)).toBe(
        'aborted: missing-signature-algorithms',
      );
  });

  test('a key bound to PSS is used by those that know such keys', () => {
    const bound = user({ key: 'rsa-pss' });
    const wish = { lists, schemes: [0x0809], version: TLS13 };
    expect(told('openssl', wish, bound)).toBe('offered: ignores-list');
    expect(told('java-sunx509', wish, bound)).toBe('offered: issuer-listed');
    expect(told('go', wish, bound)).toBe('withheld: no-common-scheme');
  });
});

describe('certificate_types of TLS 1.2 leave out the key', () => {
  const wish = { lists, types: [1] };

  test('Chromium ends the handshake and shows what nobody would guess', () => {
    const decision = ask('chromium-linux', wish, user());
    expect([decision.offer, decision.rule]).toEqual(['aborted', 'certificate-type']);
    expect(decision.because).toContain('asks for certificate types rsa_sign, and the key is EC (secp256r1)');
    expect(decision.because).toContain('ERR_NOT_IMPLEMENTED');
    expect(decision.wouldChange[0]).toBe('list ecdsa_sign on the server');
  });

  test('the type is tested before the algorithms', () => {
    expect(told('chromium-linux', { ...wish, schemes: [SCHEME.pkcs1] }, user())).toBe(
      'aborted: certificate-type',
    );
  });

  test.each([
    ['go', 'withheld: certificate-type'],
    ['java-sunx509', 'withheld: certificate-type'],
    ['gnutls', 'withheld: certificate-type'],
    ['android-conscrypt', 'withheld: certificate-type'],
    ['openssl', 'offered: ignores-list'],
    ['rustls', 'offered: ignores-list'],
    ['firefox', 'prompted: issuer-listed'],
  ])('%s: %s', (client, outcome) => {
    expect(told(client, wish, user())).toBe(outcome);
  });

  test('TLS 1.3 has none', () => {
    expect(told('chromium-linux', { ...wish, version: TLS13 }, user())).toBe('prompted: issuer-listed');
  });
});

describe('Go and certificate_types', () => {
  const rsa = user({ key: 'rsa' });

  test('types take schemes away; what is left decides', () => {
    expect(told('go', { lists, types: [64] }, rsa)).toBe('withheld: certificate-type');
  });

  test('where nothing is left SHA-1 is supposed, and the certificate goes out', () => {
    expect(told('go', { lists, types: [2] }, rsa)).toBe('offered: issuer-listed');
    expect(told('go', { lists, types: [1], schemes: [SCHEME.p256] }, user())).toBe('offered: issuer-listed');
  });

  test('but it signs by the whole list', () => {
    const decision = ask('go', { lists, types: [2], schemes: [SCHEME.p256] }, rsa);
    expect([decision.offer, decision.rule]).toEqual(['sent-then-aborted', 'no-common-scheme']);
    expect(decision.because).toContain('sends the certificate and then ends the handshake');
  });
});

describe('Ed25519', () => {
  const ed25519 = user({ key: 'ed25519' });

  test.each([
    ['openssl', 'offered: ignores-list'],
    ['go', 'offered: issuer-listed'],
    ['java-sunx509', 'offered: issuer-listed'],
    ['gnutls', 'withheld: certificate-type'],
    ['firefox', 'withheld: no-common-scheme'],
    ['chrome-windows', 'unknown: key-kind-unverified'],
  ])('%s under TLS 1.2: %s', (client, outcome) => {
    expect(told(client, { lists }, ed25519)).toBe(outcome);
  });

  test('counts as ecdsa_sign for Java', () => {
    expect(told('java-sunx509', { lists, types: [1] }, ed25519)).toBe('withheld: certificate-type');
  });

  test('alone serves Firefox for no key under TLS 1.3', () => {
    expect(told('firefox', { lists, schemes: [SCHEME.ed25519], version: TLS13 }, user())).toBe(
      'aborted: no-known-scheme',
    );
  });

  test('is GnuTLS able to use without a list, and under TLS 1.3', () => {
    expect(told('gnutls', {}, ed25519)).toBe('offered: empty-list');
    expect(told('gnutls', { lists, version: TLS13 }, ed25519)).toBe('offered: issuer-listed');
  });
});

describe('signatures on the chain', () => {
  const wish = { lists, schemes: [SCHEME.pss, SCHEME.pkcs1] };
  const rsa = user({ key: 'rsa' });

  test('Java with PKIX and strict OpenSSL look at them, the default Java does not', () => {
    // The issuing CA signs with ECDSA, which the server does not list.
    expect(told('java-pkix', wish, rsa)).toBe('withheld: chain-signature');
    expect(told('openssl-strict', wish, rsa)).toBe('withheld: chain-signature');
    expect(told('java-sunx509', wish, rsa)).toBe('offered: issuer-listed');
    expect(ask('java-pkix', wish, rsa).because).toContain('«CN=user» is signed by «CN=Issuing CA»');
  });

  test('OpenSSL looks at the leaf when signature_algorithms_cert is sent', () => {
    expect(told('openssl', { lists, version: TLS13, certSchemes: [SCHEME.pkcs1] }, rsa)).toBe(
      'withheld: chain-signature',
    );
    expect(told('openssl', { lists, version: TLS13, certSchemes: [SCHEME.p256] }, rsa)).toBe(
      'offered: ignores-list',
    );
  });

  test('the strict flag looks at them under TLS 1.3, too', () => {
    const ed25519 = user({ key: 'ed25519' }, [issuing]);
    const tls13 = { lists, version: TLS13 };
    const alone = { ...tls13, schemes: [SCHEME.ed25519] };
    expect(told('openssl-strict', alone, ed25519)).toBe('withheld: chain-signature');
    // The leaf counts by its key.
    expect(told('openssl-strict', alone, user({ key: 'ed25519' }))).toBe('offered: issuer-listed');
    expect(told('openssl-strict', tls13, ed25519)).toBe('offered: issuer-listed');
  });

  test('the strict flag lets no RSA or EC certificate out under TLS 1.3', () => {
    expect(told('openssl-strict', { lists, version: TLS13 }, user())).toBe('withheld: strict-tls13');
  });
});

test('before TLS 1.2 the key alone decides', () => {
  expect(told('go', { lists, version: 0x0302, schemes: null }, user())).toBe('offered: issuer-listed');
});
