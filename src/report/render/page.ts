import { escapeTerminal as clean } from '../escape.ts';
import { plainStyle, type Style } from './style.ts';

/** A page in Markdown for a terminal: headings stand out, links show their address, the rest stays as it is. */
export function renderPage(markdown: string, style: Style = plainStyle): string {
  let fenced = false;
  const lines = markdown.split(/\r?\n/).flatMap((raw) => {
    const line = clean(raw.replace(/\t/g, '  '));
    if (/^\s*(```|~~~)/.test(line)) {
      fenced = !fenced;
      return [];
    }
    if (fenced) return [`    ${line}`];
    const heading = /^#{1,6}\s+(.*)$/.exec(line);
    return [heading ? style.bold(inline(heading[1]!, plainStyle)) : inline(line, style)];
  });
  return `${lines.join('\n').trimEnd()}\n`;
}

function inline(text: string, style: Style): string {
  return text
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, (_, label: string, to: string) =>
      label === to ? to : `${label} (${to})`,
    )
    .replace(/\*\*([^*]+)\*\*/g, (_, strong: string) => style.bold(strong))
    .replace(
      /`([^`]+)`|\*([^*\s][^*`]*)\*|(?<![\w\\])_([^_\s][^_`]*)_(?!\w)/g,
      (_, code?: string, starred?: string, underlined?: string) => code ?? starred ?? underlined ?? '',
    );
}
