import type { Phrase } from '../phrase.ts';

/**
 * Error logs of servers. Apache httpd by the numbers of its messages (modules/ssl/ssl_engine_kernel.c and
 * ssl_engine_io.c of 2.4), nginx by ngx_http_request.c and its pages, HAProxy by its connection errors.
 */
export const SERVERS: readonly Phrase[] = [
  {
    code: 'post-handshake-not-announced',
    program: 'Apache httpd',
    side: 'server',
    says: /AH10158|cannot perform post-handshake authentication/i,
    example:
      '[ssl:error] [pid 7:tid 8] [client 10.0.0.9:50022] AH10158: cannot perform post-handshake authentication',
  },
  {
    code: 'post-handshake-not-announced',
    program: 'OpenSSL',
    side: 'server',
    says: /verify_client_post_handshake:{1,2}extension not received|extension not received/i,
    example:
      'SSL Library Error: error:14268117:SSL routines:SSL_verify_client_post_handshake:extension not received',
  },
  {
    code: 'renegotiation-asked',
    program: 'Apache httpd',
    side: 'server',
    says: /AH10129|verify client post handshake/i,
    facts: { how: 'post-handshake' },
    example: '[ssl:debug] [pid 7] ssl_engine_kernel.c(1083): AH10129: verify client post handshake',
  },
  {
    code: 'renegotiation-asked',
    program: 'Apache httpd',
    side: 'server',
    says: /AH0222[16]|AH02260|Requesting connection re-negotiation|Awaiting re-negotiation handshake|Performing full renegotiation/i,
    facts: { how: 'renegotiation' },
    example: '[ssl:info] [pid 7] AH02221: Requesting connection re-negotiation',
  },
  {
    code: 'body-too-large',
    program: 'Apache httpd',
    side: 'server',
    says: /AH02018|AH02257|AH10228|request body exceeds maximum size \(?(?<limit>\d+)\)? for SSL buffer|could not buffer message body to allow (?:SSL renegotiation|TLS Post-Handshake Authentication)/i,
    example: 'AH02018: request body exceeds maximum size (131072) for SSL buffer',
  },
  {
    code: 'no-certificate-sent',
    program: 'Apache httpd',
    side: 'server',
    says: /AH02263|Re-negotiation handshake failed: Client certificate missing/i,
    facts: { how: 'renegotiation' },
    example: 'AH02263: Re-negotiation handshake failed: Client certificate missing',
  },
  {
    code: 'certificate-refused',
    program: 'Apache httpd',
    side: 'server',
    says: /AH02262|Re-negotiation handshake failed: Client verification failed/i,
    example: 'AH02262: Re-negotiation handshake failed: Client verification failed',
  },
  {
    code: 'renegotiation-refused',
    program: 'Apache httpd',
    side: 'server',
    says: /AH02225|AH02261|Re-negotiation (?:request|handshake) failed(?!: Client)|Re-negotiation handshake failed: Not accepted by client/i,
    example: '[ssl:error] [pid 7] [client 10.0.0.9:50022] AH02261: Re-negotiation handshake failed',
  },
  {
    code: 'misdirected-request',
    program: 'Apache httpd',
    side: 'server',
    says: /Hostname (?<sni>\S+) provided via SNI and hostname (?<header>\S+) provided via HTTP/i,
    example:
      'AH02032: Hostname a.example provided via SNI and hostname b.example provided via HTTP are different',
  },
  {
    code: 'misdirected-request',
    program: 'nginx',
    side: 'server',
    says: /client attempted to request the server name different from the one that was negotiated/i,
    example:
      '2025/06/03 10:11:12 [info] 31#31: *9 client attempted to request the server name different from the one that was negotiated while reading client request headers, client: 10.0.0.9, server: a.example, request: "GET / HTTP/2.0", host: "b.example"',
  },
  {
    code: 'misdirected-request',
    program: 'Caddy',
    side: 'server',
    says: /strict host matching: TLS ServerName \((?<sni>[^)]*)\) and HTTP Host \((?<header>[^)]*)\) values differ/i,
    example:
      '"msg":"strict host matching: TLS ServerName (a.example) and HTTP Host (b.example) values differ"',
  },
  {
    code: 'misdirected-request',
    says: /\b421[ -]{1,3}Misdirected Request\b|^< HTTP\/[\d.]+ 421\b|SNI (?:and|does not match) (?:the )?Host(?: header)?|SNI\/Host mismatch/i,
    facts: { status: 421 },
    example: 'HTTP/1.1 421 Misdirected Request',
  },
  {
    code: 'sni-missing',
    side: 'server',
    says: /AH02033|No hostname was provided via SNI|SNI is not provided|did not provide a hostname using Server Name Indication/i,
    example: 'AH02033: No hostname was provided via SNI for a name based virtual host',
  },
  {
    code: 'issuer-unknown',
    program: 'Apache httpd',
    side: 'server',
    says: /Certificate Verification: Error \((?<error>2|18|19|20|21)\)/i,
    example: 'AH02039: Certificate Verification: Error (20): unable to get local issuer certificate',
  },
  {
    code: 'certificate-expired',
    program: 'Apache httpd',
    side: 'server',
    says: /Certificate Verification: Error \((?<error>9|10)\)/i,
    example: 'AH02039: Certificate Verification: Error (10): certificate has expired',
  },
  {
    code: 'certificate-revoked',
    program: 'Apache httpd',
    side: 'server',
    says: /Certificate Verification: Error \((?<error>23)\)/i,
    example: 'AH02039: Certificate Verification: Error (23): certificate revoked',
  },
  {
    code: 'revocation-unavailable',
    program: 'Apache httpd',
    side: 'server',
    says: /Certificate Verification: Error \((?<error>3|11|12|33)\)/i,
    example: 'AH02039: Certificate Verification: Error (3): unable to get certificate CRL',
  },
  {
    code: 'usage-refused',
    program: 'Apache httpd',
    side: 'server',
    says: /Certificate Verification: Error \((?<error>26)\)/i,
    example: 'AH02039: Certificate Verification: Error (26): unsupported certificate purpose',
  },
  {
    code: 'chain-incomplete',
    program: 'Apache httpd',
    side: 'server',
    says: /Certificate Chain too long \(chain has (?<length>\d+) certificates, but maximum allowed are only (?<depth>\d+)\)|Certificate Verification: Error \((?<error>22)\)/i,
    facts: { limit: 'depth' },
    example:
      'AH02040: Certificate Verification: Certificate Chain too long (chain has 3 certificates, but maximum allowed are only 1)',
  },
  {
    code: 'no-certificate-sent',
    program: 'OpenSSL',
    side: 'server',
    says: /peer did not return a certificate/i,
    example:
      '2025/06/03 10:11:12 [crit] 31#31: *9 SSL_do_handshake() failed (SSL: error:0A0000C7:SSL routines::peer did not return a certificate) while SSL handshaking, client: 10.0.0.9, server: 0.0.0.0:443',
  },
  {
    code: 'no-certificate-sent',
    program: 'nginx',
    side: 'server',
    says: /client sent no required SSL certificate/i,
    example:
      '2025/06/03 10:11:12 [info] 31#31: *9 client sent no required SSL certificate while reading client request headers, client: 10.0.0.9, server: a.example, request: "GET /api HTTP/1.1", host: "a.example"',
  },
  {
    code: 'issuer-unknown',
    program: 'nginx',
    side: 'server',
    says: /client SSL certificate verify error: \((?<error>2|18|19|20|21):/i,
    example:
      '2025/06/03 10:11:12 [info] 31#31: *9 client SSL certificate verify error: (21:unable to verify the first certificate) while reading client request headers, client: 10.0.0.9, server: a.example',
  },
  {
    code: 'certificate-expired',
    program: 'nginx',
    side: 'server',
    says: /client SSL certificate verify error: \((?<error>9|10):/i,
    example:
      'client SSL certificate verify error: (10:certificate has expired) while reading client request headers',
  },
  {
    code: 'certificate-revoked',
    program: 'nginx',
    side: 'server',
    says: /client SSL certificate verify error: \((?<error>23):/i,
    example:
      'client SSL certificate verify error: (23:certificate revoked) while reading client request headers',
  },
  {
    code: 'revocation-unavailable',
    program: 'nginx',
    side: 'server',
    says: /client SSL certificate verify error: \((?<error>3|11|12|33):/i,
    example:
      'client SSL certificate verify error: (3:unable to get certificate CRL) while reading client request headers',
  },
  {
    code: 'usage-refused',
    program: 'nginx',
    side: 'server',
    says: /client SSL certificate verify error: \((?<error>26):/i,
    example:
      'client SSL certificate verify error: (26:unsupported certificate purpose) while reading client request headers',
  },
  {
    code: 'chain-incomplete',
    program: 'nginx',
    side: 'server',
    says: /client SSL certificate verify error: \((?<error>22):/i,
    facts: { limit: 'depth' },
    example:
      'client SSL certificate verify error: (22:certificate chain too long) while reading client request headers',
  },
  {
    code: 'server-untrusted',
    side: 'server',
    says: /SSL_do_handshake\(\) failed.*alert (?<alert>bad certificate|unknown ca|certificate unknown|certificate expired)/i,
    unless: /upstream/i,
    example:
      '2025/06/03 10:11:12 [crit] 31#31: *9 SSL_do_handshake() failed (SSL: error:0A000418:SSL routines::tlsv1 alert unknown ca:SSL alert number 48) while SSL handshaking, client: 10.0.0.9, server: 0.0.0.0:443',
  },
  {
    code: 'server-untrusted',
    program: 'Go',
    side: 'server',
    says: /TLS handshake error from \S+: remote error: tls: (?<alert>bad certificate|unknown certificate authority|unknown certificate|expired certificate)/i,
    example:
      '2025/06/03 10:11:12 http: TLS handshake error from 10.0.0.9:50022: remote error: tls: unknown certificate authority',
  },
  {
    code: 'issuer-unknown',
    program: 'HAProxy',
    side: 'server',
    says: /SSL client CA chain cannot be verified/i,
    example:
      'haproxy[71]: 10.0.0.9:50022 [03/Jun/2025:10:11:12.345] fe_mtls/1: SSL client CA chain cannot be verified',
  },
  {
    code: 'certificate-refused',
    program: 'HAProxy',
    side: 'server',
    says: /SSL client certificate not trusted/i,
    example:
      'haproxy[71]: 10.0.0.9:50022 [03/Jun/2025:10:11:12.345] fe_mtls/1: SSL client certificate not trusted',
  },
  {
    code: 'handshake-failure',
    program: 'HAProxy',
    side: 'server',
    says: /\bSSL handshake failure\b(?! after heartbeat)/i,
    unless: /alert handshake failure|sslv3/i,
    example: 'haproxy[71]: 10.0.0.9:50022 [03/Jun/2025:10:11:12.345] fe_mtls/1: SSL handshake failure',
  },
  {
    code: 'http-certificate-error',
    side: 'server',
    says: /400 No required SSL certificate was sent|No required SSL certificate was sent/i,
    facts: { status: 400, why: 'none sent' },
    example: '<head><title>400 No required SSL certificate was sent</title></head>',
  },
  {
    code: 'http-certificate-error',
    side: 'server',
    says: /400 The SSL certificate error/i,
    facts: { status: 400, why: 'not accepted' },
    example: '<head><title>400 The SSL certificate error</title></head>',
  },
  {
    code: 'http-certificate-error',
    side: 'server',
    says: /\bHTTP\W{1,4}(?:[\d.]{3} )?495\b|\bstatus\W{1,4}495\b|\bcode\W{1,4}495\b|\berror\W{1,4}495\b|\b495 SSL Certificate/i,
    facts: { status: 495, why: 'not accepted' },
    example: 'upstream answered HTTP status 495',
  },
  {
    code: 'http-certificate-error',
    side: 'server',
    says: /\bHTTP\W{1,4}(?:[\d.]{3} )?496\b|\bstatus\W{1,4}496\b|\bcode\W{1,4}496\b|\berror\W{1,4}496\b|\b496 SSL Certificate/i,
    facts: { status: 496, why: 'none sent' },
    example: 'nginx page: 496 SSL Certificate Required',
  },
  {
    code: 'body-too-large',
    side: 'server',
    says: /\b413\.1\b|\b413[ :-]{1,3}(?:Request Entity|Payload|Content) Too Large|^< HTTP\/[\d.]+ 413\b|\bHTTP[^\d]{0,10}413\b|\b(?:Request Entity|Payload|Content) Too Large\b/i,
    facts: { status: 413 },
    example: 'HTTP Error 413.1 - Request Entity Too Large',
  },
  {
    code: 'password-asked',
    side: 'server',
    says: /^(?:< )?WWW-Authenticate: ?(?<scheme>Basic|Negotiate|NTLM|Digest)\b/i,
    facts: { status: 401 },
    example: '< WWW-Authenticate: Negotiate',
  },
  {
    code: 'trust-bundle-invalid',
    program: 'Azure Application Gateway',
    side: 'server',
    says: /(?<!-Az)(?<name>ApplicationGateway(?:TrustedClientCertificate(?:DoesNotContain|Must|Invalid|Missing|Does|Contains|Has|Is|Not|Exceed|Duplicate|Issuer|Chain)\w*|OnlyOneRootCA\w*|\w+InTrustedClientCertificate))\b/i,
    example: 'Failed to save: ApplicationGatewayTrustedClientCertificateDoesNotContainAnyCACertificate',
  },
  {
    code: 'trust-bundle-invalid',
    side: 'server',
    says: /(?:validation errors? due to )?issuer DN mismatch|unable to (?:determine list of|load|configure|reconfigure) (?:available |verify )?(?:CA certificates|locations) for client authentication|Init: Oops, you want to request client authentication, but no CAs are known|SSL_CTX_load_verify_locations\("(?<file>[^"]*)"\) failed|SSL_load_client_CA_file\("(?<path>[^"]*)"\) failed/i,
    example: 'Init: Oops, you want to request client authentication, but no CAs are known for verification!?',
  },
  {
    code: 'server-key-unusable',
    side: 'server',
    says: /PEM_read_bio_PrivateKey\("?[^)]*\) failed|SSL_CTX_use_PrivateKey(?:_file)?\("?[^)]*\) failed|AH0256[45]: |AH02572: Failed to configure at least one certificate|no certificate assigned|no SSL certificate assigned/i,
    example:
      'nginx: [emerg] SSL_CTX_use_PrivateKey("/etc/nginx/a.key") failed (SSL: error:0B080074:x509 certificate routines:X509_check_private_key:key values mismatch)',
  },
  {
    code: 'no-certificate-sent',
    program: 'AD FS',
    side: 'server',
    says: /No valid client certificate found in the request|MSIS7121\b|request did not contain (?:a )?client certificate/i,
    example:
      "An error occurred. No valid client certificate found in the request. No valid certificates found in the user's certificate store.",
  },
];
