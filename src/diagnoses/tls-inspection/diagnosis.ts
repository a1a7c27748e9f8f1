import { clear, defineDiagnosis, evidence, found } from '../../engine/diagnosis.ts';
import { inspected, notInspected } from '../../facts/exchange/between.ts';

/** An inspector makes a connection of its own to the server, with the client's name and without the client's key. Nobody can log on with a certificate through it. */
export default defineDiagnosis({
  id: 'tls-inspection',
  title: "Somebody on the client's side ends TLS to look into it",
  severity: 'blocks-logon',
  cites: [
    'RFC 8446 4.4.3: the signature covers the handshake, so that nobody in between can pass it on',
    'Handclasp facts/exchange/between.ts: names by which inspectors issue',
  ],
  about: 'exchange',
  explains: ['tls-terminated-before-server'],
  sentence:
    'The client does not meet the server[ {host}] but an inspector: the certificate that it is shown was issued by «{issuer}».',
  needs: { ill: inspected, direct: notInspected },
  check({ ill, direct }) {
    if (!ill.known && direct.known) return clear;
    return found({
      likely: 'by the name of the issuer',
      facts: { ...ill.value },
      because: evidence(ill),
    });
  },
});
