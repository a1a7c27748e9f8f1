import { makeRegistry, run } from './registry.ts';

/** ClientCertificateType (IANA TLS ClientCertificateType Identifiers). */
export const clientCertificateType = makeRegistry(2, [
  ...run(1, 'rsa_sign', 'dss_sign', 'rsa_fixed_dh', 'dss_fixed_dh', 'rsa_ephemeral_dh', 'dss_ephemeral_dh'),
  [20, 'fortezza_dms'],
  ...run(64, 'ecdsa_sign', 'rsa_fixed_ecdh', 'ecdsa_fixed_ecdh', 'gost_sign256', 'gost_sign512'),
]);
