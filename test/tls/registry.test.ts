import { expect, test } from 'vitest';
import * as registries from '../../src/wire/tls/registry/index.ts';

test('names what IANA names', () => {
  const { alert, cipherSuite, clientCertificateType, signatureScheme, version } = registries;
  expect(version.name(0x0303)).toBe('TLS 1.2');
  expect(cipherSuite.name(0x1301)).toBe('TLS_AES_128_GCM_SHA256');
  expect(cipherSuite.name(0x009d)).toBe('TLS_RSA_WITH_AES_256_GCM_SHA384');
  expect(cipherSuite.name(0xc014)).toBe('TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA');
  expect(cipherSuite.name(0xc0af)).toBe('TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8');
  expect(cipherSuite.name(0xccae)).toBe('TLS_RSA_PSK_WITH_CHACHA20_POLY1305_SHA256');
  expect(alert.name(116)).toBe('certificate_required');
  expect(alert.name(120)).toBe('no_application_protocol');
  expect(signatureScheme.name(0x0804)).toBe('rsa_pss_rsae_sha256');
  expect([1, 2, 64].map(clientCertificateType.name)).toEqual(['rsa_sign', 'dss_sign', 'ecdsa_sign']);
});

test('keeps unknown numbers', () => {
  expect(registries.cipherSuite.name(0xfe99)).toBe('0xfe99');
  expect(registries.signatureScheme.name(0x9)).toBe('0x0009');
  expect(registries.alert.name(255)).toBe('0xff');
});

test.each(Object.entries(registries))('no name of %s stands for two codes', (_, registry) => {
  const names = [...registry.entries.values()];
  expect(new Set(names).size).toBe(names.length);
  for (const [code, name] of registry.entries) expect(registry.number(name)).toBe(code);
});
