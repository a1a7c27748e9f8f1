import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pair } from './pair.mjs';
import { ended, freePort, has } from './servers.mjs';

const cli = fileURLToPath(new URL('../dist/handclasp.js', import.meta.url));

/** One question to a server (the healthy lab) beside one openssl s_client, both as whole commands. */
export default async function why(name) {
  if (!has('openssl')) return console.log(`${name}: skipped, openssl is not here`);
  const state = mkdtempSync(path.join(os.tmpdir(), 'handclasp-bench-'));
  const port = await freePort();
  const lab = spawn(process.execPath, [cli, 'lab', 'up', '--port', `${port}`, '--state', state]);
  try {
    await new Promise((resolve, reject) => {
      lab.stdout.once('data', resolve);
      lab.once('exit', () => reject(new Error('the lab did not come up')));
    });
    const peer = {
      title: 'openssl s_client',
      argv: [
        'openssl',
        's_client',
        '-connect',
        `127.0.0.1:${port}`,
        '-servername',
        'www.handclasp.localhost',
      ],
      exits: [0, 1],
    };
    const url = `https://www.handclasp.localhost:${port}/`;
    for (const options of [['--quick'], ['--no-compare'], []]) {
      const argv = [process.execPath, cli, 'why', url, ...options];
      await pair(name, { title: ['why', ...options].join(' '), argv }, peer);
    }
  } finally {
    await ended(lab, 'SIGINT');
    rmSync(state, { recursive: true, force: true });
  }
}
