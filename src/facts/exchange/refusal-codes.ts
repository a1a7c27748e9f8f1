import type { Locus } from '../../base/locus.ts';
import type { Subject } from '../question.ts';

/**
 * Places where Windows gave this status of a chain: sc-win32-status of a log or a trace (unsigned), data of events
 * (hexadecimal, as CAPI2 and Schannel print them; domain 4.5, 5.2).
 */
export function placesOfCode({ picture }: Subject, codes: readonly number[]): Locus[] {
  const hex = new RegExp(
    `(?:^|[^0-9a-f])(?:${codes.map((code) => code.toString(16)).join('|')})(?![0-9a-f])`,
    'i',
  );
  const signed = new Set(codes.flatMap((code) => [String(code), String(code - 2 ** 32)]));
  const isIt = (text: string) => hex.test(text) || signed.has(text.trim());
  return [
    ...picture.logons
      .filter(({ status, win32 }) => status >= 400 && codes.includes(win32))
      .map(({ at }) => at),
    ...(picture.failedRequests ?? []).filter(({ win32 }) => codes.includes(win32)).map(({ at }) => at),
    ...(picture.events ?? []).flatMap(({ provider, cases }) =>
      /schannel|capi2/i.test(provider)
        ? cases.filter(({ data }) => Object.values(data).some(isIt)).map(({ at }) => at)
        : [],
    ),
  ];
}

/** The last refusal with one of these codes; undefined where there is none with a time. */
export function lastOfCode({ picture }: Subject, codes: readonly number[]): number | undefined {
  const times = picture.logons.filter(({ status, win32 }) => status >= 400 && codes.includes(win32));
  return times.length === 0 ? undefined : Math.max(...times.map(({ last }) => last));
}
