import { clear, defineDiagnosis, evidence, found } from '../../engine/diagnosis.ts';
import { overwriting, staleHashes } from '../../facts/legacy-metabase.ts';

/**
 * Property 5506 of the old metabase keeps a certificate hash in applicationHost.config. The compatibility layer of IIS 6
 * applies it again and again, and deletes or rewrites the http.sys record of the site [KB2025598, 15300].
 */
export default defineDiagnosis({
  id: 'binding-overwritten-by-legacy-metabase',
  title: 'A certificate hash left in the old metabase keeps overwriting the http.sys record',
  severity: 'blocks-logon',
  cites: ['KB2025598', 'Microsoft IIS support blog 376396: SSL bindings are randomly getting deleted'],
  about: 'host',
  explains: [
    'binding-lost-ctl-store',
    'binding-lost-ds-mapper',
    'binding-lost-revocation-setting',
    'server-certificate-broken',
  ],
  sentence:
    'applicationHost.config keeps the certificate hash {hash} for {metabase}[ (site {site})] in the old metabase, and ' +
    'the compatibility layer writes it back: {sign}.',
  needs: { stale: staleHashes, overwriting },
  check({ stale, overwriting: sign }) {
    const [first] = stale.value;
    if (!first) return clear;
    return found({
      because: evidence(stale, sign),
      facts: {
        hash: first.hash,
        metabase: first.key,
        ...(first.site === undefined ? {} : { site: first.site }),
        sign: sign.value,
      },
    });
  },
});
