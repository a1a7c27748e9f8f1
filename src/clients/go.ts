import { clientModel } from './rules/family.ts';
import { issuerListed } from './rules/issuer-list.ts';
import { keyTypeListed } from './rules/key-types.ts';
import { GO_LATE } from './rules/late.ts';
import { firstMatch } from './rules/picks.ts';
import { commonScheme } from './rules/signing.ts';

/** Go programs that fill tls.Config.Certificates; those with GetClientCertificate decide for themselves. */
export default clientModel({
  id: 'go',
  title: 'Go (crypto/tls)',
  name: 'Go',
  source: 'go 1.24 crypto/tls CertificateRequestInfo.SupportsCertificate; observed with go 1.19',
  confidence: 'observed',
  // Dates and usages are not looked at.
  checks: [
    keyTypeListed('withheld'),
    commonScheme({ sha1: true, ed25519: true }, 'withheld'),
    issuerListed({ comparison: 'der', parents: 'configured', place: 'certificate-file' }),
  ],
  offers: 'offered',
  picks: firstMatch,
  late: GO_LATE,
});
