import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { handclasp } from '../support/cli.ts';

let folder = '';
const file = async (name: string, bytes: Uint8Array | string): Promise<string> => {
  const full = path.join(folder, name);
  await writeFile(full, bytes);
  return full;
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'handclasp-count-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const FIELDS =
  '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) cs-host sc-status sc-substatus sc-win32-status time-taken';
const line = (time: string, uri: string, client: string, status: string, host = 'www.example.com'): string =>
  `2026-11-24 ${time} 192.0.2.1 GET ${uri} - 443 - ${client} a+b - ${host} ${status} 3`;
const LOG = [
  '#Software: Microsoft Internet Information Services 10.0',
  FIELDS,
  line('02:10:00', '/login', '192.0.2.7', '200 0 0'),
  line('02:14:00', '/login', '192.0.2.7', '403 7 5'),
  line('02:15:00', '/login', '192.0.2.7', '403 7 5'),
  line('03:00:00', '/login', '2001:db8::7', '403 16 2148204809', '-'),
  'cut',
  line('03:00:01', '/403', '192.0.2.7', '404 0 2'),
  '',
].join('\r\n');

test('refused logons by hour, client, path and codes', async () => {
  const { code, out } = await handclasp(['count', await file('a.log', LOG)]);
  expect(out).toBe(`3 lines of status 403 in 1 log, 2 groups

count  hour (UTC)     client       path    status  substatus  win32
    2  2026-11-24 02  192.0.2.7    /login  403     7          5
    1  2026-11-24 03  2001:db8::7  /login  403     16         2148204809
`);
  expect(code).toBe(0);
});

test('all lines as CSV; what was left out stands on stderr', async () => {
  const { code, out, err } = await handclasp(['count', await file('b.log', LOG), '--status', 'all', '--csv']);
  expect(out).toBe(`status,substatus,win32,host,hour,count
200,0,0,www.example.com,2026-11-24 02,1
403,16,2148204809,,2026-11-24 03,1
403,7,5,www.example.com,2026-11-24 02,2
404,0,2,www.example.com,2026-11-24 03,1
`);
  expect(err).toMatch(/^b\.log@0x[0-9a-f]+: 1 line left out, whose values do not fit #Fields/);
  expect(code).toBe(0);
});

test('as JSON, by what is asked for', async () => {
  const args = ['--by', 'client,day', '--json'];
  const { out } = await handclasp(['count', await file('c.log', LOG), ...args]);
  expect(JSON.parse(out)).toEqual({
    schema: 'handclasp/count/1',
    by: ['client', 'day'],
    status: 403,
    logs: 1,
    lines: 3,
    groups: [
      { client: '192.0.2.7', day: '2026-11-24', count: 2 },
      { client: '2001:db8::7', day: '2026-11-24', count: 1 },
    ],
    complete: true,
    notes: [],
  });
});

test('packed, in UTF-16 and with a byte order mark it is the same log', async () => {
  const plain = await handclasp(['count', await file('d.log', LOG), '--status', 'all', '--csv']);
  const kinds = {
    'd.log.gz': gzipSync(LOG),
    'wide.log': Buffer.from(`\ufeff${LOG}`, 'utf16le'),
    'marked.log': Buffer.from(`\ufeff${LOG}`),
  };
  for (const [name, bytes] of Object.entries(kinds)) {
    const { out } = await handclasp(['count', await file(name, bytes), '--status', 'all', '--csv']);
    expect(out, name).toBe(plain.out);
  }
});

test('a log large enough for several threads', async () => {
  const body = Array.from({ length: 1000 }, (_, i) =>
    line('02:10:00', `/${i % 10}`, `192.0.2.${i % 100}`, i % 5 ? '200 0 0' : '403 7 5'),
  ).join('\r\n');
  // The last of these has its fields in another order.
  const other = FIELDS.replace('sc-status sc-substatus', 'sc-substatus sc-status');
  const log = `${`${FIELDS}\r\n${body}\r\n`.repeat(400)}${other}\r\n${body}\r\n`;
  const { out, code } = await handclasp([
    'count',
    await file('large.log', log),
    ...['--by', 'path,status,substatus', '--status', 'all', '--json'],
  ]);
  expect(code).toBe(0);
  const { groups, lines } = JSON.parse(out);
  expect(lines).toBe(401_000);
  expect(groups).toHaveLength(20);
  expect(groups).toContainEqual({ path: '/0', status: 403, substatus: 7, count: 40_000 });
  expect(groups).toContainEqual({ path: '/0', status: 7, substatus: 403, count: 100 });
  expect(groups).toContainEqual({ path: '/1', status: 200, substatus: 0, count: 40_000 });
}, 60_000);

test('hostile values are escaped in each format', async () => {
  const uri = '=cmd|\u001b[31m"x",\u202e';
  const log = await file('e.log', `${FIELDS}\r\n${line('02:14:00', uri, '192.0.2.7', '403 7 5')}\r\n`);
  for (const option of ['--csv', '--json', '--top=5']) {
    const { out } = await handclasp(['count', log, option]);
    for (const char of ['\u001b', '\u202e']) expect(out).not.toContain(char);
  }
  const { out } = await handclasp(['count', log, '--csv', '--by', 'path']);
  expect(out.split('\n')[1]).toMatch(/^"'=cmd/);
});

test('what is no log is told, and bad use', async () => {
  const none = await handclasp(['count', await file('netsh.txt', 'nothing of the kind')]);
  expect([none.code, none.out]).toEqual([2, expect.stringContaining('netsh.txt: no W3C log of IIS')]);
  const lacking = await handclasp([
    'count',
    await file('f.log', LOG.replaceAll('cs-host', 'cs-other')),
    '--by',
    'host',
  ]);
  expect(lacking.out).toContain('the log lacks cs-host');
  const wrong = [
    ['--by', 'nonsense'],
    ['--status', '40'],
    ['--top', '0'],
    ['--csv', '--json'],
    ['--by', 'day,day'],
  ];
  for (const options of wrong) expect((await handclasp(['count', 'x.log', ...options])).code).toBe(64);
  expect((await handclasp(['count', 'missing.log'])).code).toBe(2);
});
