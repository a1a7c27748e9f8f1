import { decodeText, type Line, LineReader } from '../../base/text.ts';
import { dataInText } from '../event.ts';
import { lineLocus } from '../line-locus.ts';
import type { EvidenceReader, ReadContext } from '../reader.ts';

/**
 * An event that a text names in passing: 'System log: HttpEvent, Event ID 15300, SSL Certificate Settings deleted for
 * Port : 0.0.0.0:443'. Listings of events put the number on a line of its own, and have a reader of their own.
 */
const MENTION =
  /\b(?:Event[ -]?ID|Event|Ereignis(?:-?ID)?|événement|evento)\s*[:#=]?\s*(15021|1530[0-2]|368(?:7[014]|8[124578])|39|40|41|48|49)\b/i;
const FROM_KDC = /\bKDC\b|Kerberos[ -]Key[ -]Distribution/i;
/** Words beside the number: the source, or a sentence. */
const IN_PASSING = /Schannel|Http(?:Event|\.sys|Service)|\bKDC\b|Kerberos|(?:\p{L}{2,}\W+){4}/iu;

/** 'No event 36885 since', 'event 15300 stays away': a sentence that may say the contrary says nothing. */
const DENIED =
  /\b(?:no|not|none|never|without|gone|vanished|anymore|no longer|stays? away|stopped|kein\w*|nicht|ohne|weg|aucun\w*|plus de)\b/i;

const reader: EvidenceReader = {
  kind: 'event-mentions',
  title: 'events named in a text',
  sniff: (head) => (linesOf(head).some((line) => mentioned(line) !== null) ? 'perhaps' : 'no'),
  among: MENTION,
  open(context) {
    let given = 0;
    const lines = new LineReader((line) => {
      if (claimMention(line, context)) given++;
    });
    return {
      push: (chunk) => lines.push(chunk),
      end() {
        lines.end();
        if (given === 0)
          context.note({
            at: { source: context.source },
            message: 'no event is named in it: give the event log',
          });
      },
    };
  },
};
export default reader;

const linesOf = (head: Uint8Array): string[] => decodeText(head).split(/\r?\n/);

function mentioned(text: string): { readonly id: number; readonly provider: string } | null {
  const id = Number(MENTION.exec(text)?.[1] ?? 0);
  if (id === 0 || /^\s*</.test(text) || DENIED.test(text) || !IN_PASSING.test(text)) return null;
  if (id >= 36000) return { id, provider: 'Schannel' };
  if (id >= 15000) return { id, provider: 'Microsoft-Windows-HttpEvent' };
  return FROM_KDC.test(text) ? { id, provider: 'Microsoft-Windows-Kerberos-Key-Distribution-Center' } : null;
}

/** A line without its end may go on. */
function claimMention(line: Line, context: ReadContext): boolean {
  const found = line.ended ? mentioned(line.text) : null;
  if (!found) return false;
  const at = lineLocus(context.source, line);
  const data = dataInText(found.id, line.text.slice(MENTION.exec(line.text)!.index + 10));
  context.claim({
    says: 'events',
    provider: found.provider,
    id: found.id,
    count: 1,
    cases: [{ data, count: 1, at }],
    others: 0,
    at,
    lastAt: at,
  });
  return true;
}
