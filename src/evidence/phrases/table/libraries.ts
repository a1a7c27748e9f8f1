import type { Phrase } from '../phrase.ts';

/** TLS libraries and what is built on them: OpenSSL (Python, Node.js, Ruby, curl), Go, Java, BouncyCastle, rustls. */
export const LIBRARIES: readonly Phrase[] = [
  {
    code: 'renegotiation-refused',
    program: 'Go',
    side: 'client',
    says: /tls: no renegotiation/i,
    example: 'Get "https://web01.corp.example/secure/": local error: tls: no renegotiation',
  },
  {
    code: 'renegotiation-refused',
    program: 'rustls',
    side: 'client',
    unless: /Secure Renegotiation/i,
    says: /\bNoRenegotiation\b/i,
    example: 'received fatal alert: NoRenegotiation',
  },
  {
    code: 'renegotiation-refused',
    side: 'client',
    unless: /Secure Renegotiation/i,
    says: /renegotiation (?:is|was) not supported|does not (?:support|implement) renegotiation|no renegotiation support/i,
    example: 'the library does not implement renegotiation',
  },
  {
    code: 'renegotiation-refused',
    program: 'OpenSSL',
    says: /\bno[ _]renegotiation\b|SSL_R_NO_RENEGOTIATION|unsafe legacy renegotiation disabled|UNSAFE_LEGACY_RENEGOTIATION_DISABLED|ssl:renegotiation_disabled|no_renegotiation\(100\)|renegotiation (?:not allowed|disabled)/i,
    unless: /tls: no renegotiation|client initiated|(?<!handshake )to avoid|SSL renegotiation disabled/i,
    example: 'error:0A000153:SSL routines::no renegotiation',
  },
  {
    code: 'renegotiation-refused',
    program: 'BouncyCastle',
    side: 'client',
    says: /internal_error\(80\)(?: alert)?[:;,]? ?Failed to read record|no renegotiation support planned/i,
    example:
      'org.bouncycastle.jsse.provider.ProvTlsClient notifyAlertRaised: Client raised fatal(2) internal_error(80) alert: Failed to read record',
  },
  {
    code: 'renegotiation-asked',
    side: 'client',
    says: /renegotiate to request client certificate|\bHello ?Request\b(?! handshake)|TLS handshake, Hello request \(0\)|ERR_SSL_RENEGOTIATION_REQUESTED|request to renegotiate|SEC_I_RENEGOTIATE|schannel: (?:remote party requests renegotiation|renegotiating SSL\/TLS connection)/i,
    facts: { how: 'renegotiation' },
    example: '* schannel: remote party requests renegotiation',
  },
  {
    code: 'post-handshake-failed',
    side: 'client',
    says: /post[- ]handshake (?:auth(?:entication)?|client auth) (?:is )?(?:not|un)\W?supported|(?:no|not) support (?:for )?post[- ]handshake auth|SSL_ERROR_POST_HANDSHAKE\w*|SSL_ERROR_RX_UNEXPECTED_CERT(?:IFICATE)?_REQUEST|unexpected post-?handshake|received unexpected handshake message: CertificateRequest|unexpected handshake message of type \*tls\.certificateRequestMsg|POST_HANDSHAKE_AUTH|UnexpectedMessage.*CertificateRequest|inappropriate handshake message.*CertificateRequest|Unexpected handshake message: certificate_request/i,
    unless: /post_handshake_auth ?=/i,
    example:
      'tls: received unexpected handshake message of type *tls.certificateRequestMsgTLS13 when waiting for nothing; unexpected handshake message of type *tls.certificateRequestMsgTLS13',
  },
  {
    code: 'no-certificate-sent',
    program: 'Go',
    side: 'server',
    says: /tls: client didn't provide a certificate/i,
    example: "http: TLS handshake error from 10.0.0.9:50022: tls: client didn't provide a certificate",
  },
  {
    code: 'no-certificate-sent',
    side: 'client',
    says: /tls: certificate required|alert certificate required|CERTIFICATE_REQUIRED\b|CertificateRequired\b|certificate_required\b|alert number (?<alert>116)\b|alert 116\b/i,
    example: 'remote error: tls: certificate required',
  },
  {
    code: 'no-certificate-sent',
    side: 'server',
    says: /NoCertificatesPresented|peer sent no certificates|Empty (?:client|server)? ?certificate chain|null cert chain|PEER_DID_NOT_RETURN_A_CERTIFICATE/i,
    example: 'javax.net.ssl.SSLHandshakeException: Empty client certificate chain',
  },
  {
    code: 'usage-refused',
    says: /x509: certificate specifies an incompatible key usage|Extended key usage does not permit use for TLS client authentication|certificate does not permit use for TLS client|unsupported certificate purpose|unsuitable certificate purpose|InvalidPurpose|not suitable for client auth|KeyUsage does not allow digital signatures/i,
    unless: /Certificate Verification: Error|verify error: \(|depth lookup/i,
    example: 'tls: failed to verify certificate: x509: certificate specifies an incompatible key usage',
  },
  {
    code: 'issuer-unknown',
    side: 'server',
    says: /failed to verify (?:client'?s? )?certificate: x509: certificate signed by unknown authority|http: TLS handshake error .*x509: certificate signed by unknown authority/i,
    unless: /(?:Get|Post|Put|Head|Delete|Patch) "?https:/i,
    example:
      'http: TLS handshake error from 10.0.0.9:50022: tls: failed to verify certificate: x509: certificate signed by unknown authority',
  },
  {
    code: 'issuer-unknown',
    program: 'openssl verify',
    says: /\berror (?<error>2|18|19|20|21) at \d+ depth lookup/i,
    example: 'error 20 at 0 depth lookup: unable to get local issuer certificate',
  },
  {
    code: 'certificate-expired',
    program: 'openssl verify',
    says: /\berror (?<error>9|10) at \d+ depth lookup/i,
    example: 'error 10 at 0 depth lookup: certificate has expired',
  },
  {
    code: 'certificate-revoked',
    program: 'openssl verify',
    says: /\berror (?<error>23) at \d+ depth lookup/i,
    example: 'error 23 at 0 depth lookup: certificate revoked',
  },
  {
    code: 'usage-refused',
    program: 'openssl verify',
    says: /\berror (?<error>26) at \d+ depth lookup/i,
    example: 'error 26 at 0 depth lookup: unsuitable certificate purpose',
  },
  {
    code: 'server-untrusted',
    side: 'client',
    says: /(?:Get|Post|Put|Head|Delete|Patch) "?https:\S+ .*x509: certificate signed by unknown authority|CERTIFICATE_VERIFY_FAILED|certificate verify failed|unable to get local issuer certificate|self[- ]signed certificate in certificate chain|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT_LOCALLY|unable to verify the first certificate|PKIX path building failed|unable to find valid certification path|invalid peer certificate: UnknownIssuer|ERR_CERT_AUTHORITY_INVALID|SEC_ERROR_UNKNOWN_ISSUER/i,
    unless:
      /depth lookup|verification failed|client SSL certificate verify|Certificate Verification: Error|ssl[cs]ert_verify|verify client|client cert/i,
    example:
      'ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate (_ssl.c:1007)',
  },
  {
    code: 'issuer-unknown',
    side: 'client',
    says: /tls: unknown certificate authority|alert unknown ca\b|TLSV1_ALERT_UNKNOWN_CA|fatal alert: unknown_ca\b|received fatal alert: UnknownCA|alert number (?<alert>48)\b/i,
    example: 'error:14094418:SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca:SSL alert number 48',
  },
  {
    code: 'certificate-expired',
    side: 'client',
    says: /tls: expired certificate|alert certificate expired|SSLV3_ALERT_CERTIFICATE_EXPIRED|fatal alert: certificate_expired|fatal alert: CertificateExpired|alert number (?<alert>45)\b/i,
    example: 'javax.net.ssl.SSLHandshakeException: Received fatal alert: certificate_expired',
  },
  {
    code: 'certificate-revoked',
    side: 'client',
    says: /tls: revoked certificate|alert certificate revoked|SSLV3_ALERT_CERTIFICATE_REVOKED|fatal alert: certificate_revoked|fatal alert: CertificateRevoked|alert number (?<alert>44)\b/i,
    example: 'remote error: tls: revoked certificate',
  },
  {
    code: 'usage-refused',
    side: 'client',
    says: /tls: unsupported certificate|alert unsupported certificate|SSLV3_ALERT_UNSUPPORTED_CERTIFICATE|fatal alert: unsupported_certificate|fatal alert: UnsupportedCertificate|alert number (?<alert>43)\b/i,
    example: 'remote error: tls: unsupported certificate',
  },
  {
    code: 'certificate-refused',
    side: 'client',
    says: /remote error: tls: (?:bad|unknown) certificate(?! authority)|alert bad certificate|alert certificate unknown|alert access denied|SSLV3_ALERT_BAD_CERTIFICATE|SSLV3_ALERT_CERTIFICATE_UNKNOWN|TLSV1_ALERT_ACCESS_DENIED|fatal alert: (?:bad_certificate|certificate_unknown|access_denied|BadCertificate|CertificateUnknown|AccessDenied)\b|alert number (?<alert>42|46|49)\b/i,
    example: 'javax.net.ssl.SSLHandshakeException: Received fatal alert: bad_certificate',
  },
  {
    code: 'handshake-failure',
    side: 'client',
    says: /tls: handshake failure|alert handshake failure|SSLV3_ALERT_HANDSHAKE_FAILURE|fatal alert: (?:handshake_failure|HandshakeFailure)\b|alert number (?<alert>40)\b|SSL alert (?<said>40)\b/i,
    example: 'error:14094410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:SSL alert number 40',
  },
  {
    code: 'no-certificate-chosen',
    program: 'Java',
    side: 'client',
    says: /no suitable (?:client )?certificate found|No X\.509 cert(?:ificate)? (?:selected|for client auth)|No available client auth(?:entication)? (?:scheme|certificate)|(?:No available|Unavailable) authentication scheme|no_certificate\b.*client|HandshakeFailed.*no suitable certificate|\*\*\* Certificate chain <empty>|"Certificates": <empty list>|No matching alias found|No client certificate (?:was )?(?:found|available|selected)/i,
    example: 'Warning: no suitable certificate found - continuing without client authentication',
  },
  {
    code: 'no-common-algorithm',
    says: /no shared signature algorithms?|no suitable signature algorithm|NO_SHARED_SIGNATURE_ALGORITHMS|NO_SUITABLE_SIGNATURE_ALGORITHM|peer doesn't support any of the certificate's signature algorithms|NoSignatureSchemesInCommon|NO_COMMON_SIGNATURE_ALGORITHMS|No supported signature algorithm|ERR_SSL_CLIENT_AUTH_NO_COMMON_ALGORITHMS|Cannot produce CertificateVerify signature|No (?:supported|available|preferred) (?:CertificateVerify )?signature algorithm|unsupported certificate algorithm|wrong signature type|WRONG_SIGNATURE_TYPE/i,
    example: 'error:0A000175:SSL routines::no suitable signature algorithm',
  },
  {
    code: 'no-issuers-named',
    program: 'OpenSSL',
    side: 'client',
    says: /No client certificate CA names sent/i,
    // A session of s_client prints it also where nothing was asked for; its own reader knows which.
    notBelow: /^---$/,
    example: 'No client certificate CA names sent',
  },
  {
    code: 'chain-incomplete',
    says: /Certificate message has (?:only )?(?:one|1) certificate|only the leaf(?: certificate)? (?:is|was|arrive[sd]) ?(?:sent)?|did not send (?:its|the) intermediate/i,
    example: 'the capture shows that the Certificate message has one certificate',
  },
  {
    code: 'revocation-unavailable',
    says: /unable to get certificate CRL|CRL has expired|UndeterminedRevocationStatus|Could not determine revocation status|OCSP (?:responder|server|response)?\W{0,3}(?:is |was )?(?:unreachable|not reachable|timed? ?out|unavailable)|RevocationStatusUnknown|OfflineRevocation/i,
    unless: /verify error: \(|Certificate Verification: Error/i,
    example: 'error 3 at 0 depth lookup: unable to get certificate CRL',
  },
  {
    code: 'key-unusable',
    says: /key values mismatch|KEY_VALUES_MISMATCH|private key does not match (?:the |its )?(?:public key|certificate)|tls: private key does not match public key|KeyMismatch|could not (?:load|read|use) (?:the )?(?:client )?private key|unable to (?:load|set|use) (?:client )?(?:key|private key) file|bad decrypt/i,
    unless: /SSL_CTX_use_PrivateKey\(/i,
    example: "curl: (58) unable to set private key file: 'ada.key' type PEM",
  },
  {
    code: 'connection-reset',
    says: /\bECONNRESET\b|Connection reset(?: by peer)?\b|ConnectionResetError|connection was aborted|'Connection aborted\.'|socket hang up|wsarecv: An existing connection/i,
    unless: /upstream/i,
    example: "('Connection aborted.', OSError(\"(104, 'ECONNRESET')\"))",
  },
];
