import { clear, defineDiagnosis, evidence, found, notApplicable } from '../../engine/diagnosis.ts';
import { rootsListed } from '../../facts/list-source.ts';
import { listTooLong } from '../../facts/list-too-long.ts';

/**
 * A list of issuers that is made of the roots the machine trusts names every public CA and not the private CA of the
 * clients; whoever goes by the list then offers nothing. Old Windows, AD FS set-up and SslStream on Linux make such lists.
 */
export default defineDiagnosis({
  id: 'issuer-list-wrong-source',
  title: 'The list of acceptable issuers is made of trusted roots, not of the CAs of the clients',
  severity: 'blocks-logon',
  cites: [
    'Microsoft, What is new in TLS/SSL (Schannel SSP): order of stores, SendTrustedIssuerList',
    'dotnet/corefx#23938: SslStream on Linux names all system roots',
    'D. McWee, ADFS certificate authentication and a dirty certificate store (2018)',
  ],
  about: 'exchange',
  explains: ['root-store-not-self-signed'],
  sentence:
    'The list of acceptable issuers is made of roots that the machine trusts[ ({count} names)]; clients that go by ' +
    'it[ and hold a certificate of «{issuer}»] find none that fits and offer nothing.',
  needs: { roots: rootsListed, tooLong: listTooLong },
  check({ roots, tooLong }) {
    if (tooLong.known && tooLong.value)
      return notApplicable('the list is longer than Schannel sends: told as issuer-list-truncated-16k');
    const wrong = roots.value;
    if (!wrong) return clear;
    return found({
      because: evidence(roots),
      facts: {
        ...(wrong.count === undefined ? {} : { count: wrong.count }),
        ...(wrong.issuer === undefined ? {} : { issuer: wrong.issuer }),
      },
    });
  },
});
