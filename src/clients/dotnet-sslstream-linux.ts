import { clientModel } from './rules/family.ts';
import { ignoresList } from './rules/issuer-list.ts';
import { DOTNET_LINUX_LATE } from './rules/late.ts';
import { OPENSSL_ABILITIES } from './rules/openssl.ts';
import { firstOfAll } from './rules/picks.ts';
import { commonScheme } from './rules/signing.ts';

/** .NET SslStream on Linux: the first of ClientCertificates, through OpenSSL. */
export default clientModel({
  id: 'dotnet-sslstream-linux',
  title: '.NET SslStream (Linux)',
  name: '.NET SslStream (Linux)',
  source: 'dotnet/runtime SslStreamPal.Unix.cs',
  confidence: 'source',
  checks: [commonScheme(OPENSSL_ABILITIES, 'withheld'), ignoresList],
  offers: 'offered',
  picks: firstOfAll,
  late: DOTNET_LINUX_LATE,
});
