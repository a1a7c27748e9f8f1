import { clientModel } from './rules/family.ts';
import { issuerListed } from './rules/issuer-list.ts';
import { platformScheme } from './rules/tls-stack.ts';

/** .NET SslStream on Windows with ClientCertificates: issuers by the text of their names, parents from the OS stores. */
export default clientModel({
  id: 'dotnet-sslstream-windows',
  title: '.NET SslStream (Windows)',
  name: '.NET SslStream',
  source: 'dotnet/runtime SslStream.Protocol.cs SelectClientCertificate',
  confidence: 'source',
  checks: [
    // X509Chain.Build without ExtraStore: what lies beside the certificate in its file does not count.
    issuerListed({
      comparison: 'text',
      parents: 'system-store',
      place: 'the Windows CA stores',
      unknownStore: 'unknown',
    }),
    platformScheme,
  ],
  offers: 'offered',
});
