import { clear, defineDiagnosis, evidence, found } from '../../engine/diagnosis.ts';
import { logonWorks } from '../../facts/exchange/accepted.ts';
import { requestsWork } from '../../facts/exchange/successes.ts';
import { bundleRight, bundleWrong } from '../../facts/exchange/trust-bundle.ts';

/** Clients are checked against the CAs of one file. What is no CA, or not their CA, lets nobody in. */
export default defineDiagnosis({
  id: 'server-trust-bundle-wrong',
  title: 'The CAs that the server checks clients against are not those that issue the certificates',
  severity: 'blocks-logon',
  cites: [
    'Microsoft, Application Gateway: troubleshoot mutual authentication',
    'nginx: ssl_client_certificate, ssl_trusted_certificate',
    'RFC 5280 4.2.1.9 (basic constraints)',
  ],
  about: 'exchange',
  explains: ['client-chain-incomplete'],
  sentence: 'The list of CAs for clients[ in {file}] does not let them in: {why}.',
  needs: { wrong: bundleWrong, right: bundleRight, works: logonWorks, answered: requestsWork },
  check({ wrong, right, works, answered }) {
    if (!wrong.known && (right.known || works.known || answered.known)) return clear;
    const { why, file } = wrong.value;
    return found({ facts: { why, ...(file === undefined ? {} : { file }) }, because: evidence(wrong) });
  },
});
