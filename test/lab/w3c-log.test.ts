import { rm } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Logged, LogWriter, lastLogLines, logLine, readLogs } from '../../src/lab/w3c-log.ts';
import { tempFolder } from './support.ts';

const request: Logged = {
  at: Date.UTC(2026, 10, 25, 9, 5, 7),
  site: 1,
  serverIp: '127.0.0.1',
  serverPort: 443,
  clientIp: '127.0.0.1',
  method: 'GET',
  path: '/secure',
  query: '',
  userAgent: 'curl/7.88.1 (x y)',
  referer: '',
  status: 403,
  substatus: 7,
  win32: 5,
  milliseconds: 3,
};

test('a line has the default fields of IIS, blanks as plus, nothing as dash', () => {
  expect(logLine(request)).toBe(
    '2026-11-25 09:05:07 127.0.0.1 GET /secure - 443 - 127.0.0.1 curl/7.88.1+(x+y) - 403 7 5 3',
  );
});

test('a client can neither break a line nor add a field', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (path, userAgent) => {
      const line = logLine({ ...request, path, userAgent });
      expect(line.split(' ')).toHaveLength(15);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be there
      expect(line).not.toMatch(/[\u0000-\u001f]/);
    }),
  );
});

test('a file opens with its directives, again wherever a server starts anew, and one is made each day', async () => {
  const folder = await tempFolder();
  try {
    const writer = new LogWriter(folder);
    await Promise.all([
      writer.write(request),
      writer.write({ ...request, status: 200, substatus: 0, win32: 0 }),
    ]);
    await new LogWriter(folder).write({ ...request, query: 'a=b' });
    await writer.write({ ...request, at: request.at + 86_400_000 });
    const [first, second] = await readLogs(folder);
    expect(first!.name).toBe('W3SVC1/u_ex261125.log');
    expect(second!.name).toBe('W3SVC1/u_ex261126.log');
    const lines = Buffer.from(first!.bytes).toString().split('\r\n');
    const head = (line: string) => line.split(' ')[0];
    expect(lines.map(head)).toEqual(
      ['#Software:', '#Version:', '#Date:', '#Fields:', '2026-11-25', '2026-11-25'].concat([
        '#Software:',
        '#Version:',
        '#Date:',
        '#Fields:',
        '2026-11-25',
        '',
      ]),
    );
    expect(await lastLogLines(folder, 5)).toHaveLength(1);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
