import { makeRegistry, run } from './registry.ts';

/** ExtensionType (IANA TLS ExtensionType Values). */
export const extensionType = makeRegistry(4, [
  ...run(0, 'server_name', 'max_fragment_length', 'client_certificate_url', 'trusted_ca_keys'),
  ...run(4, 'truncated_hmac', 'status_request', 'user_mapping', 'client_authz', 'server_authz', 'cert_type'),
  ...run(10, 'supported_groups', 'ec_point_formats', 'srp', 'signature_algorithms', 'use_srtp', 'heartbeat'),
  ...run(16, 'application_layer_protocol_negotiation', 'status_request_v2', 'signed_certificate_timestamp'),
  ...run(19, 'client_certificate_type', 'server_certificate_type', 'padding', 'encrypt_then_mac'),
  ...run(23, 'extended_master_secret', 'token_binding', 'cached_info', 'tls_lts', 'compress_certificate'),
  ...run(28, 'record_size_limit', 'pwd_protect', 'pwd_clear', 'password_salt', 'ticket_pinning'),
  ...run(33, 'tls_cert_with_extern_psk', 'delegated_credential', 'session_ticket', 'TLMSP'),
  ...run(37, 'TLMSP_proxying', 'TLMSP_delegate', 'supported_ekt_ciphers'),
  ...run(41, 'pre_shared_key', 'early_data', 'supported_versions', 'cookie', 'psk_key_exchange_modes'),
  ...run(47, 'certificate_authorities', 'oid_filters', 'post_handshake_auth', 'signature_algorithms_cert'),
  ...run(51, 'key_share', 'transparency_info', 'connection_id_deprecated', 'connection_id'),
  ...run(55, 'external_id_hash', 'external_session_id', 'quic_transport_parameters', 'ticket_request'),
  ...run(59, 'dnssec_chain', 'sequence_number_encryption_algorithms', 'rrc', 'tls_flags'),
  [13172, 'next_protocol_negotiation'],
  [17513, 'application_settings'],
  [0xfe0d, 'encrypted_client_hello'],
  [0xff01, 'renegotiation_info'],
]);

export const EXTENSION = {
  serverName: 0,
  supportedGroups: 10,
  ecPointFormats: 11,
  signatureAlgorithms: 13,
  protocols: 16,
  encryptThenMac: 22,
  extendedMasterSecret: 23,
  sessionTicket: 35,
  preSharedKey: 41,
  supportedVersions: 43,
  cookie: 44,
  pskKeyExchangeModes: 45,
  certificateAuthorities: 47,
  postHandshakeAuth: 49,
  signatureAlgorithmsCert: 50,
  keyShare: 51,
  renegotiationInfo: 0xff01,
} as const;
