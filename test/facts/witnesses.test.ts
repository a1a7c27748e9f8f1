import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/known.ts';
import { openSubject } from '../../src/facts/question.ts';
import type { Contradiction } from '../../src/facts/witness.ts';
import { witnesses } from '../../src/facts/witnesses.ts';
import type { Host, StoredCertificate } from '../../src/windows/host.ts';
import { parseCertificate } from '../../src/wire/x509/certificate.ts';
import { parseName } from '../../src/wire/x509/name.ts';
import { certificatesCalled } from '../diagnoses/pki.ts';
import { fakeHost, fakePicture, key, record } from '../engine/fakes.ts';

const SNI = key('www.example.com:443');

const stored = (...names: string[]): StoredCertificate[] =>
  names.flatMap(certificatesCalled).map(({ der }) => ({
    thumbprint: '',
    certificate: parseCertificate(der),
    because: [],
  }));

function hostWith(issuers: string[], roots: string[], extra = [] as ReturnType<typeof record>[]): Host {
  const lost = { ...record(SNI.value), fields: { sslctlstorename: known(undefined) } };
  return fakeHost({
    bindings: known([lost, ...extra]),
    stores: new Map([
      ['clientauthissuer', known(stored(...issuers))],
      ['root', known(stored(...roots))],
    ]),
  });
}

function handshake(names: string[], serverName: string | null = 'www.example.com') {
  const authorities = names.flatMap(certificatesCalled).map(({ subject }) => parseName(subject));
  return {
    says: 'certificate-request' as const,
    port: 443,
    ...(serverName === null ? {} : { serverName }),
    at: { source: 'probe.json' },
    request: {
      version: 0x0303,
      context: new Uint8Array(),
      authorities,
      authoritiesPresent: true,
      authoritiesLength: authorities.reduce((sum, { der }) => sum + 2 + der.length, 0),
      extensions: [],
    },
  };
}

const hear = (id: string, variant: string, host: Host, seen: ReturnType<typeof handshake>[]) => {
  const witness = witnesses.find(({ hypothesis }) => hypothesis === id)!;
  const picture = { ...fakePicture(host), handshakes: seen };
  return witness.contradicts(openSubject(picture, host, SNI, { [id]: variant }));
};

describe('the list on the wire', () => {
  const ID = 'issuer-list-without-store';
  const against = (variant: string, host: Host, ...names: string[]): Contradiction | null =>
    hear(ID, variant, host, [handshake(names)]);
  const host = hostWith(['issuing'], ['root', 'public-1']);

  test('contradicts the store whose names it does not have', () => {
    expect(against('microsoft-order', host, 'root', 'public-1')).toEqual({
      why:
        'the list on the wire names «CN=Contoso Root CA» and «CN=Public Root 1» and lacks ' +
        '«CN=Contoso Issuing CA 1», unlike ClientAuthIssuer',
      because: [{ source: 'probe.json' }],
    });
    expect(against('root-in-mode-1-or-2', host, 'root', 'public-1')).toBeNull();
    expect(against('root-in-mode-1-or-2', host, 'issuing')).not.toBeNull();
    expect(against('microsoft-order', host, 'issuing')).toBeNull();
  });

  test('does not contradict Root by further names: Windows adds roots that no export has', () => {
    expect(against('root-in-mode-1-or-2', host, 'root', 'public-1', 'public-2')).toBeNull();
    expect(against('microsoft-order', host, 'issuing', 'public-2')).not.toBeNull();
  });

  test('contradicts both when it is empty', () => {
    for (const variant of ['microsoft-order', 'root-in-mode-1-or-2'])
      expect(against(variant, host)?.why).toContain('the list on the wire is empty');
  });

  test('cut anywhere near the limit, it is still that of its store', () => {
    const long = hostWith(['issuing'], ['long-roots-150']);
    expect(against('root-in-mode-1-or-2', long, 'long-roots-136')).toBeNull();
    expect(against('root-in-mode-1-or-2', long, 'long-roots-102')).toBeNull();
    expect(against('root-in-mode-1-or-2', long, 'long-roots-20')).not.toBeNull();
    expect(against('root-in-mode-1-or-2', long, 'other-roots-136')).not.toBeNull();
  });

  test('has nothing to say unseen, or of a list that is off', () => {
    expect(hear(ID, 'microsoft-order', host, [])).toBeNull();
    const off = { ...host, schannel: { ...host.schannel, sendTrustedIssuerList: known(0) } };
    expect(against('microsoft-order', off, 'root')).toBeNull();
  });
});

describe('the lists with SNI and without', () => {
  const ID = 'wildcard-before-sni';
  const host = hostWith(['issuing'], ['root'], [record('0.0.0.0:443', 'ipport')]);
  const both = (named: string, nameless: string) => [handshake([named]), handshake([nameless], null)];

  test('that differ contradict a wildcard before SNI', () => {
    expect(hear(ID, 'wildcard-first', host, both('issuing', 'root'))).toMatchObject({
      because: [{ source: 'probe.json' }, { source: 'probe.json' }],
    });
  });

  test('that are equal contradict nothing, nor does one alone', () => {
    expect(hear(ID, 'wildcard-first', host, both('root', 'root'))).toBeNull();
    expect(hear(ID, 'wildcard-first', host, [handshake(['issuing'])])).toBeNull();
    expect(hear(ID, 'sni-first', host, both('issuing', 'root'))).toBeNull();
  });
});
