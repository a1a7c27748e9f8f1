import { LineReader, latin1Text } from '../../base/text.ts';
import { looksLikeKeyLog } from '../../wire/tls/passive/key-log.ts';
import type { EvidenceReader } from '../reader.ts';

/** Key logs (SSLKEYLOGFILE): they claim nothing themselves and open the captures that are read with them. */
const reader: EvidenceReader = {
  kind: 'key-log',
  title: 'TLS key log',
  sniff: (head) => (looksLikeKeyLog(latin1Text(head.subarray(0, 8192))) ? 'certain' : 'no'),
  open(context) {
    let taken = 0;
    const lines = new LineReader(({ text }) => {
      taken += context.secrets?.add(text) ?? 0;
    });
    return {
      push: (chunk) => lines.push(chunk),
      end() {
        lines.end();
        if (taken > 0 || !context.secrets) return;
        const message =
          'a key log without a secret that opens anything: log again, from before the first connection';
        context.note({ at: { source: context.source }, message });
      },
    };
  },
};
export default reader;
