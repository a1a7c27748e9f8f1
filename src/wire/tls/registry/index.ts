/** Code points of TLS by number; unknown ones keep their number. */
export { alert } from './alert.ts';
export { cipherSuite } from './cipher-suite.ts';
export { clientCertificateType } from './client-certificate-type.ts';
export { contentType } from './content-type.ts';
export { extensionType } from './extension-type.ts';
export { handshakeType } from './handshake-type.ts';
export { namedGroup } from './named-group.ts';
export type { Registry } from './registry.ts';
export { signatureScheme } from './signature-scheme.ts';
export { version } from './version.ts';
