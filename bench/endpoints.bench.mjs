import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { median, time } from './pair.mjs';
import { ended, has, withFolder } from './servers.mjs';

const cli = fileURLToPath(new URL('../dist/handclasp.js', import.meta.url));
const server = fileURLToPath(new URL('endpoints-server.mjs', import.meta.url));
const ENDPOINTS = 1000;
const LOOP = 40;
const ROUNDS = 3;
/** Tells the most memory that the process had, as it ends. */
const TELLS =
  'data:text/javascript,process.on("exit",()=>process._rawDebug("maxrss",process.resourceUsage().maxRSS))';

/** A thousand endpoints asked by one process, `why --targets`, with its peak memory; beside openssl s_client. */
export default async function endpoints(name) {
  if (!has('openssl')) return console.log(`${name}: skipped, openssl is not here`);
  await withFolder(async (folder) => {
    const servers = spawn(process.execPath, [server, folder, String(ENDPOINTS)]);
    try {
      const ports = await portsOf(servers);
      const targets = `${folder}/targets.txt`;
      writeFileSync(targets, ports.map((port) => `https://127.0.0.1:${port}/\n`).join(''));
      const rounds = Array.from({ length: ROUNDS }, () => askAll(targets));
      const peer = LOOP / (timeOfLoop(ports) / 1000);
      const rate = ENDPOINTS / median(rounds.map(({ seconds }) => seconds));
      const memory = Math.max(...rounds.map((one) => one.memory)) / 1024;
      console.log(
        `${name}: ${ENDPOINTS} endpoints in ${(ENDPOINTS / rate).toFixed(1)} s, ${rate.toFixed(0)} a second, peak ` +
          `memory ${memory.toFixed(0)} MiB; openssl s_client in a loop ${peer.toFixed(0)} a second, ratio ` +
          `${(rate / peer).toFixed(1)}; load ${os.loadavg()[0].toFixed(1)} on ${os.cpus().length} processors`,
      );
    } finally {
      await ended(servers);
    }
  });
}

function portsOf(servers) {
  return new Promise((resolve, reject) => {
    let text = '';
    servers.stdout.on('data', (chunk) => {
      text += chunk;
      if (text.endsWith('\n')) resolve(JSON.parse(text));
    });
    servers.once('exit', () => reject(new Error('the servers did not come up')));
  });
}

function askAll(targets) {
  const begun = performance.now();
  const args = ['--import', TELLS, cli, 'why', '--targets', targets];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    maxBuffer: 2 ** 28,
    encoding: 'utf8',
  });
  const seconds = (performance.now() - begun) / 1000;
  const asking = stdout.split('\n').filter((line) => line.includes('"asks":"handshake"')).length;
  if (status !== 0 || asking !== ENDPOINTS)
    throw new Error(`${asking} of ${ENDPOINTS} were read (exit ${status})`);
  return { seconds, memory: Number(/maxrss (\d+)/.exec(stderr)[1]) };
}

function timeOfLoop(ports) {
  return ports.slice(0, LOOP).reduce((sum, port) => {
    const argv = ['openssl', 's_client', '-connect', `127.0.0.1:${port}`];
    return sum + time({ argv, exits: [0, 1] });
  }, 0);
}
