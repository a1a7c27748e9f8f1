import type { MessageCode, ProgramMessage } from '../../evidence/claims.ts';
import type { Subject } from '../question.ts';

/** What programs said under any of these codes, in order of time. */
export const said = ({ picture }: Subject, ...codes: readonly MessageCode[]): readonly ProgramMessage[] =>
  (picture.messages ?? []).filter(({ code }) => codes.includes(code));

/** 'Go', 'Apache httpd'; what speaks of no program is 'a program'. */
export const speakerOf = ({ program, side }: ProgramMessage): string =>
  program ?? (side === undefined ? 'a program' : `the ${side}`);

export const placesOf = (messages: readonly ProgramMessage[]) => messages.map(({ at }) => at);
