import type { Entry } from '../entry.ts';

/** HTTP statuses of IIS with their substatus, as far as they meet a client-certificate logon. */
export const iisStatuses: readonly Entry[] = [
  {
    code: '200.0',
    name: 'OK',
    means: 'The request was answered. If the path requires a client certificate, one was sent and accepted.',
    seen: 'IIS log',
    next: [],
    source: 'RFC 9110 15.3.1',
  },
  {
    code: '401.1',
    name: 'Logon failed',
    means:
      'The certificate itself passed, but no Windows logon came of it: the mapped account refused, or strong mapping (KB5014754) did not accept the certificate.',
    seen: 'IIS log; with sc-win32-status 1326; KDC events 39, 40, 41 on the domain controller',
    next: [
      'look at the mapping: account, password, disabled or locked',
      'on the domain controller look for KDC events 39, 40 and 41: without the SID extension or a strong altSecurityIdentities entry the certificate no longer maps',
    ],
    source: 'KB943891; KB5014754; the pairing with 1326 is unverified',
  },
  {
    code: '401.2',
    name: 'Logon failed due to server configuration',
    means: 'No authentication method that the server allows was tried. Not a verdict on the certificate.',
    seen: 'IIS log',
    next: ['check which authentication modules are switched on for the path'],
    source: 'KB943891',
  },
  {
    code: '401.3',
    name: 'Unauthorized by ACL',
    means: 'Someone was logged on, but the file permissions deny that account.',
    seen: 'IIS log',
    next: ['check which account the certificate maps to, and its rights on the file'],
    source: 'KB943891',
  },
  {
    code: '403.4',
    name: 'SSL required',
    means:
      'The request came over plain HTTP to a path that requires TLS: certificates were never in question.',
    seen: 'IIS log',
    next: ['call it by https; if it was, a proxy in front has ended TLS'],
    source: 'KB943891',
  },
  {
    code: '403.5',
    name: 'SSL 128 required',
    means: 'The path demands 128-bit encryption (flag Ssl128) and the connection has less.',
    seen: 'IIS log',
    next: ['look at sslFlags of the path and at the cipher suite of the client'],
    source: 'KB943891',
  },
  {
    code: '403.7',
    name: 'Client certificate required',
    means:
      'The path requires a client certificate and none arrived. The client was asked and found nothing that fits the list of issuers, the user cancelled, or it was never asked.',
    seen: 'IIS log, with sc-win32-status 5; visitors who have no certificate cause it as well, so one line proves nothing',
    next: [
      'read what the server asks for: handclasp why https://HOST/ --cert user.cer',
      'if the list does not name the issuer: netsh http show sslcert, and look at Ctl Store Name',
      'if the server does not ask at all: sslFlags of the path, and Negotiate Client Certificate of the record',
    ],
    diagnoses: [
      'binding-lost-ctl-store',
      'binding-divergence-sni-vs-ip',
      'issuer-list-truncated-16k',
      'root-store-not-self-signed',
    ],
    source: 'KB943891, KB942067',
  },
  {
    code: '403.12',
    name: 'Mapper denied access',
    means: 'The certificate was accepted, but it maps to no account, or the mapping says deny.',
    seen: 'IIS log, sometimes with sc-win32-status 1332',
    next: [
      'look at the mapping rules: IIS certificate mapping counts at site level only',
      'with Active Directory mapping: the issuing CA must be in NTAuth, and strong mapping (KB5014754) applies',
    ],
    source: 'KB943891; the pairing with 1332 is unverified',
  },
  {
    code: '403.13',
    name: 'Client certificate revoked',
    means:
      'The certificate is revoked, or the server could not find out: an unreachable CRL or OCSP responder ends in the same status. The win32 status tells which.',
    seen: 'IIS log; 2148204812 or 2148081680 is revoked, 2148081683 is offline',
    next: [
      'on the server, as SYSTEM: certutil -verify -urlfetch client.cer',
      'when it is offline: netsh winhttp show proxy, reach the CDP, or publish a fresh CRL',
    ],
    source: 'KB943891',
  },
  {
    code: '403.14',
    name: 'Directory listing denied',
    means: 'There is no default document. The logon went through; only the page is missing.',
    seen: 'IIS log',
    next: ['call a page that exists'],
    source: 'KB943891',
  },
  {
    code: '403.16',
    name: 'Client certificate untrusted or invalid',
    means:
      'A certificate arrived and the server does not trust its chain: root or intermediate missing, a wrong purpose, or a trust mode whose store lacks the CA.',
    seen: 'IIS log, with the reason as sc-win32-status: 2148204809 untrusted root, 2148204810 broken chain, 2148204816 wrong purpose',
    next: [
      'on the server, as SYSTEM: certutil -verify -urlfetch client.cer',
      'look for a certificate in Root that is not self-signed',
      'with ClientAuthTrustMode 1 or 2: the store of the record (Ctl Store Name) must hold the CA',
    ],
    diagnoses: ['root-store-not-self-signed', 'trust-mode-without-store'],
    source: 'KB943891, KB2802568, KB942061',
  },
  {
    code: '403.17',
    name: 'Client certificate expired or not yet valid',
    means: 'The dates of the client certificate do not cover the time of the server.',
    seen: 'IIS log, with sc-win32-status 2148204801',
    next: [
      'compare the dates with the server clock in UTC',
      'renew the certificate, or set the clock (w32tm)',
    ],
    source: 'KB943891',
  },
  {
    code: '413.1',
    name: 'Request entity too large',
    means:
      'The server wants the certificate only after it has seen the request, and the body does not fit in what it may hold back meanwhile (uploadReadAheadSize, 48 KiB).',
    seen: 'IIS log, for large POSTs on a record that does not negotiate in the handshake; some builds log 413.0',
    next: [
      'let the record ask in the handshake: clientcertnegotiation=enable',
      'or raise uploadReadAheadSize, or let the client send Expect: 100-continue',
    ],
    source: 'KB943891; the substatus is unverified',
  },
  {
    code: '500.0',
    name: 'Internal server error',
    means:
      'Beside win32 status 50: the certificate was wanted after a TLS 1.3 handshake, which TLS 1.3 cannot do (Server 2025, Windows 11 24H2).',
    seen: 'IIS log, with sc-win32-status 50; error page 0x80070032',
    next: [
      'let the record ask in the handshake: clientcertnegotiation=enable',
      'or switch TLS 1.3 off for this record: disabletls13=enable',
    ],
    source: 'Microsoft IIS support blog, 2025-08-29',
  },
];
