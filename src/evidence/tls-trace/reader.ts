import { decodeText, LineReader } from '../../base/text.ts';
import type { EvidenceReader, OpenReader, ReadContext } from '../reader.ts';
import { tellTraced } from '../traced-handshake.ts';
import { curl } from './curl.ts';
import type { Dialect } from './dialect.ts';
import { dotnet } from './dotnet.ts';
import { gnutls } from './gnutls.ts';
import { java } from './java.ts';
import { java8 } from './java-8.ts';
import { openssl } from './openssl.ts';
import { sServer } from './s-server.ts';
import { wireshark } from './wireshark.ts';

const DIALECTS: readonly Dialect[] = [openssl, sServer, curl, java, java8, gnutls, dotnet, wireshark];

/** What TLS clients print of their handshakes: openssl s_client, curl -v, Java, gnutls-cli, .NET; and what Wireshark prints of them. */
const reader: EvidenceReader = {
  kind: 'tls-trace',
  title: 'trace of a TLS client',
  sniff(head) {
    const text = decodeText(head);
    return DIALECTS.some(({ marks }) => marks.test(text)) ? 'certain' : 'no';
  },
  among: new RegExp(DIALECTS.map(({ marks }) => marks.source).join('|'), 'm'),
  open: openTrace,
};
export default reader;

function openTrace(context: ReadContext): OpenReader {
  let told = 0;
  const open = DIALECTS.map((dialect) =>
    dialect.open(context, (traced) => {
      if (tellTraced(traced, context)) told++;
    }),
  );
  const lines = new LineReader((line) => {
    for (const dialect of open) dialect.line(line);
  });
  return {
    push: (chunk) => lines.push(chunk),
    end() {
      lines.end();
      for (const dialect of open) dialect.end();
      if (told > 0) return;
      const message =
        'it tells nothing of a request for a certificate: trace the whole handshake (openssl s_client without -brief, curl -v, -Djavax.net.debug=ssl:handshake, gnutls-cli -d 4)';
      context.note({ at: { source: context.source }, message });
    },
  };
}
