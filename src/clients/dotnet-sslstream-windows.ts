import { clientModel } from './rules/family.ts';
import { issuerListed } from './rules/issuer-list.ts';
import { DOTNET_WINDOWS_LATE } from './rules/late.ts';
import { firstMatch } from './rules/picks.ts';
import { platformScheme } from './rules/tls-stack.ts';

/** .NET SslStream on Windows with ClientCertificates: issuers by the text of their names, parents from the OS stores. */
export default clientModel({
  id: 'dotnet-sslstream-windows',
  title: '.NET SslStream (Windows)',
  name: '.NET SslStream (Windows)',
  source: 'dotnet/runtime SslStream.Protocol.cs SelectClientCertificate',
  confidence: 'source',
  checks: [
    // X509Chain.Build without ExtraStore: what lies beside the certificate in its file does not count.
    issuerListed({
      comparison: 'text',
      parents: 'system-store',
      place: 'windows-stores',
      unknownStore: 'unknown',
    }),
  ],
  afterwards: [platformScheme],
  offers: 'offered',
  picks: firstMatch,
  late: DOTNET_WINDOWS_LATE,
});
