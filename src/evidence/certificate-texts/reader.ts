import { decodeText, LineReader } from '../../base/text.ts';
import type { ListedCertificate } from '../claims.ts';
import { lineLocus } from '../line-locus.ts';
import type { EvidenceReader } from '../reader.ts';
import { Keytool } from './keytool.ts';
import type { OpenCertificate, Tool } from './open-certificate.ts';
import { OpensslX509 } from './openssl-x509.ts';

/** What s_client prints of a server's certificate (subject and issuer alone) is none of these. */
const MARKS =
  /^[ \t]*Certificate:[ \t]*\r?\n[ \t]+Data:|^(?:notBefore|notAfter|SHA1 Fingerprint|sha1 Fingerprint)=|^X509v3 Extended Key Usage:|^(?:Owner|Eigentümer): .*=/m;

/** Certificates as OpenSSL and keytool put them in words. */
const reader: EvidenceReader = {
  kind: 'certificate-texts',
  title: 'certificates printed by openssl or keytool',
  sniff: (head) => (MARKS.test(decodeText(head)) ? 'likely' : 'no'),
  among: MARKS,
  open(context) {
    const found: OpenCertificate[] = [];
    let left = 0;
    const give = (one: OpenCertificate): void => {
      if (found.length < MOST) found.push(one);
      else left++;
    };
    const tools: Tool[] = [new OpensslX509(give), new Keytool(give)];
    const lines = new LineReader((line) => {
      for (const tool of tools) tool.line(line);
    });
    return {
      push: (chunk) => lines.push(chunk),
      end() {
        lines.end();
        for (const tool of tools) tool.end();
        const note = (message: string) => context.note({ at: { source: context.source }, message });
        if (left > 0) note(`${left} certificates beyond ${MOST} were left out`);
        const [first] = found;
        if (!first) {
          note('no whole certificate in it: give the output of openssl x509 -text -noout -in client.pem');
          return;
        }
        const certificates: ListedCertificate[] = found.map(({ line, ...one }) => ({
          ...one,
          at: lineLocus(context.source, line),
        }));
        context.claim({
          says: 'store-listing',
          whole: false,
          certificates,
          at: lineLocus(context.source, first.line),
        });
      },
    };
  },
};
export default reader;

const MOST = 10_000;
