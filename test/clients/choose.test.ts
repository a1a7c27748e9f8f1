import { describe, expect, test } from 'vitest';
import { clients } from '../../src/clients/index.ts';
import type { Choice, Identity } from '../../src/clients/model.ts';
import { DAY, issuing, NOW, request, root, SCHEME, stranger, TLS13, user, type Wish } from './scene.ts';

const rsa = user({ key: 'rsa' });
const ec = user();
const fromRoot = user({ issuer: root });
const expired = user({ notBefore: NOW - 400 * DAY, notAfter: NOW - 2 * DAY });
const forServers = user({ extendedKeyUsage: ['serverAuth'] });
const foreign = user({ issuer: stranger });

function choose(client: string, wish: Wish, ...identities: readonly Identity[]): Choice {
  return clients.find((one) => one.id === client)!.choose(request(wish), identities, NOW);
}

/** 'offered: 1 of 0 1' */
function told(client: string, wish: Wish, ...identities: readonly Identity[]): string {
  const { decision, chosen, candidates } = choose(client, wish, ...identities);
  return `${decision.offer}: ${chosen ?? 'none'} of ${candidates.join(' ')}`;
}

describe('without a choice', () => {
  test.each(clients.map((one) => one.id))('%s with none has nothing to offer', (client) => {
    expect(choose(client, {})).toMatchObject({
      decision: { offer: 'withheld', rule: 'no-identity' },
      chosen: null,
      candidates: [],
    });
  });

  test.each(clients.map((one) => one.id))('%s decides of one as it decides', (client) => {
    const model = clients.find((one) => one.id === client)!;
    for (const wish of [{ lists: [issuing] }, { lists: [stranger] }, {}, { schemes: [SCHEME.pss] }]) {
      expect(choose(client, wish, ec).decision).toEqual(model.decide(request(wish), ec, NOW));
    }
  });
});

describe('several identities', () => {
  test('Go takes the first that fits', () => {
    expect(told('go', { lists: [issuing] }, fromRoot, rsa, ec)).toBe('offered: 1 of 1 2');
    expect(told('go', { lists: [stranger] }, fromRoot, rsa)).toBe('withheld: none of ');
    expect(told('go', { schemes: [SCHEME.p256] }, rsa, ec)).toBe('offered: 1 of 1');
  });

  test('OpenSSL looks at the last loaded under TLS 1.2, and by scheme under TLS 1.3', () => {
    expect(told('openssl', { schemes: [SCHEME.pss] }, rsa, ec)).toBe('withheld: 1 of ');
    expect(told('openssl', { schemes: [SCHEME.pss], version: TLS13 }, rsa, ec)).toBe('offered: 0 of 0');
    expect(told('openssl', { schemes: [SCHEME.pss, SCHEME.p256], version: TLS13 }, ec, rsa)).toBe(
      'offered: 1 of 1 0',
    );
  });

  test('OpenSSL keeps one for each kind of key', () => {
    expect(told('openssl', { version: TLS13 }, ec, fromRoot)).toBe('offered: 1 of 1');
  });

  test('OpenSSL looks at the one kept when another of its kind would fit', () => {
    const wish = { schemes: [SCHEME.p256], version: TLS13 };
    expect(told('openssl', wish, ec, user({ key: 'p384' }))).toBe('withheld: none of ');
  });

  test('Python goes by its own order of algorithms', () => {
    const wish = { schemes: [SCHEME.pss, SCHEME.p256], version: TLS13 };
    expect(choose('openssl', wish, ec, rsa)).toMatchObject({ chosen: 1, programs: { Python: 0 } });
    expect(choose('openssl', { ...wish, schemes: [SCHEME.p256, SCHEME.pss] }, ec, rsa).programs).toEqual({});
    expect(choose('openssl-strict', wish, ec, rsa).programs).toEqual({});
  });

  test('GnuTLS under TLS 1.3 fails of a key usage only when it has no other', () => {
    const encipher = user({ keyUsage: [2] });
    const wish = { lists: [stranger], version: TLS13 };
    expect(told('gnutls', wish, encipher, ec)).toBe('withheld: none of ');
    expect(told('gnutls', wish, encipher, encipher)).toBe('aborted: none of ');
  });

  test('GnuTLS goes by the listed names, and without any sends none', () => {
    expect(told('gnutls', { lists: [root, issuing] }, ec, fromRoot)).toBe('offered: 1 of 1 0');
    expect(told('gnutls', { lists: [issuing, root] }, ec, fromRoot)).toBe('offered: 0 of 0 1');
    for (const client of ['gnutls', 'gnutls-forced']) {
      expect(choose(client, {}, ec, fromRoot).decision.rule).toBe('several-without-list');
      expect(told(client, { lists: [stranger] }, ec, fromRoot)).toBe('withheld: none of ');
    }
  });

  test('Java goes by kind of key in the order of the server', () => {
    const wish = { lists: [issuing], schemes: [SCHEME.pss, SCHEME.pkcs1, SCHEME.p256] };
    expect(told('java-sunx509', wish, ec, rsa)).toBe('offered: 1 of 1 0');
    expect(told('java-sunx509', { ...wish, schemes: [SCHEME.p256, SCHEME.pss] }, rsa, ec)).toBe(
      'offered: 1 of 1 0',
    );
  });

  test('of equals the default Java takes whichever its hash table holds first', () => {
    const { decision, chosen, candidates } = choose('java-sunx509', { lists: [issuing] }, ec, expired);
    expect([decision.offer, decision.rule, chosen, candidates]).toEqual([
      'offered',
      'order-of-aliases',
      null,
      [0, 1],
    ]);
  });

  test('Java with PKIX prefers the valid one with fitting usages', () => {
    expect(told('java-pkix', { lists: [issuing] }, forServers, expired, ec)).toBe('offered: 2 of 2 1 0');
    expect(told('java-pkix', { lists: [issuing] }, forServers, expired)).toBe('offered: 1 of 1 0');
  });

  test('Java counts the schemes for certificates in its order of kinds, too', () => {
    const schemes = [SCHEME.pkcs1, SCHEME.p256, SCHEME.pss];
    for (const client of ['java-sunx509', 'java-pkix'])
      expect(told(client, { lists: [issuing], schemes, version: TLS13 }, ec, rsa)).toBe('offered: 1 of 1 0');
    const sha1First = [0x0203, SCHEME.pkcs1, SCHEME.p256];
    expect(told('java-sunx509', { lists: [issuing], schemes: sha1First }, rsa, ec)).toBe('offered: 1 of 1 0');
  });

  test('Java with PKIX may take any fit one where none is of the first kind', () => {
    const schemes = [SCHEME.ed25519, SCHEME.p256, SCHEME.pss];
    const { chosen, contenders } = choose('java-pkix', { lists: [issuing], schemes }, rsa, ec, expired);
    expect([chosen, contenders]).toEqual([null, [1, 0]]);
  });

  test('of one that may fit and comes first nobody can tell', () => {
    const open = user({ issuer: issuing });
    const wish = { lists: [root, stranger] };
    expect(told('dotnet-sslstream-windows', wish, open, foreign)).toBe('unknown: none of 1');
    expect(told('dotnet-sslstream-windows', wish, foreign, open)).toBe('offered: 0 of 0');
  });

  test.each(['firefox', 'chromium-linux'])('%s finds a CA that came with another identity', (client) => {
    const wish = { lists: [root] };
    expect(told(client, wish, ec, user({}, [issuing]))).toBe('prompted: none of 0 1');
    expect(told(client, wish, ec, rsa)).toBe('withheld: none of ');
  });

  test.each(['firefox', 'chromium-linux', 'chrome-windows', 'chrome-macos'])(
    '%s shows its user those that match',
    (client) => {
      const { decision, chosen, candidates } = choose(
        client,
        { lists: [issuing] },
        ec,
        expired,
        rsa,
        foreign,
      );
      expect([decision.offer, decision.rule, chosen, candidates]).toEqual([
        'prompted',
        'prompts-with-several',
        null,
        [0, 2],
      ]);
      expect(decision.because).toContain('shows 2 of 4 certificates');
      expect(told(client, { lists: [issuing] }, expired, ec)).toBe('prompted: 1 of 1');
    },
  );

  test('Chromium ends the handshake whichever is picked, when none can sign', () => {
    expect(told('chromium-linux', { schemes: [SCHEME.pss] }, ec, user())).toBe('aborted: none of 0 1');
  });

  test('.NET takes the first eligible one, on Linux by SslStream the first of all', () => {
    expect(told('dotnet-httpclient', {}, forServers, ec)).toBe('offered: 1 of 1');
    expect(told('dotnet-sslstream-linux', { schemes: [SCHEME.p256] }, rsa, ec)).toBe('withheld: none of ');
  });

  test.each(['rustls', 'apple', 'schannel', 'gnutls-callback'])(
    '%s leaves it to the application',
    (client) => {
      expect(choose(client, { lists: [issuing] }, ec, rsa).decision.offer).toBe('unknown');
    },
  );
});
