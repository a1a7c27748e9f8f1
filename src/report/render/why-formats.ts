import { escapeJson, jsonPieces } from '../escape.ts';
import type { WhyReport } from '../why.ts';
import type { WhyView } from '../why-view.ts';
import type { Format } from './index.ts';
import type { Style } from './style.ts';
import { renderWhy } from './why.ts';
import { renderWhyHtml } from './why-html.ts';
import { renderWhyMarkdown } from './why-markdown.ts';

/** Every format has a renderer, or this does not compile. JSON is the same in every language. */
export const renderWhyAs: Record<Format, (report: WhyReport, view: WhyView, style: Style) => string> = {
  text: (report, view, style) => renderWhy(report, style, view),
  json: (report) => `${escapeJson(report)}\n`,
  html: (report, { language }) => renderWhyHtml(report, language),
  markdown: (report, view) => renderWhyMarkdown(report, view),
};

/** The same in pieces, for what may be too large for one text: JSON holds each name several times. */
export function* whyPieces(
  format: Format,
  report: WhyReport,
  view: WhyView,
  style: Style,
): Generator<string> {
  if (format !== 'json') return yield renderWhyAs[format](report, view, style);
  yield* jsonPieces(report);
  yield '\n';
}
