import { escapeTerminal as clean, escapeMarkdown as md } from '../escape.ts';
import type { Language } from '../lang/language.ts';
import type { WhyReport } from '../why.ts';
import { choiceGroups, choicesTitle, namesOfNumbers, type ToldChoice } from '../why-choices.ts';
import { type Html, html, when } from './html-text.ts';
import type { Style } from './style.ts';
import { hang } from './wrap.ts';

/** What clients do that hold several certificates, in each format. */

const whyOf = ({ versions, why }: ToldChoice, language: Language): string =>
  versions === '' ? why : language.say('in-versions', { versions, text: why });

// Text.

export function choiceLines(report: WhyReport, style: Style, language: Language): string[] {
  const groups = choiceGroups(report, language);
  if (groups.length === 0) return [];
  const width = Math.max(...groups.flatMap(({ choices }) => choices.map(({ answer }) => answer.length)));
  const indent = width + 4;
  return [
    style.bold(clean(choicesTitle(report, language))),
    ...namesOfNumbers(report, language).flatMap((one) => hang(clean(one), 2, 5)),
    ...groups.flatMap(({ titles, choices }) =>
      choices.flatMap((choice, i) => {
        const paint = { good: style.green, bad: style.red, open: style.yellow }[choice.tone];
        const who = i === 0 ? hang(clean(titles.join('; ')), indent) : [];
        const why = hang(clean(whyOf(choice, language)), indent).map(style.dim);
        const [first = '', ...rest] = [...who, ...why];
        return [
          `  ${paint(choice.answer.padEnd(width))}  ${first.slice(first.indexOf(first.trimStart()))}`,
          ...rest,
        ];
      }),
    ),
  ];
}

// Markdown.

export function choiceBlocks(report: WhyReport, language: Language): string[] {
  const groups = choiceGroups(report, language);
  if (groups.length === 0) return [];
  const row = (cells: readonly string[]): string => `| ${cells.map(md).join(' | ')} |`;
  const rows = groups.flatMap(({ titles, choices }) =>
    choices.map((one, i) => row([one.answer, i === 0 ? titles.join('; ') : '', whyOf(one, language)])),
  );
  return [
    `### ${md(choicesTitle(report, language))}`,
    namesOfNumbers(report, language)
      .map((one) => `- ${md(one)}`)
      .join('\n'),
    [
      row(['answer', 'clients', 'why'].map((id) => language.say(`column-${id}`))),
      '|---|---|---|',
      ...rows,
    ].join('\n'),
  ];
}

// HTML.

export function choicePart(report: WhyReport, language: Language): Html | null {
  const groups = choiceGroups(report, language);
  const columns = ['answer', 'clients', 'why'].map((id) => html`<th>${language.say(`column-${id}`)}</th>`);
  return when(
    groups.length > 0,
    () => html`<h3>${choicesTitle(report, language)}</h3>
<ul>${namesOfNumbers(report, language).map((one) => html`<li>${one}</li>`)}</ul>
<div class="wide"><table><thead><tr>${columns}</tr></thead>
${groups.flatMap(({ titles, choices }) =>
  choices.map(
    (one, i) => html`<tr><td><span class="badge ${one.tone}">${one.answer}</span></td>
<td>${i === 0 ? titles.join('; ') : ''}</td><td>${whyOf(one, language)}</td></tr>
`,
  ),
)}</table></div>`,
  );
}
