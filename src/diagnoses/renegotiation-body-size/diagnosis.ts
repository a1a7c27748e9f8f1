import { clear, defineDiagnosis, evidence, found } from '../../engine/diagnosis.ts';
import { bodyTooLarge } from '../../facts/late-body.ts';
import { printKey } from '../../windows/http-sys/key.ts';

/**
 * A server that asks for the certificate after the request has to take in the body first, and keeps no more of it than
 * uploadReadAheadSize (IIS, 48 KiB by default) or SSLRenegBufferSize (Apache) allows.
 */
export default defineDiagnosis({
  id: 'renegotiation-body-size',
  title: 'A request body is larger than the server keeps while it asks for the certificate',
  severity: 'blocks-logon',
  cites: [
    'Microsoft, IIS configuration reference: serverRuntime, uploadReadAheadSize',
    'Apache httpd, mod_ssl: SSLRenegBufferSize',
  ],
  about: 'host',
  sentence:
    '{program} asks for the certificate after the request[ at {key}] and cannot keep larger bodies meanwhile' +
    '[ (uploadReadAheadSize {size})]: 413[, {count} in the log].',
  needs: { tooLarge: bodyTooLarge },
  check({ tooLarge }) {
    const one = tooLarge.value;
    if (!one) return clear;
    return found({
      because: evidence(tooLarge),
      facts: {
        program: one.program,
        ...(one.key ? { key: printKey(one.key) } : {}),
        ...(one.size === undefined ? {} : { size: one.size }),
        ...(one.count === undefined ? {} : { count: one.count }),
      },
      changes: one.key
        ? [{ kind: 'http-sys/set-binding', key: one.key, set: { clientcertnegotiation: true } }]
        : [],
    });
  },
});
