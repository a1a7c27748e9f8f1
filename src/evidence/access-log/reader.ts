import { decodeText, LineReader } from '../../base/text.ts';
import { MessageTally } from '../phrases/message-tally.ts';
import type { EvidenceReader } from '../reader.ts';
import { answeredIn, LINES } from './shapes.ts';
import { toldBy } from './told.ts';

/**
 * Access logs of web servers and proxies that are not IIS's W3C logs, by the shape of their lines: which requests were
 * answered well, which were refused, and what the line says of the client's certificate.
 */
const reader: EvidenceReader = {
  kind: 'access-log',
  title: 'access log of a web server',
  sniff(head) {
    const text = decodeText(head);
    if (isLog(text)) return 'certain';
    return text.split('\n', LOOKED_AT).some((line) => answeredIn(line.trim())) ? 'perhaps' : 'no';
  },
  among: LINES,
  isAlone: isLog,
  open(context) {
    const tally = new MessageTally();
    let read = 0;
    const lines = new LineReader((line) => {
      const answered = answeredIn(line.text.trim());
      if (!answered) return;
      read++;
      const told = toldBy(answered, line, context.source);
      if (told) tally.add(told);
    });
    return {
      push: (chunk) => lines.push(chunk),
      end() {
        lines.end();
        const claims = tally.claims();
        for (const claim of claims) context.claim(claim);
        if (claims.length > 0 || read === 0) return;
        const message = `none of its ${read} lines was answered below 400 or refused for a certificate: give the time of a logon`;
        context.note({ at: { source: context.source }, message });
      },
    };
  },
};
export default reader;

/** Lines of the beginning that tell what the whole is. */
const LOOKED_AT = 50;

/** Nothing but such lines; the last may be cut off. */
function isLog(head: string): boolean {
  const all = head.split('\n', LOOKED_AT + 1);
  const lines = (all.length > 1 ? all.slice(0, -1) : all).filter((line) => line.trim() !== '');
  return lines.length > 0 && lines.every((line) => answeredIn(line.trim()) !== null);
}
