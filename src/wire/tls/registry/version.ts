import { makeRegistry, run } from './registry.ts';

/** Protocol versions (RFC 8446 appendix D); DTLS ones count downwards (RFC 6347, RFC 9147). */
export const version = makeRegistry(4, [
  [0x0002, 'SSL 2.0'],
  ...run(0x0300, 'SSL 3.0', 'TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'),
  // Drafts of TLS 1.3 that browsers spoke, and Facebook's numbers for them.
  ...Array.from({ length: 15 }, (_, i): [number, string] => [0x7f0e + i, `TLS 1.3 draft ${14 + i}`]),
  [0xfb17, 'TLS 1.3 draft 23 (Facebook)'],
  [0xfb1a, 'TLS 1.3 draft 26 (Facebook)'],
  [0xfeff, 'DTLS 1.0'],
  [0xfefd, 'DTLS 1.2'],
  [0xfefc, 'DTLS 1.3'],
]);

export const TLS10 = 0x0301;
export const TLS11 = 0x0302;
export const TLS12 = 0x0303;
export const TLS13 = 0x0304;
