import { clientModel } from './rules/family.ts';
import { ignoresList } from './rules/issuer-list.ts';
import { DOTNET_HTTP_LATE } from './rules/late.ts';
import { firstMatch } from './rules/picks.ts';
import { platformScheme } from './rules/tls-stack.ts';
import { forClientAuth, mayDigitallySign } from './rules/usage.ts';

/** .NET HttpClient with ClientCertificates: takes the first eligible one and never reads the list or the dates. */
export default clientModel({
  id: 'dotnet-httpclient',
  title: '.NET HttpClient',
  name: '.NET HttpClient',
  source: 'dotnet/runtime CertificateHelper.cs GetEligibleClientCertificate',
  confidence: 'source',
  checks: [forClientAuth('does not count'), mayDigitallySign('withheld')],
  afterwards: [platformScheme, ignoresList],
  offers: 'offered',
  picks: firstMatch,
  late: DOTNET_HTTP_LATE,
});
