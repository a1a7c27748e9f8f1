const VOID = ['meta', 'br', '!doctype'];

/** Elements of an HTML text that are not closed, or close nothing. Knows only the attribute form that we write. */
export function unbalanced(html: string): string[] {
  const open: string[] = [];
  for (const [, close, name] of html.matchAll(
    /<(\/?)([a-z!][a-z0-9]*)(?:\s+[a-z-]+="[^"<>]*")*\s*(?:html)?>/g,
  )) {
    if (VOID.includes(name!)) continue;
    if (!close) open.push(name!);
    else if (open.pop() !== name) return [`</${name}> closes nothing`];
  }
  return open;
}
