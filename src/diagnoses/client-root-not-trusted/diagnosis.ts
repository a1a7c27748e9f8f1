import { clear, clearBy, defineDiagnosis, evidence, found, notApplicable } from '../../engine/diagnosis.ts';
import { missingRoot, untrustedRefusals } from '../../facts/client-chain.ts';
import { rootStore } from '../../facts/issuers.ts';
import { trustMode } from '../../facts/policy.ts';
import { isSelfSigned } from '../../windows/schannel/chain.ts';

/**
 * The chain of a client must end in the machine's own Root; that of a user or another machine does not count
 * [domain 7, cause 7]. Two other causes give the same status: a stray in Root, and a trust mode without its store.
 */
export default defineDiagnosis({
  id: 'client-root-not-trusted',
  title: "The root of the client's chain is not in the machine's Root",
  severity: 'blocks-logon',
  cites: ['Microsoft KB943891: 403.16', 'winerror.h: CERT_E_UNTRUSTEDROOT 0x800B0109'],
  about: 'exchange',
  sentence:
    "The machine's Root does not hold the root of the client's chain[ («{root}»)], so its certificates are refused " +
    'with 403.16[, {count} in the log].',
  needs: { refused: untrustedRefusals, root: missingRoot, stored: rootStore, mode: trustMode },
  check({ refused, root, stored, mode }) {
    if (root.known && root.value === null) return clear;
    const lines = refused.value;
    if (!lines) return clearBy(refused);
    // Without ClientAuthTrustMode, or with 0, the machine's Root decides: a root that it lacks is enough.
    const isLacking = root.known && root.value !== null;
    if (!(isLacking && !mode.known) && mode.value !== 0)
      return notApplicable(`ClientAuthTrustMode is ${mode.value}: the store of the record decides`);
    // Without the client's certificate: what else gives this status is ruled out by the contents of Root.
    if (!root.known && !stored.value.every(({ certificate }) => isSelfSigned(certificate)))
      return notApplicable('a certificate in Root that is no root gives the same status');
    return found({
      ...(mode.known
        ? {}
        : { likely: 'unless ClientAuthTrustMode is 1 or 2, where the store of the record decides' }),
      because: evidence(refused, root, mode),
      facts: {
        ...(root.known && root.value !== null ? { root: root.value } : {}),
        ...(lines.count > 0 ? { count: lines.count } : {}),
      },
    });
  },
});
