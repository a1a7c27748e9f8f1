import { escapeHtml } from '../escape.ts';

/** A piece of HTML. Only `html` makes one, so that nothing from outside gets in unescaped. */
export class Html {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

export type HtmlValue = string | number | Html | readonly (string | Html)[] | null;

/** Text and attribute values in the template are escaped, pieces of HTML are taken as they are, null is nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let source = strings[0]!;
  for (const [i, value] of values.entries()) source += sourceOf(value) + strings[i + 1]!;
  return new Html(source);
}

function sourceOf(value: HtmlValue): string {
  if (value === null) return '';
  if (value instanceof Html) return value.source;
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return value.map(sourceOf).join('');
}

/** The piece when there are items, else nothing. */
export const when = (condition: boolean, piece: () => Html): Html | null => (condition ? piece() : null);

/** Our sentences set commands in backticks: these become code. */
export const prose = (text: string): Html[] =>
  text
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? html`<code>${part.slice(1, -1)}</code>` : html`${part}`));
