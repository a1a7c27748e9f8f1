import { describe, expect, test } from 'vitest';
import { unknown } from '../../src/base/known.ts';
import { clients } from '../../src/clients/index.ts';
import type { ClientModel, Identity, Offer } from '../../src/clients/model.ts';
import type { CertificateRequest } from '../../src/wire/tls/handshake/certificate-request.ts';
import { parseCertificate } from '../../src/wire/x509/certificate.ts';
import { TAG } from '../../src/wire/x509/der.ts';
import { parseName } from '../../src/wire/x509/name.ts';
import { type CertificateOptions, issue, type NamePart, nameDer } from '../support/pki.ts';
import { hasShared, sharedJson } from './corpus.ts';

/** Every loopback observation of a real client must be what our model of its family decides. */

interface Row {
  readonly client: string;
  readonly tls: '1.2' | '1.3';
  readonly scenario: string;
  readonly identity: string;
  readonly clientHolds: string;
  readonly offered: boolean | null;
  readonly outcome: string;
  readonly note: string;
}

const MODEL_OF: Readonly<Record<string, string>> = {
  'openssl-s_client': 'openssl',
  'curl-openssl': 'openssl',
  'curl-openssl-cacert': 'openssl',
  'python-ssl': 'openssl',
  'node-https': 'openssl',
  'openssl-s_client-strict': 'openssl-strict',
  'go-crypto-tls': 'go',
  'java-SunX509': 'java-sunx509',
  'java-PKIX': 'java-pkix',
  'gnutls-lib': 'gnutls',
  'wget-gnutls': 'gnutls',
  'gnutls-lib-force': 'gnutls-forced',
  'gnutls-cli': 'gnutls-callback',
  rustls: 'rustls',
  'chromium-linux-nss': 'chromium-linux',
  'firefox-linux': 'firefox',
};

const OUTCOME: Readonly<Record<Offer, string>> = {
  offered: 'sent',
  // Chromium and Firefox ran with automatic selection: sent means it would have been in the prompt.
  prompted: 'sent',
  withheld: 'empty-certificate',
  aborted: 'client-abort',
  'sent-then-aborted': 'sent-then-client-abort',
  unknown: 'unknown',
};

/** The PKI of the observations, as its script made it: RSA root and issuing CA, PrintableString names. */
const DAY = 86_400_000;
const NOW = Date.UTC(2026, 5, 1);
const name = (cn: string, tag: number = TAG.printable, o = 'Handclasp Lab'): NamePart[] => [
  ['C', 'NL', TAG.printable],
  ['O', o, tag],
  ['CN', cn, tag],
];
const year = { notBefore: NOW - DAY, notAfter: NOW + 365 * DAY };
const ca = { ca: true, key: 'rsa', ...year } as const;
const root = issue({ subject: name('HC Lab Root'), ...ca });
const issuing = issue({ subject: name('HC Lab Issuing CA'), issuer: root, pathLength: 0, ...ca });

const CLIENT = ['clientAuth'];
const SIGN = [0];
const base = { key: 'rsa', issuer: issuing, extendedKeyUsage: CLIENT, keyUsage: SIGN, ...year } as const;

const IDENTITIES: Readonly<Record<string, Partial<CertificateOptions> & { withoutUsages?: string }>> = {
  good: { keyUsage: [0, 2] },
  noeku: { withoutUsages: 'eku' },
  noext: { withoutUsages: 'eku ku' },
  serverauth: { extendedKeyUsage: ['serverAuth'] },
  anyeku: { extendedKeyUsage: ['2.5.29.37.0'] },
  kuenc: { keyUsage: [2] },
  kunr: { keyUsage: [1] },
  expired: { notBefore: NOW - 30 * DAY, notAfter: NOW - 2 * DAY },
  notyet: { notBefore: NOW + 5 * DAY },
  p256: { key: 'p256' },
  p384: { key: 'p384' },
  ed25519: { key: 'ed25519' },
  direct: { issuer: root },
  catrue: { ca: true },
  selfsigned: {},
};

function identity(id: string, holdsChain: boolean): Identity {
  const { withoutUsages = '', ...given } = IDENTITIES[id]!;
  const all: CertificateOptions = { subject: name(`client ${id}`), ...base, ...given };
  const { issuer, extendedKeyUsage, keyUsage, ...rest } = all;
  const leaf = issue({
    ...rest,
    ...(id === 'selfsigned' ? {} : { issuer: issuer! }),
    ...(withoutUsages.includes('eku') ? {} : { extendedKeyUsage: extendedKeyUsage! }),
    ...(withoutUsages.includes('ku') && withoutUsages !== 'eku' ? {} : { keyUsage: keyUsage! }),
  });
  const hasParent = !['direct', 'selfsigned'].includes(id);
  return {
    leaf: parseCertificate(leaf.der),
    hasPrivateKey: true,
    held: holdsChain && hasParent ? [parseCertificate(issuing.der)] : [],
    reachable: unknown('the store of the machine'),
  };
}

const LISTS: Readonly<Record<string, NamePart[]>> = {
  inter: name('HC Lab Issuing CA'),
  root: name('HC Lab Root'),
  other: name('Unrelated CA', TAG.printable, 'Someone Else'),
  'inter-utf8': name('HC Lab Issuing CA', TAG.utf8),
  'inter-case': name('hc lab issuing ca'),
  'inter-space': name('HC  Lab Issuing CA '),
  'root-utf8': name('HC Lab Root', TAG.utf8),
  'own-subject': name('client good'),
  selfsigned: name('client selfsigned'),
};

const ECDSA = { p256: 0x0403, p384: 0x0503, p521: 0x0603 };
const PSS256 = 0x0804;
const PKCS1 = { sha1: 0x0201, sha256: 0x0401, sha384: 0x0501, sha512: 0x0601 };
const DEFAULT = [
  ...Object.values(ECDSA),
  0x0807,
  0x0808,
  PSS256,
  0x0805,
  0x0806,
  PKCS1.sha256,
  PKCS1.sha384,
  PKCS1.sha512,
];

/** What each scenario put into the CertificateRequest; identity and chain stand in the rows. */
const REQUESTS: Readonly<Record<string, Wish>> = {
  'a-match': { list: 'inter' },
  'a-match-leafonly': { list: 'inter' },
  'a-match-direct': { list: 'root' },
  'b-nomatch': { list: 'other' },
  'c-empty': {},
  'c-empty-leafonly': {},
  'd-rootonly-chain': { list: 'root' },
  'd-rootonly-leaf': { list: 'root' },
  'e-utf8': { list: 'inter-utf8' },
  'e-utf8-root': { list: 'root-utf8' },
  'e-case': { list: 'inter-case' },
  'e-space': { list: 'inter-space' },
  'f-rsa-vs-ecdsa': { list: 'inter', schemes: [ECDSA.p256, ECDSA.p384] },
  'f-p256-vs-rsa': { list: 'inter', schemes: [PSS256, PKCS1.sha256] },
  'f-p384-vs-p256': { list: 'inter', schemes: [ECDSA.p256] },
  'f-p384-all': { list: 'inter' },
  'f-rsa-pkcs1-only': { list: 'inter', schemes: [PKCS1.sha256, PKCS1.sha384, ECDSA.p256] },
  'f-rsa-pss-only': { list: 'inter', schemes: [PSS256, ECDSA.p256] },
  'f-rsa-sha1-only': { list: 'inter', schemes: [PKCS1.sha1] },
  'f-ed25519-vs-rsaec': { list: 'inter', schemes: [PSS256, PKCS1.sha256, ECDSA.p256] },
  'f-ed25519-all': { list: 'inter' },
  'f-types-ec-rsakey': { list: 'inter', types: [64] },
  'f-types-rsa-eckey': { list: 'inter', types: [1] },
  'g-eku-server': { list: 'inter' },
  'g-eku-any': { list: 'inter' },
  'g-eku-none': { list: 'inter' },
  'g-noext': { list: 'inter' },
  'g-ku-encipher': { list: 'inter' },
  'g-ku-nonrep': { list: 'inter' },
  'h-expired': { list: 'inter' },
  'h-notyet': { list: 'inter' },
  'g-ca-true': { list: 'inter' },
  'g-eku-server-empty': {},
  'h-expired-empty': {},
  'j-own-subject': { list: 'own-subject' },
  'k-selfsigned': { list: 'selfsigned' },
  'k-selfsigned-other': { list: 'other' },
  'i-oidf-match': { list: 'inter' },
  'i-oidf-nomatch': { list: 'inter' },
};

interface Wish {
  readonly list?: string;
  readonly schemes?: readonly number[];
  readonly types?: readonly number[];
}

const request = (tls: Row['tls'], scenario: string): CertificateRequest =>
  requestOf(tls, REQUESTS[scenario]!);

function requestOf(tls: Row['tls'], { list, schemes = DEFAULT, types }: Wish): CertificateRequest {
  const authorities = list === undefined ? [] : [parseName(nameDer(LISTS[list]!))];
  return {
    version: tls === '1.2' ? 0x0303 : 0x0304,
    context: new Uint8Array(0),
    ...(tls === '1.2' ? { certificateTypes: types ?? typesFor(schemes) } : {}),
    signatureAlgorithms: schemes,
    authorities,
    authoritiesPresent: authorities.length > 0,
    extensions: [],
    authoritiesLength: authorities.reduce((sum, one) => sum + one.der.length + 2, 0),
  };
}

/** What OpenSSL's server makes of its list of schemes. */
function typesFor(schemes: readonly number[]): number[] {
  const rsa = schemes.some((id) => (id & 0xff) === 1 || (id >= 0x0804 && id <= 0x0806));
  const ec = schemes.some((id) => (id & 0xff) === 3 || id === 0x0807 || id === 0x0808);
  return [...(rsa ? [1] : []), ...(ec ? [64] : [])];
}

interface LateRow {
  readonly client: string;
  readonly tls: '1.2' | '1.3';
  readonly server: 'http/1.1 only' | 'h2+http/1.1';
  readonly offered: boolean;
}

interface Extra {
  readonly client: string;
  readonly tls: '1.2' | '1.3';
  readonly case: string;
  readonly offered: boolean;
  readonly sent: string;
}

interface Matrix {
  readonly rows: readonly Row[];
  readonly lateRequests: readonly LateRow[];
  readonly extras: readonly Extra[];
}

const { rows, lateRequests, extras }: Matrix = hasShared
  ? sharedJson<Matrix>('clients/observed-matrix.json')
  : { rows: [], lateRequests: [], extras: [] };
const comparable = rows.filter((row) => row.offered !== null);
const observed = [...new Set(comparable.map((row) => row.client))];
const modelOf = (id: string): ClientModel => clients.find((one) => one.id === id)!;

describe.skipIf(!hasShared)('the models decide what was observed', () => {
  test.each(observed)('%s', (client) => {
    const model = modelOf(MODEL_OF[client]!);
    const mine = comparable.filter((row) => row.client === client);
    const wrong = mine.flatMap((row) => {
      const holder = identity(row.identity, row.clientHolds === 'leaf+intermediate');
      const decision = model.decide(request(row.tls, row.scenario), holder, NOW);
      const said = OUTCOME[decision.offer];
      return said === row.outcome
        ? []
        : [
            `TLS ${row.tls} ${row.scenario}: ${said} (${decision.rule}), observed ${row.outcome}: ${row.note}`,
          ];
    });
    console.log(`${client}: ${mine.length - wrong.length} of ${mine.length} rows agree with ${model.id}`);
    expect(wrong).toEqual([]);
  });

  test('no row is left out', () => {
    expect(comparable.length).toBe(1107);
    expect(comparable.every((row) => row.client in MODEL_OF && row.scenario in REQUESTS)).toBe(true);
  });
});

/** Whose late requests: the model, the program within the family, and whether it was opted in. */
const LATE: Readonly<
  Record<string, readonly [model: string, program?: string | undefined, optedIn?: 'opted in']>
> = {
  'curl-openssl': ['openssl', 'curl'],
  'node-https': ['openssl', 'Node https'],
  'node-http2': ['openssl', 'node:http2'],
  'python-ssl': ['openssl', 'Python ssl'],
  'python-ssl post_handshake_auth=True': ['openssl', 'Python ssl', 'opted in'],
  'python-requests': ['openssl', 'requests'],
  'openssl-s_client': ['openssl', 's_client'],
  'openssl-s_client -enable_pha': ['openssl', 's_client', 'opted in'],
  'java-JSSE socket': ['java-sunx509'],
  'java-HttpClient': ['java-sunx509'],
  'gnutls-lib': ['gnutls'],
  'wget-gnutls': ['gnutls', 'wget'],
  rustls: ['rustls'],
  'go default': ['go'],
  'go Renegotiation=FreelyAsClient': ['go', undefined, 'opted in'],
  'chromium-linux': ['chromium-linux'],
  'firefox-linux': ['firefox'],
  'firefox enable_post_handshake_auth=true-linux': ['firefox', undefined, 'opted in'],
};

/** The preference of Firefox worked in one of four tries over HTTP/1.1, says the row itself; the model tells that. */
const UNRELIABLE = 'firefox enable_post_handshake_auth=true-linux 1.3 http/1.1 only';

describe.skipIf(!hasShared)('the models tell what was observed of late requests', () => {
  const named = lateRequests.map((row) => [`${row.client} ${row.tls} ${row.server}`, row] as const);

  test.each(named)('%s', (name, { client, tls, server, offered }) => {
    const [id, program, optedIn] = LATE[client]!;
    const late = tls === '1.2' ? 'renegotiation' : 'post-handshake';
    const answer = modelOf(id).late(server === 'http/1.1 only' ? late : `${late}-h2`);
    const can = (program && answer.programs[program]) || answer.can;
    if (name === UNRELIABLE) expect(answer.how).toContain('one of four tries');
    else expect(can === 'yes' || (can === 'opt-in' && optedIn !== undefined)).toBe(offered);
  });

  test('no row is left out', () => {
    expect(lateRequests.length).toBe(48);
  });
});

/** 'two identities [direct(root-issued RSA), good(inter-issued RSA)], list=ca-inter' and their like. */
const TWO = /^two identities \[(?<identities>.+)\](?:, sigalgs=(?<schemes>[^,]+))?, list=(?<list>.+)$/;
const SCHEME_NAMES: Readonly<Record<string, readonly number[]>> = {
  default: DEFAULT,
  'ECDSA+SHA256': [ECDSA.p256],
  'RSA+SHA256:rsa_pss_rsae_sha256': [PKCS1.sha256, PSS256],
};
const TWO_MODELS: Readonly<Record<string, string>> = {
  go: 'go',
  node: 'openssl',
  'gnutls-lib': 'gnutls',
  'gnutls-lib-force': 'gnutls-forced',
};

describe.skipIf(!hasShared)('the models choose of two identities what was observed', () => {
  const two = extras.filter((row) => TWO.test(row.case));

  test.each(two.map((row) => [`${row.client} ${row.tls}: ${row.case}`, row] as const))('%s', (_, row) => {
    const { identities, schemes = 'default', list } = TWO.exec(row.case)!.groups!;
    const ids = identities!.startsWith('direct') ? ['direct', 'good'] : ['good', 'p256'];
    const asked = requestOf(row.tls, {
      ...(list === 'None' ? {} : { list: list!.replace('ca-', '') }),
      schemes: SCHEME_NAMES[schemes]!,
    });
    const given = ids.map((id) => identity(id, id !== 'direct'));
    const { decision, chosen } = modelOf(TWO_MODELS[row.client]!).choose(asked, given, NOW);
    expect(decision.offer, decision.because).toBe(row.offered ? 'offered' : 'withheld');
    if (row.offered) expect(`client ${ids[chosen!]}`).toBe(row.sent.split(' | ')[0]);
  });

  test('no row is left out', () => {
    expect(two.length).toBe(36);
  });
});
