import type { Phrase } from './phrase.ts';
import { BROWSERS } from './table/browsers.ts';
import { LIBRARIES } from './table/libraries.ts';
import { SERVERS } from './table/servers.ts';
import { SUCCESSES } from './table/successes.ts';
import { WINDOWS } from './table/windows.ts';

/** The one table of what programs say. Of rows with the same code the first that fits a line counts. */
export const PHRASES: readonly Phrase[] = [...SERVERS, ...WINDOWS, ...BROWSERS, ...LIBRARIES, ...SUCCESSES];
