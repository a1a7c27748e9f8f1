import type { Explanation } from '../codes/explanation.ts';
import { isNamed, lookUp } from '../codes/look-up.ts';
import type { Names } from '../codes/names.ts';

export type Answer =
  | { readonly asked: string; readonly is: 'codes'; readonly explanations: readonly Explanation[] }
  | { readonly asked: string; readonly is: 'page'; readonly id: string; readonly markdown: string }
  | { readonly asked: string; readonly is: 'unknown'; readonly perhaps: readonly string[] };

/** The large table of names and the pages are loaded only when the hand-written table has no answer. */
export interface Shelves {
  names(): Promise<Names>;
  /** Pages of the diagnoses by id, Markdown. */
  pages(): Promise<Readonly<Record<string, string>>>;
}

/** What each of the arguments says. `alert 48`, `403 7 5` and a pasted log line may come in several arguments. */
export async function explain(args: readonly string[], shelves: Shelves): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const asked of questionsIn(args)) answers.push(await explainOne(asked, shelves));
  return answers;
}

/** Arguments that belong together become one question. */
export function questionsIn(args: readonly string[]): string[] {
  const line = args.join(' ');
  if (args.length > 1 && /(?:^|\s)(?:20\d|30\d|[45]\d\d)[\s.]\d{1,3}\s+\d{1,10}(?:\s+\d+){0,3}$/.test(line))
    return [line];
  const questions: string[] = [];
  let word = '';
  for (const arg of args) {
    if (/^(alert|event)$/i.test(arg) && word === '') word = arg;
    else {
      questions.push(word === '' ? arg : `${word} ${arg}`);
      word = '';
    }
  }
  return word === '' ? questions : [...questions, word];
}

async function explainOne(asked: string, shelves: Shelves): Promise<Answer> {
  const own = lookUp(asked);
  if (own.length > 0 && own.every(isNamed)) return { asked, is: 'codes', explanations: own };
  if (own.length === 0 && /^[a-z][a-z0-9]*([-+][a-z0-9]+)+$/.test(asked)) {
    const pages = await shelves.pages();
    const markdown = Object.hasOwn(pages, asked) ? pages[asked] : undefined;
    if (markdown !== undefined) return { asked, is: 'page', id: asked, markdown };
  }
  const names = await shelves.names();
  const all = lookUp(asked, names);
  if (all.length > 0) return { asked, is: 'codes', explanations: all };
  return { asked, is: 'unknown', perhaps: await neighbours(asked, names, shelves) };
}

const MOST_NEIGHBOURS = 5;

/** Ids and symbols that contain what was asked, for the hint. */
async function neighbours(asked: string, names: Names, shelves: Shelves): Promise<string[]> {
  if (asked.trim().length < 4) return [];
  const words = asked.toLowerCase().split(/[\s_-]+/);
  const ids = Object.keys(await shelves.pages()).filter((id) => words.every((word) => id.includes(word)));
  return [...ids, ...names.like(asked, MOST_NEIGHBOURS)].slice(0, MOST_NEIGHBOURS);
}

/** 0 everything is explained, 2 a number has no name, 64 something is neither a code nor a diagnosis. */
export function exitCodeOf(answers: readonly Answer[]): number {
  if (answers.some((one) => one.is === 'unknown')) return 64;
  return answers.some((one) => one.is === 'codes' && !one.explanations.some(isNamed)) ? 2 : 0;
}
