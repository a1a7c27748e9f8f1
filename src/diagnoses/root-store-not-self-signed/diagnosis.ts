import { clear, defineDiagnosis, found } from '../../engine/diagnosis.ts';
import { rootStrays } from '../../facts/root-strays.ts';

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
  explains: ['issuer-list-wrong-source', 'client-root-not-trusted'],
  sentence:
    'The machine store Root holds {count} certificate(s) that are not self-signed, first «{subject}» issued by ' +
    '«{issuer}»[ (thumbprint {thumbprint})]; they belong into CA.',
  needs: { strays: rootStrays },
  check({ strays }) {
    const [first] = strays.value;
    if (!first) return clear;
    return found({
      because: strays.value.map(({ at }) => at),
      facts: {
        count: strays.value.length,
        subject: first.subject,
        issuer: first.issuer ?? 'another CA',
        ...(first.thumbprint === undefined ? {} : { thumbprint: first.thumbprint }),
      },
      changes: strays.value.flatMap(({ thumbprint, subject }) => [
        { kind: 'stores/add' as const, store: 'CA', subject },
        ...(thumbprint === undefined
          ? []
          : [{ kind: 'stores/remove' as const, store: 'Root', subject, thumbprint }]),
      ]),
    });
  },
});
