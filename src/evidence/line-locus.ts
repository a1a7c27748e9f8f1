import type { Locus } from '../base/locus.ts';
import type { Line } from '../base/text.ts';

/** Longer lines are cut in a locus: it is there to be looked at. */
const SHOWN = 1000;

export function lineLocus(source: string, line: Pick<Line, 'text' | 'number'>): Locus {
  return { source, line: line.number, text: clip(line.text) };
}

export const clip = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);
