/** Log formats of IIS that are not W3C (domain 5.4), by the shape of a line; null for none of them. */
export function otherFormat(line: string): string | null {
  return FORMATS.find(([pattern]) => pattern.test(line))?.[1] ?? null;
}

const ADVICE = "change the site's log format to W3C; its times are UTC and it has the substatus";

const FORMATS: readonly (readonly [RegExp, string])[] = [
  [
    // Client, user, date, time, service, server, address, milliseconds, bytes, bytes, status, win32, verb, target.
    /^[\d.:a-f]+, [^,]*, \d{1,2}\/\d{1,2}\/\d{2,4}, \d{1,2}:\d\d:\d\d, [^,]+, [^,]+, [^,]+, \d+, \d+, \d+, \d{3}, \d+, /i,
    `this is a log in the IIS format (commas, local time), which is not read: ${ADVICE}`,
  ],
];
