import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeCapture } from './capture-input.mjs';
import { pairOf } from './pair.mjs';
import { has } from './servers.mjs';

const ROUNDS = 3;
/** Millions of bytes; the capture of the memory check is ten times as large. */
const SIZE = Number(process.env.HANDCLASP_BENCH_MB ?? 200);
const MOST_MEMORY = 250e6;

/** Every handshake, CertificateRequest and name of a capture, beside TShark. Both must count the same. */
export default async function capture(name) {
  for (const program of ['openssl', 'tshark'])
    if (!has(program)) return console.log(`${name}: skipped, ${program} is not here`);
  const folder = mkdtempSync(path.join(tmpdir(), 'handclasp-bench-'));
  try {
    const program = path.join(folder, 'read-capture.mjs');
    await build({
      entryPoints: [fileURLToPath(new URL('read-capture.ts', import.meta.url))],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'warning',
    });
    const file = path.join(folder, 'it.pcap');
    await writeCapture(file, SIZE * 1e6);
    const megabytes = statSync(file).size / 1e6;
    const answers = new Map();
    const measured = (title, read) => ({
      title,
      run() {
        const begun = performance.now();
        const answer = read(file);
        answers.set(title, JSON.stringify(answer));
        return (megabytes / (performance.now() - begun)) * 1000;
      },
    });
    await pairOf(
      `${name} of ${megabytes.toFixed(0)} MB`,
      measured('handclasp', (given) => ours(program, given).counted),
      measured('tshark', theirs),
      ROUNDS,
      { unit: 'MB/s' },
    );
    const [a, b] = [...answers.values()];
    if (a !== b) throw new Error(`the answers differ: ${a} and ${b}`);
    console.log(`${name}: both say ${a}`);
    checkMemory(name, program, file, await grown(folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function ours(program, file) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, file]);
  if (status !== 0) throw new Error(String(stderr));
  const { memory, ...counted } = JSON.parse(stdout);
  return { counted, memory };
}

/**
 * A line for each packet that ends a handshake message: types of messages, the name asked for, and the length of each
 * name in a request. Segments are put in order, as we do, too.
 */
function theirs(file) {
  const { stdout, status, stderr } = spawnSync(
    'tshark',
    [
      ...['-n', '-r', file, '-o', 'tcp.reassemble_out_of_order:TRUE', '-Y', 'tls.handshake', '-T', 'fields'],
      ...['-e', 'tls.handshake.type', '-e', 'tls.handshake.extensions_server_name'],
      ...['-e', 'tls.handshake.dname_len'],
    ],
    { maxBuffer: 1 << 30 },
  );
  if (status !== 0) throw new Error(String(stderr));
  const counted = { handshakes: {}, requests: 0, names: 0, bytes: 0 };
  for (const line of String(stdout).trimEnd().split('\n')) {
    const [types, serverName, lengths] = line.split('\t');
    for (const type of types.split(',')) {
      if (type === '1') counted.handshakes[serverName] = (counted.handshakes[serverName] ?? 0) + 1;
      if (type === '13') counted.requests++;
    }
    for (const length of lengths ? lengths.split(',') : []) {
      counted.names++;
      counted.bytes += Number(length);
    }
  }
  return counted;
}

async function grown(folder) {
  const file = path.join(folder, 'large.pcap');
  await writeCapture(file, 10 * SIZE * 1e6);
  return file;
}

/** Memory must not grow with the capture, nor the cost of a byte. */
function checkMemory(name, program, small, large) {
  const [before, after] = [small, large].map((file) => {
    const begun = performance.now();
    const { memory } = ours(program, file);
    return { memory, speed: (statSync(file).size / 1e3 / (performance.now() - begun)).toFixed(0) };
  });
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`;
  console.log(
    `${name}: peak memory ${megabytes(before.memory)}, of a capture ten times as large ${megabytes(after.memory)} ` +
      `at ${after.speed} MB/s; at most ${megabytes(MOST_MEMORY)}`,
  );
  if (after.memory > MOST_MEMORY) throw new Error('more memory than that');
}
