import { clear, clearBy, defineDiagnosis, evidence, found } from '../../engine/diagnosis.ts';
import { disallowedInChain, distrustedRefusals } from '../../facts/client-chain.ts';

/** What lies in Disallowed is refused, whatever vouches for it elsewhere [domain 7, cause 21]. */
export default defineDiagnosis({
  id: 'client-issuer-disallowed',
  title: "The machine distrusts the client's certificate or its CA",
  severity: 'blocks-logon',
  cites: ['winerror.h: TRUST_E_EXPLICIT_DISTRUST 0x800B0111', 'Microsoft KB943891: 403.16'],
  about: 'exchange',
  sentence:
    "The store Disallowed of the machine rules out the client's chain[ by «{name}»][, {count} refusals in the log].",
  needs: { refused: distrustedRefusals, disallowed: disallowedInChain },
  check({ refused, disallowed }) {
    const lines = refused.known ? refused.value : null;
    const name = disallowed.known ? disallowed.value : null;
    if (lines || name !== null)
      return found({
        because: evidence(...(lines ? [refused] : []), ...(name === null ? [] : [disallowed])),
        facts: {
          ...(name === null ? {} : { name }),
          ...(lines && lines.count > 0 ? { count: lines.count } : {}),
        },
      });
    return disallowed.known ? clear : clearBy(refused);
  },
});
