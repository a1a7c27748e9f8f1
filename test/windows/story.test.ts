import { describe, expect, test } from 'vitest';
import { answerOf } from '../../src/base/known.ts';
import { planChange } from '../../src/changes/index.ts';
import { commands } from '../../src/windows/commands/index.ts';
import type { Host, Site } from '../../src/windows/host.ts';
import { bindingFor } from '../../src/windows/http-sys/lookup.ts';
import type { HypothesisId } from '../../src/windows/hypotheses.ts';
import { siteFor } from '../../src/windows/iis/access.ts';
import { requestOutcome, whenAsked } from '../../src/windows/iis/status.ts';
import { rebinders } from '../../src/windows/rebinders/index.ts';
import { rebind } from '../../src/windows/rebinders/rebind.ts';
import { issuerList, issuerListSource } from '../../src/windows/schannel/issuer-list.ts';
import { printName } from '../../src/wire/x509/name.ts';
import { issue } from '../support/pki.ts';
import { certificate, record, sni, stored, under, valuesOf, wholeHost } from './support.ts';

// The incident that started the project, told on the model alone.

const root = issue({ subject: 'Lab Root CA', ca: true });
const issuing = issue({ subject: 'Lab Issuing CA', issuer: root, ca: true });
const publicRoot = issue({ subject: 'Public Root', ca: true });
const user = issue({ subject: 'User', issuer: issuing, extendedKeyUsage: ['clientAuth'] });
const server = stored(
  issue({ subject: 'pki.example.com', issuer: issuing, extendedKeyUsage: ['serverAuth'] }),
)[0]!;
const renewed = stored(
  issue({ subject: 'pki.example.com', issuer: issuing, extendedKeyUsage: ['serverAuth'] }),
)[0]!;

const KEY = sni('pki.example.com:443');
const CONNECTION = { address: '127.0.0.1', port: 443, serverName: 'pki.example.com' };
const AT = Date.UTC(2026, 10, 25);

const site: Site = {
  id: 1,
  name: 'pki',
  bindings: [{ protocol: 'https', information: '*:443:pki.example.com', sslFlags: 1 }],
  access: [
    { path: '', sslFlags: ['Ssl'], because: [] },
    { path: 'logon', sslFlags: ['Ssl', 'SslNegotiateCert', 'SslRequireCert'], because: [] },
  ],
  because: [],
};

const before = wholeHost({
  build: '2022',
  sendList: 1,
  trustMode: 2,
  bindings: [
    record(KEY, {
      certhash: server.thumbprint,
      sslctlstorename: 'ClientAuthIssuer',
      clientcertnegotiation: true,
    }),
  ],
  stores: {
    root: stored(root, publicRoot),
    ca: stored(issuing),
    clientauthissuer: stored(issuing),
    my: [server, renewed],
  },
  sites: [site],
});
const after = renew(before);

/** The certificate is renewed and bound in IIS Manager. */
function renew(host: Host): Host {
  const iisManager = rebinders.find(({ id }) => id === 'iis-manager')!;
  return rebind(host, iisManager, KEY, { certhash: renewed.thumbprint, certstorename: 'My' });
}

const bound = (host: Host) => answerOf(bindingFor(host, CONNECTION))!;
const issuers = (host: Host) => answerOf(issuerList(host, bound(host)))!.names.map(printName);

/** A client with the leaf alone, as Java or Go: it sends its certificate only when the list names its issuer. */
function logon(host: Host, sends: 'as the list says' | 'always' = 'as the list says'): string {
  const listed = issuers(host).includes(printName(certificate(user).issuer));
  const chain = listed || sends === 'always' ? [certificate(user)] : [];
  const request = { address: '127.0.0.1', port: 443, hostHeader: 'pki.example.com' };
  const to = answerOf(siteFor(host, request))!;
  const path = '/logon/';
  const outcome = requestOutcome(host, {
    binding: bound(host),
    site: to,
    path,
    chain,
    signatures: 'good',
    at: AT,
  });
  const { status, substatus, win32 } = answerOf(outcome);
  return `${status} ${substatus} ${win32}`;
}

const INCIDENT = { 'issuer-list-without-store': 'root-in-mode-1-or-2' } as const;
const MICROSOFT = { 'issuer-list-without-store': 'microsoft-order' } as const;

test('before: the list is ClientAuthIssuer, and the client gets in', () => {
  expect(issuers(before)).toEqual(['CN=Lab Issuing CA']);
  expect(logon(before)).toBe('200 0 0');
  expect(answerOf(whenAsked(before, bound(before), site, '/', 0x0304))).toBe('handshake');
});

test('the renewal takes the CTL store with it', () => {
  expect(valuesOf(after, KEY)).toMatchObject({ certhash: renewed.thumbprint, sslctlstorename: undefined });
  expect(bound(after).because).toEqual(bound(before).because);
});

describe('after it', () => {
  test('as the incident saw it: roots on the wire, 403 7 5', () => {
    const host = under(after, INCIDENT);
    expect(issuers(host)).toEqual(['CN=Lab Root CA', 'CN=Public Root']);
    expect(logon(host)).toBe('403 7 5');
  });

  test('by the order that Microsoft tells nothing would have happened', () => {
    const host = under(after, MICROSOFT);
    expect(issuers(host)).toEqual(['CN=Lab Issuing CA']);
    expect(logon(host)).toBe('200 0 0');
  });

  test.each([
    ['fallback-store', '200 0 0'],
    ['nothing', '403 16 2148204809'],
  ])('a client that minds no list shows what is trusted, %s: %s', (variant, expected) => {
    const chosen: Partial<Record<HypothesisId, string>> = { ...INCIDENT, 'trust-without-store': variant };
    expect(logon(under(after, chosen), 'always')).toBe(expected);
  });

  test('with negotiation kept, as the capture of the incident shows, the first handshake still asks', () => {
    const kept = renew(under(before, { 'rebinding-and-negotiation': 'kept' }));
    expect(answerOf(whenAsked(kept, bound(kept), site, '/logon', 0x0304))).toBe('handshake');
  });

  test('with negotiation switched off TLS 1.2 renegotiates and TLS 1.3 is reset', () => {
    const off = renew(under(before, { 'rebinding-and-negotiation': 'switched-off' }));
    expect(answerOf(whenAsked(off, bound(off), site, '/logon', 0x0303))).toBe('after-request');
    expect(answerOf(whenAsked(off, bound(off), site, '/logon', 0x0304))).toBe('reset');
  });
});

describe('the repair', () => {
  const change = {
    kind: 'http-sys/set-binding',
    key: KEY,
    set: { sslctlstorename: 'ClientAuthIssuer' },
  } as const;
  const run = (host: Host, lines: readonly (readonly string[])[]) =>
    lines.reduce((one, [program, ...argv]) => {
      const result = commands[program!]!(argv, one);
      expect(result.exitCode).toBe(0);
      return result.host;
    }, host);

  test.each([INCIDENT, MICROSOFT])('clears it under %o, whatever update does with omitted fields', (list) => {
    for (const omitted of ['keeps', 'resets']) {
      const host = under(after, { ...list, 'update-omitted-fields': omitted });
      const planned = planChange(change, host);
      expect(planned.refusals).toEqual([]);
      expect(planned.commands.map((line) => line.slice(0, 4).join(' '))).toEqual([
        'netsh http update sslcert',
      ]);
      const repaired = run(host, planned.commands);
      expect(answerOf(issuerListSource(repaired, bound(repaired)))).toEqual({
        is: 'store',
        store: 'clientauthissuer',
        why: 'record',
      });
      expect(issuers(repaired)).toEqual(['CN=Lab Issuing CA']);
      expect(logon(repaired)).toBe('200 0 0');
      expect(valuesOf(run(repaired, planned.undo), KEY)).toEqual(valuesOf(after, KEY));
    }
  });

  test('the two texts of netsh differ in one line', () => {
    const show = (host: Host) => commands.netsh!(['http', 'show', 'sslcert'], host).output.split('\r\n');
    const repaired = show(run(after, planChange(change, after).commands));
    expect(show(after).flatMap((line, i) => (line === repaired[i] ? [] : [[line, repaired[i]]]))).toEqual([
      ['    Ctl Store Name               : (null)', '    Ctl Store Name               : ClientAuthIssuer'],
    ]);
  });

  test('the short line of the article repairs too, if update keeps what it is not told', () => {
    const [line] = planChange(change, after).commands;
    const short = line!.filter(
      (word) => !/^(verify|usage|ds|reject|disable|enable|log|clientcert)/.test(word),
    );
    expect(short).toHaveLength(9);
    expect(logon(under(run(after, [short]), INCIDENT))).toBe('200 0 0');
  });
});
