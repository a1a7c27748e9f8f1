import type { Report } from '../report.ts';
import { renderHtml } from './html.ts';
import { renderJson } from './json.ts';
import { renderMarkdown } from './markdown.ts';
import type { Style } from './style.ts';
import { renderText } from './text.ts';

export type Format = 'text' | 'json' | 'html' | 'markdown';

/** Every format has a renderer, or this does not compile. */
export const render: Record<Format, (report: Report, style?: Style) => string> = {
  text: renderText,
  json: renderJson,
  html: (report) => renderHtml(report),
  markdown: (report) => renderMarkdown(report),
};
