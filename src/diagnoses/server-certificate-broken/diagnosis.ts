import { clear, defineDiagnosis, evidence, found } from '../../engine/diagnosis.ts';
import { brokenCertificate } from '../../facts/server-certificate.ts';

/** The renewal left the record with a certificate that is gone, or whose key is missing: nobody gets a handshake. */
export default defineDiagnosis({
  id: 'server-certificate-broken',
  title: "The server's own certificate or key cannot be used, so that every handshake fails",
  severity: 'blocks-logon',
  cites: [
    'HttpEvent 15021',
    'Schannel events 36869 and 36870',
    'Microsoft, netsh http add sslcert: error 1312',
  ],
  about: 'host',
  sentence:
    "The server's own certificate[ {thumbprint}] fails: {sign}. No client gets a handshake, with or without a certificate.",
  needs: { broken: brokenCertificate },
  check({ broken }) {
    const one = broken.value;
    if (!one) return clear;
    return found({
      because: evidence(broken),
      facts: { sign: one.sign, ...(one.thumbprint === undefined ? {} : { thumbprint: one.thumbprint }) },
    });
  },
});
