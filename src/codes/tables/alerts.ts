import type { Entry } from '../entry.ts';

const alert = (code: number, name: string, means: string, next: string[], source = 'RFC 8446 6'): Entry => ({
  code,
  name,
  means,
  seen: 'on the wire; Schannel event 36887 where it was received, 36888 where it was sent',
  next,
  source,
});

const WHO = 'find out who sent it: event 36887 means the other side, 36888 this one';
const WHY = 'handclasp why https://HOST/ --cert user.cer';

/** TLS alerts (RFC 8446 6, RFC 5246 7.2) by what they tell about a client certificate. */
export const alerts: readonly Entry[] = [
  alert(0, 'close_notify', 'The regular end of a connection, not an error.', []),
  alert(
    10,
    'unexpected_message',
    'A message came at the wrong time: for example a CertificateRequest after a TLS 1.3 handshake, from a client that never offered to answer it.',
    ['let the record ask in the handshake: clientcertnegotiation=enable', WHO],
  ),
  alert(20, 'bad_record_mac', 'A record was damaged or encrypted with the wrong key.', [
    'try without proxy and TLS inspection',
  ]),
  alert(22, 'record_overflow', 'A record is longer than TLS allows.', [
    'try without proxy and TLS inspection',
  ]),
  alert(
    40,
    'handshake_failure',
    'The sender gave up. From a TLS 1.2 server right after an empty Certificate: a certificate was required. http.sys goes on instead and answers 403.7, so this is most likely another server. From Chromium: no signature algorithm that its key can do.',
    [WHY, WHO],
    'RFC 5246 7.4.6; clients observed on loopback',
  ),
  alert(
    41,
    'no_certificate',
    'SSL 3 only: the client has no certificate.',
    ['update the client'],
    'RFC 6101 5.4.2',
  ),
  alert(42, 'bad_certificate', 'The certificate is broken, or its signature does not fit.', [
    WHO,
    'certutil -dump user.cer',
  ]),
  alert(
    43,
    'unsupported_certificate',
    'The kind of the certificate, its key or its usage, is not accepted.',
    [WHY, WHO],
  ),
  alert(44, 'certificate_revoked', 'The receiver holds the certificate for revoked.', [
    WHO,
    'certutil -verify -urlfetch user.cer',
  ]),
  alert(45, 'certificate_expired', 'The certificate is outside its dates, by the clock of the receiver.', [
    WHO,
    'compare the dates with that clock',
  ]),
  alert(46, 'certificate_unknown', 'The certificate was refused, the reason is not told.', [
    WHO,
    'CAPI2 log of that side',
  ]),
  alert(47, 'illegal_parameter', 'A field holds what it may not hold.', [WHO]),
  alert(
    48,
    'unknown_ca',
    'The receiver of a certificate knows no root for it. Sent by a server: it does not trust the client certificate. Sent by a client: it does not trust the server.',
    [WHO, 'look at the roots of that side'],
  ),
  alert(49, 'access_denied', 'The certificate is good, but access is refused.', [
    WHO,
    'check the mapping of the certificate',
  ]),
  alert(50, 'decode_error', 'A message could not be read.', [WHO, 'try without proxy and TLS inspection']),
  alert(
    51,
    'decrypt_error',
    'A signature in the handshake does not fit, for example that of the client over its certificate.',
    ['try with TLS 1.2 and with a key in software: smart cards and TPMs often cannot do PSS'],
  ),
  alert(70, 'protocol_version', 'No common TLS version.', [
    'handclasp why https://HOST/ --tls 1.2, then 1.3; disabletls… fields of the record',
  ]),
  alert(71, 'insufficient_security', 'The receiver wants stronger ciphers.', ['compare the cipher suites']),
  alert(80, 'internal_error', 'The sender failed inside.', [
    'Schannel events at the same second, above all 36870: is the key of the server usable?',
  ]),
  alert(
    86,
    'inappropriate_fallback',
    'The client tried an older version although both could do better.',
    ['find out why its first attempt failed'],
    'RFC 7507',
  ),
  alert(90, 'user_canceled', 'The user broke off the handshake, for example in the PIN window.', []),
  alert(
    100,
    'no_renegotiation',
    'The client refuses a second handshake: IIS wanted the certificate late, and gets none.',
    ['let the record ask in the handshake: clientcertnegotiation=enable'],
    'RFC 5246 7.2.2',
  ),
  alert(109, 'missing_extension', 'A handshake message lacks an extension that TLS 1.3 demands.', [WHO]),
  alert(110, 'unsupported_extension', 'A handshake message has an extension that was not offered.', [WHO]),
  alert(
    112,
    'unrecognized_name',
    'The server knows no site of the name in SNI.',
    ['netsh http show sslcert: is there a hostnameport record of that name?'],
    'RFC 6066 3',
  ),
  alert(
    113,
    'bad_certificate_status_response',
    'The stapled OCSP answer was not accepted.',
    ['disableocspstapling on the record shows whether it is that'],
    'RFC 6066 8',
  ),
  alert(115, 'unknown_psk_identity', 'The server does not know the key that the client named.', [
    'not about certificates',
  ]),
  alert(
    116,
    'certificate_required',
    'A TLS 1.3 server demands a client certificate and got an empty Certificate. The client already believed itself connected. http.sys answers 403.7 instead, so this is most likely another server.',
    [WHY],
    'RFC 8446 4.4.2.4',
  ),
  alert(
    120,
    'no_application_protocol',
    'No common application protocol (ALPN).',
    ['look at Disable HTTP2 of the record and at what the client offers'],
    'RFC 7301 3.2',
  ),
];
