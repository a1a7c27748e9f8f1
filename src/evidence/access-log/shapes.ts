import { type Answered, hostOf, pathOf, verificationIn } from './answered.ts';
import { answeredInJson } from './json-line.ts';

/** A line of an access log; null for any other. */
export function answeredIn(line: string): Answered | null {
  if (line.startsWith('{')) return answeredInJson(line);
  return ofEnvoy(line) ?? ofTimed(line);
}

/** For a text into which lines of such logs were pasted (flag m). */
export const LINES =
  /\[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d|^\[\d{4}-\d\d-\d\dT[\d:.]+Z\] "[A-Z]+ |^\{.{0,4000}"(?:[a-z_]{0,30}status|DownstreamStatus|response_code)" ?: ?"?\d{3}\b/m;

/** Longer lines are cut: what matters of them stands at the begin. */
const LONGEST = 8192;

/** Where the time stands that parts a line of NCSA's formats and of HAProxy: looked for first, for most lines have none. */
const TIME = /\[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d[^\]]{0,10}\] /;

function ofTimed(whole: string): Answered | null {
  const line = whole.slice(0, LONGEST);
  const time = TIME.exec(line);
  if (!time) return null;
  const before = line.slice(0, time.index).trim();
  const after = line.slice(time.index + time[0].length);
  return ofCommon(before, after) ?? ofHaproxy(before, after);
}

/** The common and the combined format, with the host before it (vhost_combined) and with what else is appended. */
function ofCommon(before: string, after: string): Answered | null {
  const [, request, status, rest = ''] = /^"((?:[^"\\]|\\.)*)" (\d{3}) (.*)$/.exec(after) ?? [];
  const words = before.split(' ');
  // The user may have blanks: mod_ssl's FakeBasicAuth makes one of the certificate's subject.
  const ident = words.indexOf('-');
  if (request === undefined || status === undefined || words.length < 3 || ident < 1) return null;
  const vhost = words[ident - 2];
  return answered(status, {
    peer: words[ident - 1],
    host: vhost && /^[\w.-]{1,253}:\d+$/.test(vhost) ? hostOf(vhost) : undefined,
    path: pathOf(request.split(' ')[1]),
    ...verificationIn(` ${words.slice(ident + 1).join(' ')} ${rest}`),
  });
}

/** HTTP log of HAProxy (8.2.3 of its configuration manual); an answer of -1 is none. */
function ofHaproxy(before: string, after: string): Answered | null {
  const peer = before.split(' ').at(-1)?.replace(/:\d+$/, '');
  const [, status, rest = ''] = /^[^\s/]{1,200} \S{1,400} [-+\d/]{5,80} (\d{3}) (.*)$/.exec(after) ?? [];
  const [, target] = /"[A-Z]{3,20} (\S{1,4000})/.exec(rest) ?? [];
  if (status === undefined || target === undefined) return null;
  return answered(status, { program: 'HAProxy', peer, path: pathOf(target), ...verificationIn(` ${rest}`) });
}

/** The default format of Envoy, with its last fields X-Request-Id, authority and upstream. */
const ENVOY =
  /^\[\d{4}-\d\d-\d\dT[\d:.]+Z\] "[A-Z]+ (?<target>\S+) HTTP\/[\d.]+" (?<status>\d{3}) (?<rest>.*)$/i;

function ofEnvoy(whole: string): Answered | null {
  const line = whole.slice(0, LONGEST);
  const { target, status, rest = '' } = ENVOY.exec(line)?.groups ?? {};
  const host = rest
    .match(/"[^"]*"/g)
    ?.at(-2)
    ?.slice(1, -1);
  return status === undefined
    ? null
    : answered(status, {
        program: 'Envoy',
        host: hostOf(host),
        path: pathOf(target),
        ...verificationIn(` ${rest}`),
      });
}

type Told = { readonly [name in keyof Omit<Answered, 'status'>]: Answered[name] | undefined };

/** The status, and what of the rest was told. */
export function answered(status: string | number, told: Told): Answered {
  const known = Object.entries(told).filter((entry) => entry[1] !== undefined && entry[1] !== '-');
  return { status: Number(status), ...(Object.fromEntries(known) as Omit<Answered, 'status'>) };
}
