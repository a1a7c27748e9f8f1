/** The words of netsh: any beginning of one is taken for it, the first that fits (as its helpers match tokens). */
export function word<T extends string>(typed: string, words: readonly T[]): T | undefined {
  const wanted = typed.toLowerCase();
  if (wanted === '') return undefined;
  return words.find((one) => one === wanted) ?? words.find((one) => one.startsWith(wanted));
}

export const isHelp = (typed: string): boolean => /^(\/\?|-\?|\?|help|\/h|-h)$/i.test(typed);
