import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeLog } from './log-input.mjs';
import { duckDb, installDuckDb, QUESTIONS, ripgrepAndMawk, sortedRows } from './log-peers.mjs';
import { pairOf } from './pair.mjs';
import { has } from './servers.mjs';

const cli = fileURLToPath(new URL('../dist/handclasp.js', import.meta.url));
/** Millions of bytes; the memory check reads a log ten times as large. */
const SIZE = Number(process.env.HANDCLASP_BENCH_MB ?? 1000);
const ROUNDS = Number(process.env.HANDCLASP_BENCH_ROUNDS ?? 5);
const MOST_MEMORY = 250e6;
/**
 * Tells the most memory that the process had, as it ends. Of Linux its own figure: that of getrusage begins with what
 * the parent had.
 */
const TELLS = `data:text/javascript,${encodeURIComponent(`
  import { readFileSync } from 'node:fs';
  process.on('exit', () => {
    const kilobytes =
      process.platform === 'linux'
        ? /VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status', 'latin1'))[1]
        : process.resourceUsage().maxRSS;
    process._rawDebug('maxrss', kilobytes);
  });`)}`;

/** Questions to a W3C log, as whole commands beside their peers; both must give the same rows. Then memory and cost. */
export default async function log(name) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'handclasp-bench-'));
  try {
    const file = path.join(folder, 'u_ex261001.log');
    writeLog(file, SIZE * 1e6);
    const asking = new Asking(name, folder, file);
    await asking.besideRipgrep();
    await asking.besideDuckDb();
    grow(name, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

class Asking {
  #name;
  #folder;
  #file;
  #megabytes;

  constructor(name, folder, file) {
    this.#name = name;
    this.#folder = folder;
    this.#file = file;
    this.#megabytes = statSync(file).size / 1e6;
  }

  async besideRipgrep() {
    if (!has('rg') || !has('mawk')) return console.log(`${this.#name}: skipped, ripgrep or mawk is not here`);
    await this.#pair('refused', 'rg | mawk', (out) => {
      const begun = performance.now();
      ripgrepAndMawk(this.#file, out);
      return performance.now() - begun;
    });
  }

  async besideDuckDb() {
    const program = installDuckDb(this.#folder);
    if (!program) return console.log(`${this.#name}: skipped, @duckdb/node-api cannot be installed`);
    const threads = os.availableParallelism();
    for (const question of Object.keys(QUESTIONS))
      await this.#pair(question, `DuckDB, ${threads} threads`, (out) =>
        duckDb(program, { log: this.#file, out, question, threads }),
      );
  }

  /** Speeds in MB/s; `ask` answers milliseconds. */
  async #pair(question, title, ask) {
    const outs = ['ours', 'theirs'].map((who) => path.join(this.#folder, `${who}.csv`));
    const speed = (took) => (this.#megabytes / took) * 1000;
    await pairOf(
      `${this.#name}, ${question}, ${this.#megabytes.toFixed(0)} MB`,
      { title: 'handclasp count', run: () => speed(ours(this.#file, question, outs[0]).took) },
      { title, run: () => speed(ask(outs[1])) },
      ROUNDS,
      { unit: 'MB/s' },
    );
    const [a, b] = outs.map(sortedRows);
    if (
      a
        .split('\n')
        .filter((row) => !row.startsWith(QUESTIONS[question][0]))
        .join('\n') !== b
    )
      throw new Error(`${question}: the answers differ`);
    console.log(`${this.#name}, ${question}: both give the same ${b.split('\n').length} rows`);
  }
}

/** The whole command, its list written to a file. */
function ours(file, question, out) {
  const options = question === 'refused' ? [] : ['--status', 'all'];
  const argv = ['count', file, '--csv', '--by', QUESTIONS[question].join(','), ...options];
  return command(argv, openSync(out, 'w'));
}

function command(argv, stdout, exits = [0]) {
  const begun = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['--import', TELLS, cli, ...argv], {
    stdio: ['ignore', stdout, 'pipe'],
    encoding: 'utf8',
  });
  const took = performance.now() - begun;
  if (typeof stdout === 'number') closeSync(stdout);
  if (!exits.includes(status)) throw new Error(`${argv[0]} ended with ${status}: ${stderr}`);
  return { took, memory: Number(/maxrss (\d+)/.exec(stderr)[1]) * 1024 };
}

/** Peak memory and cost of a byte as the log grows, of both questions and of `examine`. */
function grow(name, folder) {
  const sizes = [SIZE / 1000, SIZE / 100, SIZE / 10, SIZE, SIZE * 10];
  let worst = 0;
  for (const size of sizes) {
    const { bavail, bsize } = statfsSync(folder);
    if (bavail * bsize < size * 1.2e6) {
      console.log(`${name}: skipped, there is no room for a log of ${size} MB`);
      continue;
    }
    const file = path.join(folder, 'grown.log');
    writeLog(file, size * 1e6);
    const asked = {
      refused: () => ours(file, 'refused', path.join(folder, 'ours.csv')),
      all: () => ours(file, 'all', path.join(folder, 'ours.csv')),
      examine: () => command(['examine', file], openSync(path.join(folder, 'ours.txt'), 'w'), [0, 1, 2]),
    };
    const told = Object.entries(asked).map(([question, ask]) => {
      const { took, memory } = ask();
      worst = Math.max(worst, memory);
      return `${question} ${(took / 1000).toFixed(2)} s, ${(memory / 1e6).toFixed(0)} MB`;
    });
    console.log(`${name}, ${size} MB: time and peak memory: ${told.join('; ')}`);
    rmSync(file);
  }
  if (worst > MOST_MEMORY)
    throw new Error(`${(worst / 1e6).toFixed(0)} MB is more than ${MOST_MEMORY / 1e6} MB`);
}
