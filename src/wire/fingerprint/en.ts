import type { Catalog } from '../../base/message.ts';

/** What the habits of a TLS library are called. */
export const fingerprintEnglish = {
  'kind-hello-12': 'extensions of the TLS 1.2 ServerHello in the order {saw}, as {stack} sends them',
  'kind-hello-13': 'extensions of the TLS 1.3 ServerHello in the order {saw}, as {stack} sends them',
  'kind-flight': 'handshake messages lie in records ({saw}) as {stack} packs them',
  'kind-session-id': 'a session id of {saw} bytes without a ticket, as {stack} gives it',
  'kind-request-extensions':
    'extensions of the TLS 1.3 CertificateRequest in the order {saw}, as {stack} sends them',
  'kind-types': 'certificate types {saw}, the default of {stack}',
  'kind-schemes': 'signature algorithms begin {saw}, the default of {stack}',
  'kind-header': 'the Server header says «{saw}» (weak: anyone can write it, and a proxy may pass it on)',
  'kind-page': "the error page has the shape of {saw}'s (weak: a proxy may pass it on)",
  'kind-nt-authority':
    'the list names «{saw}», which SslStream of .NET on Windows may add (dotnet/runtime#60949; not verified here)',
} as const satisfies Catalog;
