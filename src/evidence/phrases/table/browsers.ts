import type { Phrase } from '../phrase.ts';

/** Errors of browsers: Chromium's net_error_list.h, Firefox's SSLerrs.h. */
export const BROWSERS: readonly Phrase[] = [
  {
    code: 'certificate-refused',
    program: 'Chromium',
    side: 'client',
    says: /ERR_BAD_SSL_CLIENT_AUTH_CERT|ERR_SSL_BAD_CLIENT_CERT/i,
    example: 'net::ERR_BAD_SSL_CLIENT_AUTH_CERT',
  },
  {
    code: 'no-certificate-chosen',
    program: 'Chromium',
    side: 'client',
    says: /ERR_SSL_CLIENT_AUTH_CERT_NEEDED/i,
    example: 'net::ERR_SSL_CLIENT_AUTH_CERT_NEEDED',
  },
  {
    code: 'key-unusable',
    program: 'Chromium',
    side: 'client',
    says: /ERR_SSL_CLIENT_AUTH_(?:CERT_NO_PRIVATE_KEY|PRIVATE_KEY_ACCESS_DENIED|SIGNATURE_FAILED)/i,
    example: 'ERR_SSL_CLIENT_AUTH_SIGNATURE_FAILED',
  },
  {
    code: 'connection-reset',
    program: 'Chromium',
    side: 'client',
    says: /ERR_CONNECTION_(?:RESET|CLOSED|ABORTED)|ERR_EMPTY_RESPONSE|PR_CONNECT_RESET_ERROR|PR_END_OF_FILE_ERROR/i,
    example: 'ERR_CONNECTION_RESET',
  },
  {
    code: 'http2-in-the-way',
    side: 'client',
    says: /ERR_HTTP2_PROTOCOL_ERROR|ERR_HTTP_1_1_REQUIRED|\b(?:NGHTTP2_)?HTTP_1_1_REQUIRED\b|NS_ERROR_NET_INADEQUATE_SECURITY|ERR_SPDY_PROTOCOL_ERROR|\bHTTP\/2 stream .{0,60}HTTP_1_1_REQUIRED/i,
    example: 'curl: (92) HTTP/2 stream 1 was not closed cleanly: HTTP_1_1_REQUIRED (err 13)',
  },
  {
    code: 'no-certificate-sent',
    program: 'Firefox',
    side: 'client',
    says: /SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT/i,
    example: 'Error code: SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT',
  },
  {
    code: 'certificate-refused',
    program: 'Firefox',
    side: 'client',
    says: /SSL_ERROR_(?:BAD_CERT_ALERT|CERTIFICATE_UNKNOWN_ALERT|ACCESS_DENIED_ALERT)/i,
    example: 'Error code: SSL_ERROR_BAD_CERT_ALERT',
  },
  {
    code: 'issuer-unknown',
    program: 'Firefox',
    side: 'client',
    says: /SSL_ERROR_UNKNOWN_CA_ALERT/i,
    example: 'Error code: SSL_ERROR_UNKNOWN_CA_ALERT',
  },
  {
    code: 'certificate-expired',
    program: 'Firefox',
    side: 'client',
    says: /SSL_ERROR_EXPIRED_CERT_ALERT/i,
    example: 'Error code: SSL_ERROR_EXPIRED_CERT_ALERT',
  },
  {
    code: 'certificate-revoked',
    program: 'Firefox',
    side: 'client',
    says: /SSL_ERROR_REVOKED_CERT_ALERT/i,
    example: 'Error code: SSL_ERROR_REVOKED_CERT_ALERT',
  },
  {
    code: 'handshake-failure',
    program: 'Firefox',
    side: 'client',
    says: /SSL_ERROR_HANDSHAKE_FAILURE_ALERT/i,
    example: 'Error code: SSL_ERROR_HANDSHAKE_FAILURE_ALERT',
  },
  {
    code: 'renegotiation-refused',
    program: 'Firefox',
    side: 'client',
    says: /SSL_ERROR_RENEGOTIATION_NOT_ALLOWED|SSL_ERROR_NO_RENEGOTIATION_ALERT/i,
    example: 'Error code: SSL_ERROR_RENEGOTIATION_NOT_ALLOWED',
  },
];
