import type { Phrase } from '../phrase.ts';

const REFUSED = /\b[45]\d\d\b|\bnot\b|\bexpected\b|\binstead\b|\bfail|\berror\b/i;

/** 'GET /a -> 200': each method an alternative, which is what lines are sorted out by (grams.ts). */
const answeredTo = (...methods: readonly string[]): RegExp =>
  new RegExp(
    methods
      .map((one) => String.raw`\b${one} (?:https?:\/\/|\/)\S*(?: HTTP\/[\d.]+)? ?(?:->|=>|→|:) ?2\d\d\b`)
      .join('|'),
    'i',
  );

/** What goes well: answers as clients print them, certificates that servers say they verified. */
export const SUCCESSES: readonly Phrase[] = [
  {
    code: 'certificate-accepted',
    side: 'server',
    says: /\b(?:ssl[_-]?)?client[_-]verify["']?\s?[=:]\s?["']?SUCCESS\b|\bverify["']?\s?[=:]\s?["']?SUCCESS\b/i,
    example: '10.0.0.9 "GET /api HTTP/1.1" 200 ssl_client_verify=SUCCESS',
  },
  {
    code: 'certificate-accepted',
    program: 'nginx',
    side: 'server',
    says: /\bverify:1, error:0, depth:0, subject:/i,
    example: '2025/06/03 10:11:12 [debug] 31#31: *9 verify:1, error:0, depth:0, subject:"CN=ada"',
  },
  {
    code: 'certificate-accepted',
    program: 'stunnel',
    says: /\bCertificate accepted at depth=0: (?<subject>\S.*)/i,
    example: '2025.06.03 10:11:12 LOG5[3]: Certificate accepted at depth=0: CN=ada',
  },
  {
    code: 'certificate-accepted',
    program: 'OpenVPN',
    says: /\bVERIFY OK: depth=0, (?<subject>\S.*)/i,
    example: '10.0.0.9:1194 VERIFY OK: depth=0, CN=ada',
  },
  {
    code: 'certificate-accepted',
    program: 'Postfix',
    side: 'server',
    says: /\b(?:Trusted|Verified) TLS connection established from /i,
    example: 'postfix/smtpd[9]: Trusted TLS connection established from mx.example[10.0.0.9]: TLSv1.3',
  },
  {
    code: 'certificate-accepted',
    program: 'PostgreSQL',
    side: 'server',
    says: /connection authenticated: identity="(?<subject>[^"]*)" method=cert\b/i,
    example: 'LOG: connection authenticated: identity="CN=ada" method=cert (pg_hba.conf:97)',
  },
  {
    code: 'certificate-accepted',
    program: '.NET',
    side: 'server',
    says: /AuthenticationScheme: Certificate was successfully authenticated/i,
    example: 'AuthenticationScheme: Certificate was successfully authenticated.',
  },
  {
    code: 'request-succeeded',
    side: 'client',
    says: /(?:^|[^"\w/])HTTP\/[\d.]+ [23]\d\d(?![\d.])/i,
    example: '< HTTP/1.1 200 OK',
  },
  {
    code: 'request-succeeded',
    program: '.NET',
    side: 'client',
    says: /Received HTTP response (?:headers )?after [\d.]+ms - (?:OK|[23]\d\d)\b|\bStatusCode: [23]\d\d, ReasonPhrase:/i,
    example: 'Received HTTP response headers after 42.1ms - 200',
  },
  {
    code: 'request-succeeded',
    program: 'PowerShell',
    side: 'client',
    says: /^StatusCode +: 2\d\d$/i,
    example: 'StatusCode        : 200',
  },
  {
    code: 'request-succeeded',
    program: 'Python',
    side: 'client',
    says: /<Response \[[23]\d\d\]>|<Response code 0, out|\bhttps?:\/\/\S+ "[A-Z]+ \S+ HTTP\/[\d.]+" [23]\d\d /i,
    example: '<Response [200]>',
  },
  {
    code: 'request-succeeded',
    program: 'Ansible',
    side: 'client',
    says: /\| SUCCESS => \{|"ping": "pong"|\bok=[1-9]\d* +changed=\d+ +unreachable=0 +failed=0/i,
    example: 'win22 | SUCCESS => {',
  },
  {
    code: 'request-succeeded',
    program: 'wget',
    side: 'client',
    says: /awaiting response\.\.\. [23]\d\d\b/i,
    example: 'HTTP request sent, awaiting response... 200 OK',
  },
  {
    code: 'request-succeeded',
    program: 'curl',
    side: 'client',
    says: /%\{http_code\}.* [23]\d\d$|%\{response_code\}.* [23]\d\d$/i,
    unless: /\bcurl: \(/i,
    example: `$ curl -s -o /dev/null -w '%{http_code}\\n' --cert ada.pem https://web01.corp.example/secure/ 200`,
  },
  {
    code: 'request-succeeded',
    program: 'OkHttp',
    side: 'client',
    says: /^(?:.{0,60} )?<-- [23]\d\d\b.*\bhttps?:/i,
    example: '<-- 200 OK https://web01.corp.example/api (41ms)',
  },
  {
    code: 'request-succeeded',
    program: 'Prometheus blackbox exporter',
    side: 'client',
    says: /^probe_success 1$|^probe_http_status_code [23]\d\d$/i,
    example: 'probe_http_status_code 200',
  },
  {
    code: 'request-succeeded',
    side: 'client',
    says: answeredTo('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'REPORT'),
    unless: REFUSED,
    example: 'GET /api/orders -> 200',
  },
  {
    code: 'request-succeeded',
    side: 'client',
    says: /\b(?:response|status)[ _]?code\W{1,4}[23]\d\d\b|["']status["']\s?:\s?["']?[23]\d\d\b|\bstatus[:=] ?[23]\d\d\b|\bHTTP(?: status| response)?(?: code)?[ :=]{1,3}2\d\d\b(?![.\d])|\b200 OK\b/i,
    unless: REFUSED,
    example: 'statusCode: 200',
  },
  {
    code: 'request-refused',
    side: 'client',
    says: /(?:^|[^"\w/])HTTP\/[\d.]+ 40[013](?![\d.])|<Response \[40[013]\]>|awaiting response\.\.\. 40[013]\b|Received HTTP response (?:headers )?after [\d.]+ms - 40[013]\b|\b(?:response|status)[ _]?code\W{1,4}40[013]\b/i,
    example: '< HTTP/1.1 403 Forbidden',
  },
];
