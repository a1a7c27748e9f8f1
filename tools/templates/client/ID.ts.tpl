import { clientModel } from './rules/family.ts';
import { issuerListed } from './rules/issuer-list.ts';
import { keyTypeListed } from './rules/key-types.ts';
import { UNKNOWN_LATE } from './rules/late.ts';
import { firstMatch } from './rules/picks.ts';
import { commonScheme } from './rules/signing.ts';

/** Which programs this is. */
export default clientModel({
  id: '{id}',
  title: 'The name that users know',
  name: '{id}',
  source: 'the source, document or observation, with its version',
  confidence: 'unverified',
  checks: [
    keyTypeListed('withheld'),
    commonScheme({ sha1: true, ed25519: true }, 'withheld'),
    issuerListed({ comparison: 'der', parents: 'configured', place: 'certificate-file' }),
  ],
  offers: 'offered',
  picks: firstMatch,
  late: UNKNOWN_LATE,
});
