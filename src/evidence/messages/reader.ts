import { decodeText, type Line, LineReader } from '../../base/text.ts';
import { GRAMS, PhraseFinder } from '../phrases/find-phrases.ts';
import { MessageTally, messageOf } from '../phrases/message-tally.ts';
import { QuietLog } from '../phrases/quiet-log.ts';
import type { EvidenceReader } from '../reader.ts';

/**
 * Texts in which programs speak for themselves: error logs, stack traces, error pages, tickets that quote them. It
 * knows codes and fixed phrases only (evidence/phrases/), and leaves any text to a reader that is surer.
 */
const reader: EvidenceReader = {
  kind: 'messages',
  title: 'messages of programs',
  isLastResort: true,
  sniff(head) {
    const text = decodeText(head);
    if (text.includes('\0')) return 'no';
    return saysSomething(text) ? 'perhaps' : 'no';
  },
  among: GRAMS,
  open(context) {
    const tally = new MessageTally();
    const finder = new PhraseFinder((said) => tally.add(messageOf(said, context.source)));
    const quiet = new QuietLog(context);
    const lines = new LineReader((line) => {
      quiet.line(line);
      finder.line(line);
    });
    return {
      push: (chunk) => lines.push(chunk),
      end() {
        lines.end();
        const claims = tally.claims();
        for (const claim of claims) context.claim(claim);
        if (claims.length > 0) return;
        const claim = quiet.claim();
        if (claim) context.claim(claim);
        if (claim) return;
        const message =
          'a log without a message that bears on certificate logon: give the part around a failed logon, at level info or finer';
        context.note({ at: { source: context.source }, message });
      },
    };
  },
};
export default reader;

/** A phrase, or the log of a program that we know: what matters may stand further below. */
function saysSomething(text: string): boolean {
  let said = 0;
  const finder = new PhraseFinder(() => said++);
  for (const [i, one] of text.split('\n').entries()) {
    const line: Line = { text: one.replace(/\r+$/, ''), number: i + 1, ended: true, cut: false };
    finder.line(line);
    if (said > 0 || LOG.test(line.text)) return true;
  }
  return false;
}

/** Lines that only error logs of these servers have. */
const LOG =
  /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \[[a-z]+\] \d+#\d+:|^\[[A-Z][a-z]{2} [A-Z][a-z]{2} +\d+ [\d:.]+ \d{4}\] \[|\bhaproxy\[\d+\]: /;
