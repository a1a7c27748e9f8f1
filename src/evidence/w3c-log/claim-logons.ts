import type { Locus } from '../../base/locus.ts';
import { looseText } from '../../base/text.ts';
import type { Logons } from '../claims.ts';
import { clip } from '../line-locus.ts';
import type { ReadContext } from '../reader.ts';
import { type Group, type LogGroups, lastText } from './log-groups.ts';

const NOTHING_AT_HAND = new Uint8Array(0);

/** One claim for each group, in the order of their first lines. */
export function claimLogons({ groups }: LogGroups, context: ReadContext): void {
  for (const group of groups) {
    if (group.statuses && group.count > 0) context.claim(logonsOf(group, group.statuses, context.source));
  }
}

function logonsOf(group: Group, [status, substatus, win32]: readonly number[], source: string): Logons {
  const [serverIp, port, hostHeader, path] = group.texts.map(shown);
  const serverPort = port && /^\d{1,5}$/.test(port) ? Number(port) : undefined;
  const before = group.successBefore;
  return {
    says: 'logons',
    ...(serverIp === undefined ? {} : { serverIp }),
    ...(serverPort === undefined ? {} : { serverPort }),
    ...(hostHeader === undefined ? {} : { hostHeader }),
    ...(path === undefined ? {} : { path }),
    status: status!,
    substatus: substatus!,
    win32: win32!,
    count: group.count,
    first: group.first,
    last: group.last,
    at: locus(source, group.firstLine, group.firstText),
    lastAt: locus(source, group.lastLine, lastText(group, NOTHING_AT_HAND)),
    ...(before ? { successBefore: { time: before.time, at: locus(source, before.line, before.text) } } : {}),
  };
}

/** '-' stands for nothing. */
function shown(bytes: Uint8Array): string | undefined {
  const text = looseText(bytes);
  return text === '' || text === '-' ? undefined : text;
}

function locus(source: string, line: number, text: Uint8Array): Locus {
  return { source, line, text: clip(looseText(text)) };
}
