import { CSS } from './css.ts';
import { Html, html } from './html-text.ts';

export interface DocumentParts {
  /** BCP 47; en when absent. */
  readonly language?: string;
  readonly title: string;
  /** Whole sections, in order; each brings its own heading. */
  readonly sections: readonly Html[];
  /** A line at the foot: tool, version, time. */
  readonly foot: string;
}

/**
 * One self-contained page out of sections (a report, some `why` answers, a story's chapters): style inside, no
 * script, nothing fetched, which its own Content-Security-Policy enforces.
 */
export function renderDocument({ language = 'en', title, sections, foot }: DocumentParts): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
  return `${
    html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Html(CSS)}</style>
</head>
<body>
<main>
${sections.map((section) => html`${section}\n`)}</main>
<footer>${foot}</footer>
</body>
</html>`.source
  }\n`;
}

/** A chapter that stands before or between others: a heading, and paragraphs. */
export function chapter(
  heading: string,
  paragraphs: readonly string[] = [],
  inside: readonly Html[] = [],
): Html {
  return html`<section class="chapter"><h2>${heading}</h2>${paragraphs.map((text) => html`<p>${text}</p>`)}${inside}</section>`;
}
