import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from './pair.mjs';

const cli = fileURLToPath(new URL('../dist/handclasp.js', import.meta.url));
const sample = new URL('../src/evidence/netsh-sslcert/samples/whole-2022.txt', import.meta.url);
const RECORDS = 10_000;
const ROUNDS = 5;
const MOST_SECONDS = 2;

/**
 * The whole command from a netsh text of ten thousand records to its verdict: of a tenth of them, of records with
 * certificates of their own, and of records that share one.
 */
export default async function netsh(name) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'handclasp-bench-'));
  try {
    const file = path.join(folder, 'netsh.txt');
    const inputs = [
      { records: RECORDS / 10, isShared: false },
      { records: RECORDS, isShared: false },
      { records: RECORDS, isShared: true },
    ];
    for (const { records, isShared } of inputs) {
      writeFileSync(file, textOf(records, isShared));
      check(file, records);
      const rounds = Array.from({ length: ROUNDS }, () => examine(file));
      const spread = `${Math.min(...rounds).toFixed(2)}-${Math.max(...rounds).toFixed(2)}`;
      console.log(
        `${name}: ${records} records, ${isShared ? 'one certificate' : 'a certificate each'}, in ` +
          `${median(rounds).toFixed(2)} s (${spread}); at most ${MOST_SECONDS} s; ` +
          `load ${os.loadavg()[0].toFixed(1)} on ${os.cpus().length} processors`,
      );
      if (median(rounds) > MOST_SECONDS) throw new Error('slower than that');
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds to the verdict as text. */
function examine(file) {
  const begun = performance.now();
  run(['examine', file]);
  return (performance.now() - begun) / 1000;
}

/** The report must know every record. */
function check(file, records) {
  const seen = new Set(run(['examine', file, '--json']).match(/h\d+\.example\.com:443/g)).size;
  if (seen !== records) throw new Error(`${seen} of ${records} records stand in the report`);
}

function run(argv) {
  const options = { encoding: 'utf8', maxBuffer: 1 << 30 };
  const { stdout, status } = spawnSync(process.execPath, [cli, ...argv], options);
  if (status !== 1 && status !== 2) throw new Error(`examine ended with ${status}`);
  return stdout;
}

/** The records of one that asks for certificates, each with its own name; one in ten names a store. */
function textOf(records, isShared) {
  const text = readFileSync(sample, 'utf8').replace(/\r/g, '');
  const [head, record] = [text.split(/\n\n/)[0], text.split(/\n\n/).find((one) => one.includes('IP:port'))];
  const one = (i) =>
    record
      .replace(/IP:port( +): .*/, `Hostname:port$1: h${i}.example.com:443`)
      .replace(/(Certificate Hash +: ).*/, `$1${(isShared ? 0 : i).toString(16).padStart(40, 'a')}`)
      .replace(/(Ctl Store Name +: ).*/, `$1${i % 10 ? '(null)' : 'ClientAuthIssuer'}`)
      .replace(/(Negotiate Client Certificate +: ).*/, '$1Enabled');
  return `${head}\n\n${Array.from({ length: records }, (_, i) => one(i)).join('\n\n')}\n`;
}
