import { decodeText } from '../../base/text.ts';
import { gather } from '../gather.ts';
import type { EvidenceReader, ReadContext } from '../reader.ts';

/** What these files are, who writes them, and the document that describes them. */
const reader: EvidenceReader = {
  kind: '{id}',
  title: 'what an administrator calls it',
  sniff: (head) => (decodeText(head).startsWith('{id}') ? 'certain' : 'no'),
  open: (context) => gather(context, LARGEST, (bytes) => read(decodeText(bytes), context)),
};
export default reader;

const LARGEST = 2 ** 20;

function read(text: string, { source, note }: ReadContext): void {
  note({ at: { source, line: 1, text: text.slice(0, 80) }, message: 'what was seen, and what to do' });
}
