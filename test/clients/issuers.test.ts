import { describe, expect, test } from 'vitest';
import { TAG } from '../../src/wire/x509/der.ts';
import { issue, nameDer } from '../support/pki.ts';
import { ask, issuing, root, stranger, TLS13, told, user, withStore } from './scene.ts';

const FILTERING = ['go', 'java-sunx509', 'java-pkix', 'gnutls', 'android-conscrypt'];
const BROWSERS = ['firefox', 'chromium-linux', 'chrome-windows', 'chrome-macos'];
const IGNORING = [
  'openssl',
  'gnutls-forced',
  'gnutls-callback',
  'rustls',
  'dotnet-httpclient',
  'dotnet-sslstream-linux',
  'schannel',
];

describe('the incident: the server lists the root, the user holds the leaf alone', () => {
  const wish = { lists: [root, stranger] };

  test.each([...FILTERING, 'firefox', 'chromium-linux'])('%s withholds it', (client) => {
    const decision = ask(client, wish, user());
    expect([decision.offer, decision.rule]).toEqual(['withheld', 'issuer-not-listed']);
    expect(decision.because).toMatch(
      /^Its issuer «CN=Issuing CA» is not among the 2 listed issuers, and without that CA's/,
    );
    expect(decision.wouldChange[0]).toMatch(
      /^put the issuing CA «CN=Issuing CA» into .*, if a listed CA issued it$/,
    );
    expect(decision.wouldChange[1]).toBe('list «CN=Issuing CA» on the server');
  });

  test.each(FILTERING)('%s offers it with the issuing CA beside it', (client) => {
    const decision = ask(client, wish, user({}, [issuing]));
    expect([decision.offer, decision.rule]).toEqual(['offered', 'issuer-listed']);
    expect(decision.because).toContain('«CN=Root»');
    expect(decision.wouldChange).toEqual([]);
  });

  test.each(BROWSERS)('%s prompts with the issuing CA beside it, or in its store', (client) => {
    expect(told(client, wish, user({}, [issuing]))).toBe('prompted: issuer-listed');
    expect(told(client, wish, withStore(user(), issuing))).toBe('prompted: issuer-listed');
  });

  test.each(['chrome-windows', 'chrome-macos', 'dotnet-sslstream-windows'])(
    '%s depends on a store of which nothing is known',
    (client) => {
      const decision = ask(client, wish, user());
      expect([decision.offer, decision.rule]).toEqual(['unknown', 'depends-on-store']);
      expect(decision.because).toMatch(/depends on whether .* finds «CN=Issuing CA» in /);
      expect(told(client, wish, withStore(user()))).toBe('withheld: issuer-not-listed');
    },
  );

  test.each(IGNORING)('%s sends it and leaves the decision to the server', (client) => {
    const decision = ask(client, wish, user());
    expect([decision.offer, decision.rule]).toEqual(['offered', 'ignores-list']);
    expect(decision.because).toContain('although «CN=Issuing CA» is not on it; the server decides');
  });

  test('programs on Go do not look into the stores of the machine, and are told what would lead there', () => {
    const decision = ask('go', wish, withStore(user(), issuing, root));
    expect(decision.offer).toBe('withheld');
    expect(decision.wouldChange[0]).toBe(
      'put the issuing CA «CN=Issuing CA» into the certificate file: it leads to «CN=Root», which is listed',
    );
  });

  test('.NET on Windows takes parents from the stores and not from the file', () => {
    const decision = ask('dotnet-sslstream-windows', wish, user({}, [issuing, root]));
    expect(decision.offer).toBe('unknown');
    expect(decision.wouldChange[0]).toContain('it leads to «CN=Root», which is listed');
  });

  test('Android wants the listed CA itself in the stored chain', () => {
    expect(told('android-keychain', wish, user())).toBe('withheld: issuer-not-listed');
    expect(ask('android-keychain', wish, user({}, [issuing])).because).toContain(
      'The list names «CN=Root», but',
    );
    expect(told('android-keychain', wish, user({}, [issuing, root]))).toBe('prompted: issuer-listed');
  });

  test("Apple's stack leaves it to the application", () => {
    expect(told('apple', wish, user())).toBe('unknown: application-decides');
  });
});

describe('the issuing CA is listed', () => {
  test.each([...FILTERING, 'openssl-strict', 'dotnet-sslstream-windows'])('%s offers it', (client) => {
    expect(ask(client, { lists: [stranger, issuing] }, user())).toMatchObject({
      offer: 'offered',
      because: 'The list names «CN=Issuing CA», which issued the certificate.',
    });
  });

  test.each([...BROWSERS, 'android-keychain'])('%s prompts', (client) => {
    expect(told(client, { lists: [issuing] }, user())).toBe('prompted: issuer-listed');
  });
});

describe('only strangers are listed, and the chain is known up to its root', () => {
  test.each([...FILTERING, ...BROWSERS, 'dotnet-sslstream-windows', 'android-keychain'])(
    '%s withholds it',
    (client) => {
      const decision = ask(client, { lists: [stranger] }, user({}, [issuing, root]));
      expect([decision.offer, decision.rule]).toEqual(['withheld', 'issuer-not-listed']);
      expect(decision.because).toBe(
        'Neither its issuer «CN=Issuing CA» nor a CA above it is the one listed issuer.',
      );
      expect(decision.wouldChange).toEqual([
        'list «CN=Issuing CA» on the server',
        'use a certificate from one of the listed CAs',
      ]);
    },
  );
});

describe('no issuers are listed', () => {
  test.each([...FILTERING, ...BROWSERS, 'dotnet-sslstream-windows'])('any will do for %s', (client) => {
    expect(told(client, { version: TLS13 }, user())).toMatch(/^(offered|prompted): empty-list$/);
  });
});

describe('the issuing CA is listed, but its name is spelled otherwise', () => {
  const printable = nameDer([['CN', 'Issuing CA', TAG.printable]]);
  const lowerCase = nameDer([['CN', 'issuing ca', TAG.utf8]]);
  const blanks = nameDer([['CN', 'Issuing  CA ', TAG.utf8]]);

  test.each([
    ['as another string type', printable, 'as PrintableString there and as UTF8String in the certificate'],
    ['in lower case', lowerCase, 'in other letter case'],
    ['with doubled blanks', blanks, 'with other blanks'],
  ])('%s: those that compare bytes withhold it and say why', (_, name, how) => {
    for (const client of ['go', 'gnutls', 'firefox', 'chromium-linux']) {
      const decision = ask(client, { lists: [name] }, user());
      expect([decision.offer, decision.rule]).toEqual(['withheld', 'issuer-encoding']);
      expect(decision.because).toContain(`but ${how}, and`);
      expect(decision.wouldChange).toHaveLength(1);
    }
    for (const client of ['java-sunx509', 'java-pkix', 'openssl-strict', 'android-conscrypt']) {
      expect(told(client, { lists: [name] }, user())).toBe('offered: issuer-listed');
    }
  });

  test('Windows is documented to compare bytes, which nobody has verified', () => {
    expect(ask('chrome-windows', { lists: [printable] }, user())).toMatchObject({
      offer: 'unknown',
      rule: 'issuer-encoding',
      confidence: 'unverified',
    });
  });

  test('macOS folds, which string types was not read', () => {
    expect(ask('chrome-macos', { lists: [lowerCase] }, user())).toMatchObject({
      offer: 'prompted',
      confidence: 'unverified',
    });
    expect(ask('chrome-macos', { lists: [issuing] }, user()).confidence).toBe('source');
  });

  test('.NET compares the text: string type does not matter, letter case does', () => {
    expect(told('dotnet-sslstream-windows', { lists: [printable] }, withStore(user()))).toBe(
      'offered: issuer-listed',
    );
    expect(told('dotnet-sslstream-windows', { lists: [lowerCase] }, withStore(user()))).toBe(
      'withheld: issuer-not-listed',
    );
  });
});

describe('special cases', () => {
  test("Firefox takes the certificate's own subject for a match; no other client does", () => {
    const wish = { lists: ['user'] };
    expect(told('firefox', wish, user())).toBe('prompted: issuer-listed');
    for (const client of ['chromium-linux', ...FILTERING])
      expect(told(client, wish, user())).toContain('withheld');
  });

  test('Firefox does not build its chain over an expired CA, Chromium does', () => {
    const old = issue({
      subject: 'Issuing CA',
      issuer: root,
      ca: true,
      key: issuing.keys,
      notAfter: Date.UTC(2026, 0, 1),
    });
    expect(told('firefox', { lists: [root] }, user({}, [old]))).toBe('withheld: issuer-not-listed');
    expect(told('chromium-linux', { lists: [root] }, user({}, [old]))).toBe('prompted: issuer-listed');
  });

  test('Android gives up over one name that cannot be read', () => {
    const broken = Uint8Array.of(0x30, 2, 0xff, 0xff);
    expect(told('android-keychain', { lists: [issuing, broken] }, user())).toBe('withheld: unreadable-list');
    expect(told('go', { lists: [broken, issuing] }, user())).toBe('offered: issuer-listed');
  });

  test('a self-signed certificate is its own issuer', () => {
    const own = { ...user(), leaf: user().leaf, held: [] };
    const selfSigned = { ...own, leaf: user({ subject: nameDer('Issuing CA') }).leaf };
    expect(told('go', { lists: [issuing] }, selfSigned)).toBe('offered: issuer-listed');
    expect(ask('go', { lists: [stranger] }, selfSigned).because).toBe(
      'It is self-signed, and «CN=Issuing CA» is not the one listed issuer.',
    );
  });

  test('a certificate given without its key is judged all the same, and an offer says so', () => {
    const publicPart = { ...user(), hasPrivateKey: false };
    const decision = ask('openssl', { lists: [issuing] }, publicPart);
    expect(decision.offer).toBe('offered');
    expect(decision.because).toMatch(/, provided that it has the private key\.$/);
    expect(ask('go', { lists: [stranger] }, publicPart).because).not.toContain('private key');
  });
});
