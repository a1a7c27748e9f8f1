import { clear, defineDiagnosis, evidence, found } from '../../engine/diagnosis.ts';
import { lateUnderTls13 } from '../../facts/late-under-tls13.ts';
import { printKey } from '../../windows/http-sys/key.ts';

/**
 * Who wants a certificate only once he knows the path has to ask again, and TLS 1.3 has no renegotiation; browsers do
 * not offer authentication after the handshake. Server 2022 resets such a connection, 2025 answers 500.0 [MS4449362].
 */
export default defineDiagnosis({
  id: 'tls13-late-request',
  title: 'The certificate is asked for after a TLS 1.3 handshake, when no client can send one',
  severity: 'blocks-logon',
  cites: [
    'Microsoft IIS support blog 4449362: TLS 1.3 and client certificates in IIS Express and IIS',
    'RFC 8446, sections 4.6.2 and C.4; RFC 8740',
  ],
  about: 'host',
  sentence:
    'A client certificate is asked for after the TLS 1.3 handshake[ at {key}][ ({asker})], which ends in {ends}.',
  needs: { late: lateUnderTls13 },
  check({ late }) {
    const one = late.value;
    if (!one) return clear;
    const asker = one.asker && WORDS[one.asker];
    return found({
      ...(one.asker === 'WinRM' ? { likely: 'by field reports WinRM asks after the handshake' } : {}),
      because: evidence(late),
      facts: {
        ends: one.ends,
        ...(one.key ? { key: printKey(one.key) } : {}),
        ...(asker ? { asker } : {}),
      },
      changes: one.key
        ? [{ kind: 'http-sys/set-binding', key: one.key, set: { clientcertnegotiation: true } }]
        : [],
    });
  },
});

const WORDS = {
  rule: 'a rule of IIS for a site or path',
  WinRM: 'WinRM',
  'AD FS': 'certificate logon of AD FS',
  logs: 'by what the log shows',
} as const;
