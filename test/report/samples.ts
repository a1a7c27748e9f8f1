import type { Entry, Report } from '../../src/report/report.ts';
import type { ClientRow, ProbeRecord, RequestRecord, WhyReport } from '../../src/report/why.ts';
import { makeWhy } from '../../src/report/why-make.ts';
import { type Name, parseName } from '../../src/wire/x509/name.ts';

/** Documents as the tool makes them, and one in which every text is hostile. */

const entry = (parts: Partial<Entry>): Entry => ({
  diagnosis: 'binding-lost-ctl-store',
  title: 'The http.sys record no longer names the store of acceptable issuers',
  severity: 'blocks-logon',
  subject: 'hostnameport=www.example.com:443 on WEB01',
  outcome: 'clear',
  sentence: 'Not so here.',
  because: [],
  wants: [],
  question: null,
  variants: [],
  settled: [],
  explains: [],
  explainedBy: null,
  confidence: 'certain',
  cites: ['U. Gradenegger, 403 after renewing the web server certificate (gradenegger.eu)'],
  howToFix: null,
  ...parts,
});

const whole: Report = {
  schema: 'handclasp/report/1',
  tool: { name: 'handclasp', version: '0.1.0' },
  madeAt: '2026-11-24T10:00:00.000Z',
  headline: '',
  verdict: 'clear',
  since: null,
  timeline: [],
  contradictions: [],
  entries: [],
  plan: null,
  sources: [
    { name: 'netsh-sslcert.txt', kind: 'netsh-sslcert', claims: 42 },
    { name: 'schannel.reg', kind: 'registry', claims: 3 },
    { name: 'u_ex261124.log', kind: 'w3c-log', claims: 2 },
  ],
  notes: [],
  pages: {},
  picture: { hosts: [] },
};

const FOUND =
  'The http.sys record hostnameport=www.example.com:443 names no Ctl Store Name, so the issuers that it tells clients are not those of ClientAuthIssuer; since 2026-11-24 09:03 UTC logons ended in 403.7 (12 in the log)';

const lostStore = entry({
  outcome: 'found',
  sentence: `${FOUND}.`,
  because: [
    { source: 'netsh-sslcert.txt', line: 12, text: '    Ctl Store Name               : (null)' },
    { source: 'schannel.reg', line: 4, text: '"SendTrustedIssuerList"=dword:00000001' },
    {
      source: 'u_ex261124.log',
      line: 5,
      text: '2026-11-24 09:03:11 10.0.0.1 GET /secure - 443 - 10.0.0.9 Mozilla/5.0 - 403 7 5 12',
    },
    { source: 'why.json', text: 'certificate_authorities: CN=Example Root CA' },
  ],
  settled: [
    'Which store feeds the issuer list when ClientAuthTrustMode is 1 or 2 and the record names no store? «Root directly, although ClientAuthIssuer is filled»; «ClientAuthIssuer if it is not empty, else Root, in every mode» is ruled out: the list on the wire names CN=Example Root CA, ClientAuthIssuer does not hold it.',
  ],
  confidence: 'likely',
});

export const found: Report = {
  ...whole,
  headline: `${FOUND}, as netsh-sslcert.txt:12, schannel.reg:4 and u_ex261124.log:5 show: set Ctl Store Name to ClientAuthIssuer on hostnameport=www.example.com:443.`,
  verdict: 'found',
  since: { firstRefusal: '2026-11-24T09:03:11.000Z', lastSuccess: '2026-11-24T08:58:40.000Z', count: 12 },
  timeline: [
    {
      time: '2026-11-24T08:58:40.000Z',
      offset: -271,
      what: 'the last success before',
      at: { source: 'u_ex261124.log', line: 4 },
      role: 'success',
    },
    {
      time: '2026-11-24T09:02:31.000Z',
      offset: -40,
      what: 'the record of www.example.com:443 was created (event 15301)',
      at: { source: 'system.xml', line: 12 },
      role: 'change',
    },
    {
      time: '2026-11-24T09:03:11.000Z',
      offset: 0,
      what: 'requests begin to end in 403.7 (win32 5): 12 of them',
      at: { source: 'u_ex261124.log', line: 5 },
      role: 'refusal',
    },
  ],
  contradictions: [
    {
      what: 'EventLogging on WEB01',
      sides: ['schannel.reg:3 says 1', 'query.txt:7 says 3'],
      because: [
        { source: 'schannel.reg', line: 3 },
        { source: 'query.txt', line: 7 },
      ],
    },
  ],
  entries: [
    lostStore,
    entry({
      diagnosis: 'trust-mode-without-store',
      title: 'ClientAuthTrustMode wants a store that vouches for clients, and the record has none',
      outcome: 'depends',
      sentence:
        'It depends on an open point whether this is so: ClientAuthTrustMode is 2, and hostnameport=www.example.com:443 has no store that vouches for clients of «CN=Example Issuing CA».',
      because: [{ source: 'schannel.reg', line: 5, text: '"ClientAuthTrustMode"=dword:00000002' }],
      wants: ['one logon of a client that ignores the list (curl --cert) and its line in the IIS log'],
      question: 'What does a record without a store trust when ClientAuthTrustMode is 1 or 2?',
      variants: [
        {
          variant: 'fallback-store',
          says: 'the store that the list fell back to',
          source: 'inferred from the order of stores; unverified',
          outcome: 'clear',
          follows: 'Then it is not so.',
          ruledOut: null,
        },
        {
          variant: 'nothing',
          says: 'nothing: whoever sends a certificate gets 403.16',
          source: 'inferred from the words caller-specified store; unverified',
          outcome: 'found',
          follows:
            'ClientAuthTrustMode is 2, and the record has no store that vouches for clients of «CN=Example Issuing CA».',
          ruledOut: null,
        },
        {
          variant: 'everything',
          says: 'everything that the machine trusts',
          source: 'an example',
          outcome: 'not-applicable',
          follows: '',
          ruledOut: 'a client of CN=Other CA was refused at 09:20',
        },
      ],
      confidence: 'depends',
    }),
    entry({
      diagnosis: 'issuer-list-truncated-16k',
      title: 'The list of acceptable issuers is longer than Schannel sends',
    }),
    entry({
      diagnosis: 'root-store-not-self-signed',
      title: 'The machine store Root holds a certificate that is no root',
      subject: 'WEB01',
    }),
    entry({ subject: 'ipport=0.0.0.0:443 on WEB01' }),
    entry({
      diagnosis: 'binding-divergence-sni-vs-ip',
      title: "Two http.sys records of one site treat a client's certificate differently",
      outcome: 'cannot-tell',
      sentence: 'Cannot tell; collect applicationHost.config.',
      wants: ['applicationHost.config (%windir%\\System32\\inetsrv\\config)'],
    }),
    entry({
      subject: 'ipport=0.0.0.0:8172 on WEB01',
      outcome: 'not-applicable',
      sentence: 'Does not apply: no.',
    }),
  ],
  plan: {
    steps: [
      {
        title: 'Set Ctl Store Name to ClientAuthIssuer on hostnameport=www.example.com:443',
        target: 'WEB01',
        commands: [
          'netsh http update sslcert hostnameport=www.example.com:443 certhash=846762724f99a530cae257c8d18ceafb46723cd2 "appid={4dc3e181-e14b-4a21-b022-59fc669b0914}" certstorename=MY sslctlstorename=ClientAuthIssuer clientcertnegotiation=enable',
        ],
        powershell: [],
        undo: [
          'netsh http update sslcert hostnameport=www.example.com:443 certhash=846762724f99a530cae257c8d18ceafb46723cd2 "appid={4dc3e181-e14b-4a21-b022-59fc669b0914}" certstorename=MY clientcertnegotiation=enable',
        ],
        notes: [
          'Every field of the record is written out: what update does with omitted ones is not documented.',
        ],
      },
    ],
    advice: [],
    foreseen: [
      'hostnameport=www.example.com:443 on WEB01 will name 1 issuer from ClientAuthIssuer (37 bytes): «CN=Example Issuing CA».',
      'binding-lost-ctl-store at hostnameport=www.example.com:443 on WEB01: cleared.',
    ],
    conflicts: [],
    refusals: [],
  },
  notes: [
    {
      at: { source: 'netsh-sslcert.txt', line: 40 },
      message: 'the record ends in the middle; take the listing again',
    },
  ],
  pages: {
    'binding-lost-ctl-store':
      '# The record lost its store\n\n## What you see\nA 403.7 with `403 7 5` in the log, see [the article](https://example.com/x).\n\n- one\n- two **strong**\n\n```\nnetsh http show sslcert\n```\n',
  },
};

export const cannotTell: Report = {
  ...whole,
  headline: 'Cannot tell: collect output of `netsh http show sslcert`.',
  verdict: 'cannot-tell',
  entries: [
    entry({
      outcome: 'cannot-tell',
      subject: 'WEB01',
      sentence: 'Cannot tell.',
      wants: ['output of `netsh http show sslcert`'],
    }),
    entry({
      diagnosis: 'issuer-list-truncated-16k',
      title: 'The list of acceptable issuers is longer than Schannel sends',
      subject: 'WEB01',
      outcome: 'cannot-tell',
      sentence: 'Cannot tell.',
      wants: ['output of `netsh http show sslcert`', 'the machine store Root'],
    }),
  ],
  sources: [],
};

export const clear: Report = {
  ...whole,
  headline: 'Nothing found: 1 cause looked for at 1 place, none of them is so.',
  entries: [entry({})],
};

export const byHand: Report = {
  ...found,
  headline: 'By hand.',
  entries: [lostStore],
  plan: {
    steps: [
      {
        ...found.plan!.steps[0]!,
        commands: ['netsh http update sslcert ipport=0.0.0.0:443 "sslctlstorename=Client CAs & more"'],
        powershell: ["netsh http update sslcert ipport=0.0.0.0:443 'sslctlstorename=Client CAs & more'"],
      },
    ],
    advice: [
      {
        title: 'Move the certificate «CN=Stray» from Root to CA',
        target: 'WEB01',
        commands: ['certutil -addstore CA stray.cer'],
        powershell: [],
        undo: [],
        notes: ['needs the file of the certificate'],
      },
    ],
    foreseen: [],
    conflicts: ['two findings want different stores for ipport=0.0.0.0:443'],
    refusals: ['Enable Caching Client Hello is set, and no command line can write it'],
  },
  notes: [],
};

/** What certificates, logs and saved reports may hold to harm whoever reads them. */
export const HOSTILE =
  "\u001b[2J\u001b]0;pwn\u0007=cmd|'/c calc'!A0 <script>alert(1)</script> \"><img src=x onerror=alert(2)> `rm -rf /` ``` \u202egnp.exe\u2066 zero\u200bwidth [x](javascript:alert(3)) ![i](https://evil.example/p.png) | cell | @team *bold* __u__ $x$ &lt; \u0085 \r\nSet-Cookie: a=b \udc00";

/** Puts the hostile text before every text of a document whose value nothing fixes. */
export function poison<T>(value: T, keep: readonly string[] = FIXED): T {
  if (typeof value === 'string') return `${HOSTILE} ${value}` as T;
  if (Array.isArray(value)) return value.map((one) => poison(one, keep)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, keep.includes(name) ? inner : poison(inner, keep)]),
  ) as T;
}

/** Fields with a closed vocabulary or a form that the reader of the document checks. */
const FIXED = [
  'schema',
  'tool',
  'verdict',
  'outcome',
  'confidence',
  'madeAt',
  'firstRefusal',
  'time',
  'role',
  'lastSuccess',
  'offer',
  'sha256',
  'at',
  'notAfter',
  'picture',
];

export const hostile: Report = poison<Report>({ ...found, notes: [{ at: { source: 'x' }, message: 'm' }] }, [
  ...FIXED.filter((name) => name !== 'at'),
]);

const request = (version: number, names: readonly string[]): RequestRecord => ({
  version,
  certificateTypes: version === 0x0303 ? ['rsa_sign', 'ecdsa_sign'] : null,
  signatureAlgorithms: ['ecdsa_secp256r1_sha256', 'rsa_pss_rsae_sha256'],
  authoritiesPresent: true,
  authoritiesLength: names.length * 37,
  authorities: names.map((name, i) => ({
    name,
    der: 'MAA=',
    sha256: String(i + name.length).padStart(64, '0'),
  })),
});

export const probe = (parts: Partial<ProbeRecord>): ProbeRecord => ({
  schema: 'handclasp/probe/1',
  target: { host: 'www.example.com', port: 443, path: '/secure' },
  address: '192.0.2.10',
  serverName: 'www.example.com',
  version: 'TLS 1.3',
  askedWith: {
    version: parts.version ?? 'TLS 1.3',
    serverName: parts.serverName === undefined ? 'www.example.com' : parts.serverName,
    address: 'www.example.com',
    path: '/secure',
    certificate: parts.sent ? 'shown' : 'none',
  },
  ending: { is: 'completed' },
  asks: parts.request === null ? null : 'handshake',
  cipherSuite: 'TLS_AES_256_GCM_SHA384',
  end: 'asks for a certificate, none sent',
  completed: true,
  request: request(0x0304, ['CN=Example Root CA', 'CN=Other Root']),
  sent: 0,
  http: { status: 403, substatus: '403.7' },
  at: '2026-11-24T10:00:00.000Z',
  milliseconds: 31,
  ...parts,
});

/** A Name of one common name, PrintableString. */
function commonName(text: string): Name {
  const value = [0x13, text.length, ...Buffer.from(text, 'latin1')];
  const pair = [0x06, 3, 0x55, 4, 3, ...value];
  const rdn = [0x30, pair.length, ...pair];
  const set = [0x31, rdn.length, ...rdn];
  return parseName(Uint8Array.from([0x30, set.length, ...set]));
}

const client = (
  id: string,
  title: string,
  offer: string,
  because: string,
  more: Partial<ClientRow['decisions'][number]> = {},
): ClientRow => ({
  id,
  title,
  decisions: ['TLS 1.3', 'TLS 1.2'].map((version) => ({
    version,
    offer,
    because,
    rule: 'issuer-not-listed',
    wouldChange:
      offer === 'withheld' ? ['put the issuing CA «CN=Example Issuing CA» into the key store entry'] : [],
    confidence: 'observed',
    ...more,
  })),
  withIssuer: null,
  source: 'clients/04-java.md',
});

const NOT_LISTED =
  'The list names neither the issuer «CN=Example Issuing CA» nor any CA above it that the client knows.';

const probes: readonly ProbeRecord[] = [
  probe({}),
  probe({
    version: 'TLS 1.2',
    request: request(0x0303, ['CN=Example Root CA', 'CN=Only Here']),
    milliseconds: 44,
  }),
  probe({
    version: 'TLS 1.2',
    serverName: null,
    request: null,
    sent: null,
    end: 'does not ask for a certificate in the handshake',
  }),
  probe({ sent: 1, end: 'asks for a certificate, 1 sent', http: { status: 200, substatus: null } }),
];

/** The requests of the samples, as the wire would have brought them. */
const requests = probes.map(({ request }) =>
  request === null
    ? []
    : [
        {
          version: request.version,
          context: new Uint8Array(0),
          authorities: request.authorities.map(({ name }) => commonName(name.slice(3))),
          authoritiesPresent: true,
          extensions: [],
          authoritiesLength: request.authoritiesLength,
        },
      ],
);

export const why: WhyReport = makeWhy({
  toolVersion: '0.1.0',
  madeAt: Date.UTC(2026, 10, 24, 10),
  url: 'https://www.example.com/secure',
  probes,
  requests,
  atHand: {},
  identity: {
    subject: 'CN=jdoe',
    issuer: 'CN=Example Issuing CA',
    thumbprint: '846762724f99a530cae257c8d18ceafb46723cd2',
    notAfter: '2027-01-01T00:00:00.000Z',
    hasPrivateKey: true,
    held: [],
  },
  clients: [
    { ...client('java-sunx509', 'Java (SunX509)', 'withheld', NOT_LISTED), withIssuer: 'offered' },
    client('go', 'Go (crypto/tls)', 'withheld', NOT_LISTED),
    client('gnutls', 'GnuTLS (wget, GLib)', 'withheld', NOT_LISTED),
    client('openssl', 'OpenSSL, curl, Python, Node', 'offered', 'It sends it whatever the list says.', {
      rule: 'ignores-list',
    }),
    {
      ...client('chrome-windows', 'Chrome, Edge (Windows)', 'unknown', ''),
      decisions: [
        {
          version: 'TLS 1.3',
          offer: 'unknown',
          because: "It depends on the CA certificates in the user's store.",
          rule: 'depends-on-store',
          wouldChange: ['put the issuing CA «CN=Example Issuing CA» into the store of intermediate CAs'],
          confidence: 'unverified',
          reason: {
            id: 'depends-on-store',
            facts: {
              issuer: '«CN=Example Issuing CA»',
              among: 2,
              client: 'Chrome on Windows',
              missing: '«CN=Example Issuing CA»',
              in: 'intermediates',
            },
          },
        },
        {
          version: 'TLS 1.2',
          offer: 'aborted',
          because: 'No certificate type of the request fits the key.',
          rule: 'certificate-type',
          wouldChange: [],
          confidence: 'unverified',
        },
      ],
    },
  ],
  notes: ['the connection was made to 192.0.2.10, the first of two addresses'],
});

/** Keys of catalogs and other closed vocabularies stay; names, addresses and facts do not. */
export const hostileWhy: WhyReport = poison(why, [
  ...FIXED,
  ...['asks', 'is', 'certificate', 'kind', 'hint', 'of', 'what', 'id', 'rule'],
]);
