import type { Catalog } from '../../base/message.ts';

/** What the habits of a TLS library are called. */
export const fingerprintEnglish = {
  'stack-hello-12': 'extensions of the TLS 1.2 ServerHello in the order {saw}, as {stack} sends them',
  'stack-hello-13': 'extensions of the TLS 1.3 ServerHello in the order {saw}, as {stack} sends them',
  'stack-flight': 'handshake messages lie in records ({saw}) as {stack} packs them',
  'stack-session-id': 'a session id of {saw} bytes, as {stack} gives it',
  'stack-request-extensions':
    'extensions of the TLS 1.3 CertificateRequest in the order {saw}, as {stack} sends them',
  'stack-types': 'certificate types {saw}, the default of {stack}',
  'stack-schemes': 'signature algorithms begin {saw}, the default of {stack}',
  'stack-header': 'the Server header says «{saw}» (weak: anyone can write it, and a proxy may pass it on)',
  'stack-page': "the error page has the shape of {saw}'s (weak: a proxy may pass it on)",
  'stack-nt-authority':
    'the list names «{saw}», which SslStream of .NET on Windows may add (dotnet/runtime#60949; not verified here)',
} as const satisfies Catalog;
