import { decodeText } from '../../base/text.ts';
import type { EvidenceReader } from '../reader.ts';

/**
 * What Handclasp printed itself. Its pages quote the very words by which other readers know trouble, so that a report
 * which lies among the evidence would prove whatever it speaks of.
 */
const reader: EvidenceReader = {
  kind: 'own-output',
  title: 'a report of Handclasp, which is no evidence',
  sniff: (head) => (isOwn(decodeText(head)) ? 'certain' : 'no'),
  open: (context) => ({
    push() {},
    end() {
      const message =
        'a report of Handclasp: not read; give the evidence that it was made of, or the report to fix --from';
      context.note({ at: { source: context.source }, message });
    },
  }),
};
export default reader;

/**
 * The page's title and the document's schema; the first and the last line of the text and of the Markdown
 * (report/render/). A ticket that quotes a report begins or ends otherwise, and is read.
 */
const PAGE = /^\s*<!doctype html>[\s\S]{0,2000}<title>Handclasp\b/i;
const DOCUMENT = /^\s*\{\s*"schema"\s*:\s*"handclasp\/(?:report|fix|story|explain|causes|why-change)\/\d+"/;
const TEXT_BEGINS = /^[^\n]+\r?\n\r?\n(?:FOUND|DEPENDS|BROKEN|UNEXPLAINED|When|What to collect|Looked for)\b/;
const TEXT_ENDS = /\n(?:read|nothing was read)[^\n]*; handclasp \d[\w.-]*\s*$/;
const MARKDOWN_BEGINS = /^\*\*[^\n]+\*\*\r?\n/;
const MARKDOWN_ENDS = /\n<sub>handclasp \d[^\n]*<\/sub>\s*$/;

const isOwn = (text: string): boolean =>
  PAGE.test(text) ||
  DOCUMENT.test(text) ||
  (TEXT_BEGINS.test(text) && TEXT_ENDS.test(text)) ||
  (MARKDOWN_BEGINS.test(text) && MARKDOWN_ENDS.test(text));
