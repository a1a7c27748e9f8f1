import { clientModel } from './rules/family.ts';
import { ignoresList } from './rules/issuer-list.ts';
import { RUSTLS_LATE } from './rules/late.ts';
import { applicationPicks } from './rules/picks.ts';
import type { Abilities } from './rules/schemes.ts';
import { commonScheme, someKnownScheme } from './rules/signing.ts';

/** An EC key signs with exactly the scheme of its curve, in TLS 1.2, too (observed). */
const RUSTLS_ABILITIES: Abilities = { ed25519: true, curveBoundIn12: true };

/** rustls with one certificate: reqwest, ureq, hyper-rustls. */
export default clientModel({
  id: 'rustls',
  title: 'rustls, reqwest',
  name: 'rustls',
  source: 'rustls 0.24-dev crypto/signer.rs, client/tls13.rs; observed with rustls 0.20',
  confidence: 'observed',
  // certificate_types, dates and usages are not looked at.
  checks: [
    someKnownScheme(RUSTLS_ABILITIES, 'aborted', 0x0304),
    commonScheme(RUSTLS_ABILITIES, 'withheld'),
    ignoresList,
  ],
  offers: 'offered',
  picks: applicationPicks,
  late: RUSTLS_LATE,
});
