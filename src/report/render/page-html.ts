import { Html, html } from './html-text.ts';

/** A page in the little Markdown that our pages use: headings, lists, fences, paragraphs; all text escaped. */
export function pageHtml(markdown: string): Html {
  const pieces: Html[] = [];
  const lines = markdown.split(/\r?\n/);
  for (let i = 0; i < lines.length; ) {
    const block = fence(lines, i) ?? list(lines, i) ?? heading(lines, i) ?? paragraph(lines, i);
    if (block.piece) pieces.push(block.piece);
    i = block.next;
  }
  return html`<div class="page">${pieces}</div>`;
}

interface Block {
  readonly piece: Html | null;
  readonly next: number;
}

function fence(lines: readonly string[], from: number): Block | null {
  const opened = /^\s*(`{3,}|~{3,})/.exec(lines[from]!)?.[1];
  if (!opened) return null;
  let end = from + 1;
  while (end < lines.length && !lines[end]!.trim().startsWith(opened)) end++;
  const body = lines.slice(from + 1, end);
  return {
    piece: html`<pre>${body.flatMap((line, i) => [i > 0 ? NEWLINE : '', line.replace(/\t/g, '  ')])}</pre>`,
    next: end + 1,
  };
}

/** Escaping would show a line end; this is one that we set. */
const NEWLINE = new Html('\n');

const ITEM = /^\s*(?:[-*]|(\d{1,3})[.)])\s+(.*)$/;

function list(lines: readonly string[], from: number): Block | null {
  const first = ITEM.exec(lines[from]!);
  if (!first) return null;
  const items: string[] = [];
  let next = from;
  for (; next < lines.length; next++) {
    const item = ITEM.exec(lines[next]!);
    if (item) items.push(item[2]!);
    else if (/^\s{2,}\S/.test(lines[next]!)) items.push(`${items.pop()} ${lines[next]!.trim()}`);
    else break;
  }
  const inner = items.map((item) => html`<li>${inline(item)}</li>`);
  return { piece: first[1] === undefined ? html`<ul>${inner}</ul>` : html`<ol>${inner}</ol>`, next };
}

function heading(lines: readonly string[], from: number): Block | null {
  const title = /^#{1,6}\s+(.*)$/.exec(lines[from]!)?.[1];
  return title === undefined ? null : { piece: html`<h4>${inline(title)}</h4>`, next: from + 1 };
}

function paragraph(lines: readonly string[], from: number): Block {
  if (lines[from]!.trim() === '') return { piece: null, next: from + 1 };
  let next = from + 1;
  while (
    next < lines.length &&
    lines[next]!.trim() !== '' &&
    !/^\s*(`{3,}|~{3,}|#{1,6}\s)/.test(lines[next]!) &&
    !ITEM.test(lines[next]!)
  )
    next++;
  const text = lines.slice(from, next).map((line) => line.trim());
  return { piece: html`<p>${inline(text.join(' '))}</p>`, next };
}

/** Code, strong and emphasised text, links to https only; what else looks like Markdown stays text. */
function inline(text: string): Html[] {
  const parts = text.split(
    /(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*|(?<![\w\\])_[^_\s][^_`]*_(?!\w)|\[[^\]]+\]\(https:\/\/[^)\s]+\))/,
  );
  return parts.map((part) => {
    const link = /^\[([^\]]+)\]\((https:\/\/[^)\s]+)\)$/.exec(part);
    if (link) return html`<a href="${link[2]!}" rel="noreferrer">${link[1]!}</a>`;
    if (/^`[^`]+`$/.test(part)) return html`<code>${part.slice(1, -1)}</code>`;
    if (/^\*\*[^*]+\*\*$/.test(part)) return html`<strong>${part.slice(2, -2)}</strong>`;
    if (/^\*[^*\s][^*]*\*$|^_[^_]+_$/.test(part)) return html`<em>${part.slice(1, -1)}</em>`;
    return html`${part}`;
  });
}
