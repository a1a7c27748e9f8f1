import { clear, defineDiagnosis, found } from '../../engine/diagnosis.ts';
import { rootStore } from '../../facts/issuers.ts';
import { isSelfSigned } from '../../windows/schannel/chain.ts';
import { printName } from '../../wire/x509/name.ts';

/**
 * Root is for self-signed certificates alone. With one issued certificate among them Schannel refuses client
 * chains (list off), or names only the issued ones (list on and fed by Root) [KB2802568, SCH-OV].
 */
export default defineDiagnosis({
  id: 'root-store-not-self-signed',
  title: 'The machine store Root holds a certificate that is no root',
  severity: 'blocks-logon',
  cites: ['KB2802568', 'Microsoft, What is new in TLS/SSL (Schannel SSP)'],
  about: 'host',
  sentence:
    'The machine store Root holds {count} certificate(s) that are not self-signed, first «{subject}» issued by ' +
    '«{issuer}» (thumbprint {thumbprint}); they belong into CA.',
  needs: { root: rootStore },
  check({ root }) {
    const strangers = root.value.filter(({ certificate }) => !isSelfSigned(certificate));
    const [first] = strangers;
    if (!first) return clear;
    return found({
      because: strangers.flatMap((one) => one.because),
      facts: {
        count: strangers.length,
        subject: printName(first.certificate.subject),
        issuer: printName(first.certificate.issuer),
        thumbprint: first.thumbprint,
      },
      changes: strangers.flatMap(({ thumbprint, certificate }) => {
        const subject = printName(certificate.subject);
        return [
          { kind: 'stores/add' as const, store: 'CA', subject },
          { kind: 'stores/remove' as const, store: 'Root', subject, thumbprint },
        ];
      }),
    });
  },
});
