import { makeRegistry, run } from './registry.ts';

/** Alert descriptions (IANA TLS Alerts), the reserved ones of SSL 3.0 and TLS 1.0 among them. */
export const alert = makeRegistry(2, [
  [0, 'close_notify'],
  [10, 'unexpected_message'],
  ...run(20, 'bad_record_mac', 'decryption_failed', 'record_overflow'),
  [30, 'decompression_failure'],
  ...run(40, 'handshake_failure', 'no_certificate', 'bad_certificate', 'unsupported_certificate'),
  ...run(44, 'certificate_revoked', 'certificate_expired', 'certificate_unknown', 'illegal_parameter'),
  ...run(48, 'unknown_ca', 'access_denied', 'decode_error', 'decrypt_error', 'too_many_cids_requested'),
  [60, 'export_restriction'],
  ...run(70, 'protocol_version', 'insufficient_security'),
  [80, 'internal_error'],
  [86, 'inappropriate_fallback'],
  [90, 'user_canceled'],
  [100, 'no_renegotiation'],
  ...run(109, 'missing_extension', 'unsupported_extension', 'certificate_unobtainable', 'unrecognized_name'),
  ...run(113, 'bad_certificate_status_response', 'bad_certificate_hash_value', 'unknown_psk_identity'),
  ...run(116, 'certificate_required', 'general_error'),
  ...run(120, 'no_application_protocol', 'ech_required'),
]);

export const ALERT = {
  closeNotify: 0,
  unexpectedMessage: 10,
  badRecordMac: 20,
  recordOverflow: 22,
  handshakeFailure: 40,
  illegalParameter: 47,
  decodeError: 50,
  decryptError: 51,
  protocolVersion: 70,
  internalError: 80,
  userCanceled: 90,
  noRenegotiation: 100,
  missingExtension: 109,
} as const;
