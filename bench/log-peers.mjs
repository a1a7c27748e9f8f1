import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { FIELDS } from './log-input.mjs';

// The questions of the log benchmark, asked of ripgrep with mawk and of DuckDB.

const DUCKDB = '@duckdb/node-api@1.5.6-r.1';
const names = FIELDS.split(' ');
const at = (name) => names.indexOf(name) + 1;

/** By what each question counts, as `handclasp count` calls it. */
export const QUESTIONS = {
  refused: ['hour', 'client', 'path', 'status', 'substatus', 'win32'],
  all: ['status', 'substatus', 'win32', 'host', 'hour'],
  clients: ['status', 'substatus', 'win32', 'client', 'hour'],
};

const VALUES = {
  status: at('sc-status'),
  substatus: at('sc-substatus'),
  win32: at('sc-win32-status'),
  client: at('c-ip'),
  path: at('cs-uri-stem'),
  host: at('cs-host'),
};

/** The refused lines, written to a file as CSV in any order. */
export function ripgrepAndMawk(log, out) {
  const value = (name) => (name === 'hour' ? '$1" "substr($2,1,2)' : `$${VALUES[name]}`);
  const program = `$${VALUES.status} == 403 { n[${QUESTIONS.refused.map(value).join('","')}]++ }
    END { for (key in n) print key "," n[key] }`;
  const command = `rg -a --no-line-number ' 403 ' "$1" | mawk "$2" > "$3"`;
  const { status, stderr } = spawnSync('sh', ['-c', command, 'sh', log, program, out]);
  if (status !== 0) throw new Error(`rg | mawk: ${stderr}`);
}

/** DuckDB in a folder of its own; null when it cannot be had. */
export function installDuckDb(folder) {
  writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', DUCKDB], {
    cwd: folder,
    stdio: 'ignore',
  });
  if (status !== 0) return null;
  const program = path.join(folder, 'ask.mjs');
  writeFileSync(program, readFileSync(new URL('log-duckdb.mjs', import.meta.url)));
  return program;
}

/**
 * The time of the query alone in milliseconds: DuckDB is loaded by then. It reads either all columns as they are, or
 * lines that it splits when they hold the status: `how` is the faster one for the question.
 */
export function duckDb(program, { log, out, question, threads }) {
  const value = (name) => (name === 'hour' ? `c1 || ' ' || substr(c2, 1, 2)` : `c${VALUES[name]}`);
  const key = QUESTIONS[question].map(value);
  const columns = names.map((_, i) => `'c${i + 1}': 'VARCHAR'`).join(', ');
  const common = "header = false, quote = '', escape = '', auto_detect = false, new_line = '\\r\\n'";
  const table = `read_csv('${log}', delim = ' ', comment = '#', columns = {${columns}}, ${common})`;
  const lines = `(select ${names.map((_, i) => `v[${i + 1}] as c${i + 1}`).join(', ')} from (select string_split(l, ' ') as v
    from read_csv('${log}', delim = '\\0', columns = {'l': 'VARCHAR'}, ${common}) where contains(l, ' 403 ')))`;
  const isRefused = question === 'refused';
  const query = `copy (select ${key.join(', ')}, count(*) from ${isRefused ? lines : table}
    ${isRefused ? `where c${VALUES.status} = '403'` : ''} group by all) to '${out}' (header false, quote '')`;
  const asked = spawnSync(process.execPath, [program, String(threads), query], { encoding: 'utf8' });
  if (asked.status !== 0) throw new Error(`DuckDB: ${asked.stderr}`);
  return Number(asked.stdout);
}

/** A list of rows in one order, nothing logged as nothing. */
export function sortedRows(file) {
  const rows = readFileSync(file, 'latin1').trimEnd().split('\n');
  return rows
    .map((row) => row.replace(/,-,/g, ',,'))
    .sort()
    .join('\n');
}
