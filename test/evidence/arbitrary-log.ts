import fc from 'fast-check';

// Logs as they might come, whole and broken: several #Fields, odd lines, any line ends, any order of time.

const FIELDS = [
  'date time s-sitename s-computername s-ip cs-method cs-uri-stem s-port c-ip cs-host sc-status sc-substatus sc-win32-status time-taken',
  'date time c-ip cs-uri-stem s-ip s-port sc-status sc-substatus sc-win32-status',
  'sc-status time date c-ip cs-uri-stem sc-substatus',
  'time c-ip cs-uri-stem cs(Host) sc-status sc-win32-status s-ip',
  'date time cs-uri-stem',
  'date-local time-local sc-status',
] as const;

const VALUES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  date: fc.constantFrom('2026-11-24', '2026-11-24', '2026-11-25', '2026-02-31', '2026-13-01', '26-11-24'),
  time: fc.constantFrom(
    '10:00:00',
    '10:00:01',
    '10:59:59',
    '11:00:00',
    '23:59:60',
    '9:00:00',
    '24:00:00',
    '10:00:00.5',
  ),
  's-computername': fc.constantFrom('WEB01', 'WEB01', 'WEB02', '-'),
  'cs-uri-stem': fc.constantFrom(
    '/',
    '/login',
    '/lösch',
    '/\u00e9',
    `/${'x'.repeat(70)}`,
    `/${'y'.repeat(600)}`,
    '403',
    '#403',
  ),
  'c-ip': fc.constantFrom('192.0.2.7', '2001:db8::7', '403'),
  'cs-host': fc.constantFrom('-', 'www.example.com', 'WWW.example.com', 'h'.repeat(300)),
  'sc-status': fc.constantFrom('200', '403', '403', '304', '40', '4030', '-', 'abc', ''),
  'sc-substatus': fc.constantFrom('0', '7', '16', '-', 'x'),
  'sc-win32-status': fc.constantFrom('0', '5', '64', '2148204809', '99999999999'),
  's-port': fc.constantFrom('443', '8443', '403'),
};
const other = fc.constantFrom('-', 'GET', '3', '403', 'a+b');

const end = fc.constantFrom('\r\n', '\r\n', '\n', '\r\r\n');
const data = (fields: string): fc.Arbitrary<string> =>
  fc.tuple(...fields.split(' ').map((name) => VALUES[name] ?? other)).map((values) => values.join(' '));
const odd = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '#',
    '# note',
    '#Date: 2026-11-23 00:00:00',
    '#Date: never',
    '#Fields:',
    '#Software: IIS',
  ),
  fc.string({ maxLength: 90 }).map((text) => text.replace(/\n/g, '')),
  fc.constant(`403 ${'z'.repeat(3000)}`),
);

const block = fc.constantFrom(...FIELDS).chain((fields) =>
  fc
    .array(fc.tuple(fc.oneof({ weight: 8, arbitrary: data(fields) }, { weight: 1, arbitrary: odd }), end), {
      maxLength: 25,
    })
    .map((lines) => `#Fields: ${fields}\r\n${lines.map((line) => line.join('')).join('')}`),
);

/** UTF-8 or one byte a character; the last line may be cut. */
export const arbitraryLog: fc.Arbitrary<Uint8Array> = fc
  .record({
    early: fc.constantFrom('', '', '#Version: 1.0\n', '2026-11-24 10:00:00 early 403 7\n'),
    blocks: fc.array(block, { minLength: 1, maxLength: 4 }),
    repeat: fc.constantFrom(1, 1, 3),
    encoding: fc.constantFrom('utf8', 'latin1') as fc.Arbitrary<BufferEncoding>,
    cut: fc.nat({ max: 40 }),
  })
  .map(({ early, blocks, repeat, encoding, cut }) => {
    const bytes = Buffer.from(early + blocks.join('').repeat(repeat), encoding);
    return new Uint8Array(bytes.subarray(0, bytes.length - (cut > 30 ? cut - 30 : 0)));
  });

/** The same bytes in chunks; those beyond the last border are one. */
export function* chunksOf(bytes: Uint8Array, borders: readonly number[]): Generator<Uint8Array> {
  const sorted = [...new Set(borders.map((border) => border % (bytes.length + 1)))].sort((a, b) => a - b);
  let from = 0;
  for (const to of [...sorted, bytes.length]) {
    if (to > from) yield bytes.slice(from, to);
    from = to;
  }
}
